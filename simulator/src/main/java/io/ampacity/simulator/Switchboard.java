package io.ampacity.simulator;

import io.ampacity.physics.Drafting;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.replica.KvTiers;
import io.ampacity.simulator.replica.Replica;
import io.ampacity.simulator.serving.OffloadTier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns replicas on and off, and adds new ones. A replica that is off is held down like one that has failed, takes no
 * power and costs nothing; one that is to go off first serves what it has, and gets nothing new.
 */
final class Switchboard {

    private final ShardState state;
    private final RequestFlow flow;
    private final int prefixBlockTokens;

    Switchboard(ShardState state, RequestFlow flow, int prefixBlockTokens) {
        this.state = state;
        this.flow = flow;
        this.prefixBlockTokens = prefixBlockTokens;
    }

    /** A new replica of a pool, on; returns its number in the pool. */
    int add(int number) {
        PoolRun pool = state.pool(number);
        PoolPart part = pool.partOf(pool.size);
        Replica replica = new Replica(
                state.replicaCount,
                part.model(),
                engine(pool.pool),
                state.settings.features().scheduler(),
                part.role(),
                tiers(pool.pool),
                state.slab,
                flow.reports);
        replica.prefixBlockTokens(prefixBlockTokens);
        replica.restore(state.now);
        int own = pool.add(replica);
        pool.meter.on(own, state.now);
        state.add(replica, number, own);
        return own;
    }

    /** A replica that was to go off when idle may be. */
    void idle(int index) {
        int own = state.numberInPool[index];
        Keeper keeper = state.poolOf(index).keeperOf(own);
        if (keeper == null) {
            flow.unlimitedCapacity.offWhenIdle(index);
        } else {
            keeper.idle(own);
        }
    }

    private EngineSettings engine(FleetPool pool) {
        Drafting drafting = state.settings.features().drafting();
        return drafting == null ? pool.engine() : pool.engine().withDrafts(drafting.tokens(), drafting.tokensPerStep());
    }

    private @Nullable KvTiers tiers(FleetPool pool) {
        List<OffloadTier> tiers = state.settings.features().offloading();
        return tiers.isEmpty() ? null : new KvTiers(tiers, KvWeight.known(pool));
    }

    /** A replica takes what waits in its pool. */
    void pull(int number, int replica) {
        flow.dispatcher.pull(number, replica);
    }

    /** The hold of being off ends: the replica is on, and up unless something else holds it down. */
    void on(int number, int replica) {
        PoolRun pool = state.pool(number);
        pool.meter.on(replica, state.now);
        pool.open(replica, true);
        release(number, replica);
    }

    /** A replica that has nothing to do goes off. */
    void off(int number, int replica) {
        PoolRun pool = state.pool(number);
        if (pool.outstanding[replica] > 0) {
            throw new IllegalStateException("replica " + replica + " of "
                    + pool.pool.routing().id() + " goes off with " + pool.outstanding[replica] + " requests on it");
        }
        pool.meter.off(replica, state.now);
        hold(number, replica);
    }

    /** One thing more holds a replica down; what it has is lost. */
    void hold(int number, int replica) {
        PoolRun pool = state.pool(number);
        if (pool.holds[replica]++ > 0) {
            if (pool.valleys != null) {
                pool.valleys.failed(replica);
            }
            if (!pool.replicas[replica].isDown()) {
                // It was only cut off, and took idle power.
                pool.replicas[replica].fail(state.now);
            }
            return;
        }
        // Requests still on their way to it belong to the life that ends here, and leave its load with it.
        pool.dies(replica);
        pool.replicas[replica].fail(state.now);
        state.reschedule(pool.replicas[replica].index());
    }

    /** One thing fewer holds a replica down. */
    void release(int number, int replica) {
        PoolRun pool = state.pool(number);
        if (--pool.holds[replica] == 0) {
            pool.load[replica] = 0;
            if (pool.replicas[replica].isDown()) {
                pool.replicas[replica].restore(state.now);
            }
            flow.dispatcher.pull(number, replica);
        } else if (pool.holds[replica] == pool.cuts[replica] && pool.replicas[replica].isDown()) {
            // Powered and warm again, though nobody gets through.
            pool.replicas[replica].restore(state.now);
        }
    }

    /** What waits in the queue of a pool that can no longer serve fails. */
    void failQueueOf(PoolRun pool) {
        while (!pool.queue.isEmpty() && pool.isHopeless()) {
            flow.attempts.failedInQueue(pool.queue.removeFirst());
        }
    }
}
