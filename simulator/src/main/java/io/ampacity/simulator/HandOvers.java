package io.ampacity.simulator;

import static io.ampacity.simulator.engine.RequestSlab.NONE;

import io.ampacity.simulator.engine.RequestSlab;
import io.ampacity.simulator.replica.Replica;
import io.ampacity.simulator.replica.Stage;
import io.ampacity.simulator.report.DisaggregationResult;
import io.ampacity.simulator.serving.Disaggregation;
import io.ampacity.simulator.serving.KvLink;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Brings KV caches to requests: from the replica that computed the prompt, over the pool's link, or from a tier. */
final class HandOvers {

    private final ShardState state;
    private final RequestSlab slab;
    private final @Nullable Disaggregation disaggregation;
    /** By pool; null where another shard has it, or nothing is handed over. */
    private final @Nullable KvLink[] links;

    HandOvers(ShardState state) {
        this.state = state;
        slab = state.slab;
        disaggregation = state.settings.features().disaggregation();
        links = new KvLink[state.pools.length];
    }

    /** Whether pools are whole. */
    boolean areNone() {
        return disaggregation == null;
    }

    /** A new pool has a link where its halves are apart. */
    void open(int pool) {
        if (disaggregation != null) {
            PoolRun run = state.pool(pool);
            links[pool] = new KvLink(disaggregation.bytesPerSecond(), disaggregation.latencySeconds());
            run.kvBytesPerToken = KvWeight.of(run.pool, disaggregation.kvBytesPerToken(), "--disaggregate");
        }
    }

    /** A request is new, and nothing is kept for it. */
    void arrived(int slot) {
        if (disaggregation != null) {
            slab.source[slot] = NONE;
        }
    }

    /** Notes who keeps the blocks of a request until they are fetched. */
    void keptAt(int slot, int replica, long blocks) {
        PoolRun pool = state.pool(slab.pool[slot]);
        pool.keeps(replica, 1);
        slab.source[slot] = replica;
        slab.sourceEpoch[slot] = pool.epoch[replica];
        slab.sourceBlocks[slot] = blocks;
    }

    /** A request has room where it decodes: its KV cache is sent. */
    void fetch(int slot) {
        PoolRun pool = state.pool(slab.pool[slot]);
        KvLink link = Objects.requireNonNull(links[slab.pool[slot]]);
        double until = link.send(state.now, slab.promptTokens[slot] * pool.kvBytesPerToken);
        slab.transferSeconds[slot] = until - state.now;
        load(slot, until);
    }

    /** What a request needs is there at a moment. */
    void load(int slot, double untilSeconds) {
        slab.loadedSeconds[slot] = untilSeconds;
        state.timer(untilSeconds, Timers.Kind.LOADED, slot);
    }

    /** Whether what is said to be there now is what the request waits for. */
    boolean isDue(int slot) {
        return slab.stage[slot] == Stage.LOADING && slab.loadedSeconds[slot] == state.now;
    }

    /** Whether the replica from which a request was to be fetched has died meanwhile. */
    boolean lostSource(int slot) {
        if (disaggregation == null) {
            return false;
        }
        int source = slab.source[slot];
        return source != NONE && state.pool(slab.pool[slot]).epoch[source] != slab.sourceEpoch[slot];
    }

    /** The source of a request need keep its blocks no longer. */
    void freeSource(int slot) {
        if (disaggregation == null) {
            return;
        }
        int source = slab.source[slot];
        if (source == NONE) {
            return;
        }
        slab.source[slot] = NONE;
        PoolRun pool = state.pool(slab.pool[slot]);
        if (pool.epoch[source] == slab.sourceEpoch[slot]) {
            Replica replica = pool.replicas[source];
            pool.keeps(source, -1);
            replica.sent(slab.sourceBlocks[slot], state.now);
            state.reschedule(replica.index());
            if (pool.isIdle(source) && !pool.isAvailable(source)) {
                state.timer(state.now, Timers.Kind.IDLE, replica.index());
            }
        }
    }

    /** How well the halves of a pool match; null where it has none. */
    @Nullable DisaggregationResult result(int number, double endSeconds) {
        KvLink link = links[number];
        if (link == null) {
            return null;
        }
        PoolRun pool = state.pool(number);
        double[] used = new double[2];
        for (int half = 0; half < 2; half++) {
            PoolPart part = pool.parts.get(half);
            double busy = 0;
            for (int replica = part.from(); replica < part.to(); replica++) {
                busy += pool.replicas[replica].meter().busySeconds();
            }
            double held = pool.meter.replicaSeconds(part.from(), part.to(), endSeconds);
            used[half] = held > 0 ? busy / held : 0;
        }
        double waits = link.transfers() == 0 ? 0 : link.waitingSeconds() / link.transfers();
        double lasts = link.transfers() == 0
                ? 0
                : link.busySeconds() / link.transfers()
                        + Objects.requireNonNull(disaggregation).latencySeconds();
        return new DisaggregationResult(
                pool.pool.routing().id(),
                pool.parts.getFirst().size(),
                pool.parts.getLast().size(),
                used[0],
                used[1],
                link.transfers(),
                link.bytes(),
                endSeconds > 0 ? link.busySeconds() / endSeconds : 0,
                waits + lasts,
                waits);
    }
}
