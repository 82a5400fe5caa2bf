package io.ampacity.simulator;

import io.ampacity.simulator.engine.RequestSlab;
import io.ampacity.simulator.engine.WaitingQueue;
import io.ampacity.simulator.failure.Effect;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.replica.KvTiers;
import io.ampacity.simulator.replica.Replica;
import io.ampacity.simulator.replica.Role;
import io.ampacity.simulator.report.OffloadResult;
import io.ampacity.simulator.serving.OffloadTier;
import io.ampacity.simulator.serving.Scheduler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A pool while it is simulated: its replicas, their load, and what is wrong with it. */
final class PoolRun {

    /** The number of no replica. */
    static final int NONE = -1;

    final FleetPool pool;
    final PoolMeter meter;
    /** How many replicas there are; the columns below may be longer. */
    int size;

    Replica[] replicas = {};
    /** Expected tokens outstanding on each replica; {@link Long#MAX_VALUE} while it is down or off. */
    long[] load = {};

    int[] outstanding = {};
    /** How many things hold each replica down at present: failures, a cold start, being switched off. */
    int[] holds = {};
    /** How many of those only cut it off, so that it stays powered and warm. */
    int[] cuts = {};
    /** How often each replica has died: what was sent to an earlier life never reaches a later one. */
    int[] epoch = {};
    /** Whether each replica gets new requests while it is up; those that only take over from others never do. */
    boolean[] open = {};
    /** Whether each replica that takes over from others does so now while it is up. */
    private boolean[] takesOver = {};
    /** How many requests each replica keeps the KV cache of until it is fetched. */
    private int[] kept = {};

    /** How many notices there are that each replica will go away. */
    private int[] notices = {};
    /** Whether each replica would get new requests without a notice. */
    private boolean[] wanted = {};

    /** Its parts, in order of their replicas. */
    final List<PoolPart> parts;
    /** Who says which replicas serve that take new requests; null where all do. */
    @Nullable Keeper keeper;

    /** Who says which replicas serve that only compute answers; null where all do. */
    @Nullable Keeper answersKeeper;

    /** Who takes what keepers can do without; null where nobody does. */
    @Nullable Valleys valleys;

    /** What a token of context weighs on a link; 0 where nothing is sent. */
    double kvBytesPerToken;

    /** Failures of the whole pool at present. */
    int outages;

    /** Requests that wait for a replica to pull them. */
    final WaitingQueue queue;

    /** How many failures of the control plane there are at present. */
    int frozen;
    /** Replicas that are mended, but may not start before the control plane is back. */
    final List<Integer> held = new ArrayList<>();
    /** Until when a refusal asked to be left alone. */
    double refusesUntil;

    private double[] slowness = {};

    final double halfRoundTripSeconds;
    final double tokenDelaySeconds;
    /** What a request without a prompt takes to the queue of a replica. */
    private final double joinDelaySeconds;

    private final double readingSecondsPerToken;

    /** Shares of all throttlings at present; the least holds. */
    private final List<Effect.Throttled> throttles = new ArrayList<>();

    private double taken = 1;
    private double retryAfterSeconds;
    private double takenCredit;
    private long completed;
    private double meanOutputTokens;

    PoolRun(FleetPool pool, List<PoolPart> parts, PoolMeter meter, RequestSlab slab, Scheduler scheduler) {
        this.pool = pool;
        this.parts = parts;
        this.meter = meter;
        queue = new WaitingQueue(slab, scheduler.ranks());
        halfRoundTripSeconds = pool.routing().roundTripSeconds() / 2;
        joinDelaySeconds = halfRoundTripSeconds + pool.model().arrivalOverheadSeconds();
        readingSecondsPerToken = pool.model().readingSecondsPerToken();
        tokenDelaySeconds = halfRoundTripSeconds + pool.model().tokenOverheadSeconds();
    }

    /** How long a request takes until it joins the queue of a replica: the way there, and the front end, which reads its prompt. */
    double joinDelaySeconds(int promptTokens) {
        return joinDelaySeconds + promptTokens * readingSecondsPerToken;
    }

    /** Another replica, up and idle; returns its number. */
    int add(Replica replica) {
        if (size == replicas.length) {
            int room = Math.max(4, size * 2);
            replicas = Arrays.copyOf(replicas, room);
            load = Arrays.copyOf(load, room);
            outstanding = Arrays.copyOf(outstanding, room);
            holds = Arrays.copyOf(holds, room);
            cuts = Arrays.copyOf(cuts, room);
            epoch = Arrays.copyOf(epoch, room);
            open = Arrays.copyOf(open, room);
            takesOver = Arrays.copyOf(takesOver, room);
            kept = Arrays.copyOf(kept, room);
            slowness = Arrays.copyOf(slowness, room);
            notices = Arrays.copyOf(notices, room);
            wanted = Arrays.copyOf(wanted, room);
        }
        replicas[size] = replica;
        slowness[size] = 1;
        open(size, true);
        return size++;
    }

    /** The part in which a replica stands; the last one takes those beyond it. */
    PoolPart partOf(int replica) {
        for (PoolPart part : parts) {
            if (replica < part.to()) {
                return part;
            }
        }
        return parts.getLast();
    }

    /** Who keeps a replica; null when it always serves. */
    @Nullable Keeper keeperOf(int replica) {
        return replicas[replica].role() == Role.DECODE ? answersKeeper : keeper;
    }

    /** Whether the number of replicas is fixed where this one stands. */
    boolean hasFixedSize(int replica) {
        return !(keeperOf(replica) instanceof Autoscaler);
    }

    /** Whether a replica shall get work. */
    void open(int replica, boolean wanted) {
        this.wanted[replica] = wanted;
        open(replica);
    }

    private void open(int replica) {
        boolean takes = wanted[replica] && notices[replica] == 0;
        boolean answers = replicas[replica].role() == Role.DECODE;
        open[replica] = takes && !answers;
        takesOver[replica] = takes && answers;
    }

    /** Whether a replica gets work while it is up. */
    boolean isAvailable(int replica) {
        return open[replica] || takesOver[replica];
    }

    /** Whether a replica has nothing to do, nor keeps anything for another. */
    boolean isIdle(int replica) {
        return outstanding[replica] == 0 && kept[replica] == 0;
    }

    /** A replica keeps the KV cache of a request more, or of one fewer. */
    void keeps(int replica, int more) {
        kept[replica] += more;
    }

    /** A replica dies: nothing is on its way to it, and it keeps nothing. */
    void dies(int replica) {
        load[replica] = Long.MAX_VALUE;
        outstanding[replica] = 0;
        kept[replica] = 0;
        epoch[replica]++;
    }

    /** A notice that a replica will go away comes, or is over. */
    void notice(int replica, boolean starts) {
        notices[replica] += starts ? 1 : -1;
        open(replica);
    }

    /** The replica with least expected tokens outstanding, the lowest numbered of equals; {@link #NONE} when all are down. */
    int leastLoaded() {
        return leastLoaded(NONE);
    }

    /** The least loaded replica but for one; {@link #NONE} when there is none. */
    int leastLoaded(int butFor) {
        int best = NONE;
        long least = Long.MAX_VALUE;
        for (int replica = 0; replica < size; replica++) {
            if (load[replica] < least && replica != butFor && open[replica]) {
                least = load[replica];
                best = replica;
            }
        }
        return best;
    }

    /** The least loaded replica of those that take over from others; {@link #NONE} when there is none. */
    int leastLoadedToTakeOver() {
        int best = NONE;
        long least = Long.MAX_VALUE;
        for (int replica = 0; replica < size; replica++) {
            if (load[replica] < least && takesOver[replica]) {
                least = load[replica];
                best = replica;
            }
        }
        return best;
    }

    boolean isDown() {
        return leastLoaded() < 0;
    }

    /** Whether nothing that waits for the pool would ever be served. */
    boolean isHopeless() {
        return isDown() && (keeper == null || !keeper.canServeLater());
    }

    /** Whether a replica is up and has a place in its batch. */
    boolean hasRoom(int replica) {
        return holds[replica] == 0
                && open[replica]
                && outstanding[replica] < pool.engine().maxNumSeqs();
    }

    /** The least loaded replica with room, but for one; {@link #NONE} when there is none. */
    int anyWithRoom(int butFor) {
        int best = NONE;
        for (int replica = 0; replica < size; replica++) {
            if (replica != butFor && hasRoom(replica) && (best < 0 || load[replica] < load[best])) {
                best = replica;
            }
        }
        return best;
    }

    void sent(int replica, long tokens) {
        load[replica] += tokens;
        outstanding[replica]++;
    }

    void left(int replica, long tokens) {
        load[replica] -= tokens;
        outstanding[replica]--;
    }

    /** What a request is expected to add to a replica's load: nobody knows the length of an answer beforehand. */
    long expectedLoad(int promptTokens) {
        return promptTokens + Math.round(meanOutputTokens) + 1;
    }

    void completed(int outputTokens) {
        completed++;
        meanOutputTokens += (outputTokens - meanOutputTokens) / Math.min(completed, 1000);
    }

    long completed() {
        return completed;
    }

    /** Whether quota lets the next request through. */
    boolean takesNext(double now) {
        if (taken >= 1) {
            return true;
        }
        if (now < refusesUntil) {
            return false;
        }
        takenCredit += taken;
        if (takenCredit >= 1) {
            takenCredit--;
            return true;
        }
        refusesUntil = now + retryAfterSeconds;
        return false;
    }

    void throttle(Effect.Throttled limit, boolean starts) {
        if (starts) {
            throttles.add(limit);
        } else {
            throttles.remove(limit);
        }
        taken = throttles.stream().mapToDouble(Effect.Throttled::share).min().orElse(1);
        retryAfterSeconds = throttles.stream()
                .mapToDouble(Effect.Throttled::retryAfterSeconds)
                .max()
                .orElse(0);
        refusesUntil = 0;
        takenCredit = 0;
    }

    /** A brown-out of a replica starts or ends; those that overlap multiply. */
    void slow(int replica, double factor, boolean starts, double now) {
        slowness[replica] = Math.max(1, starts ? slowness[replica] * factor : slowness[replica] / factor);
        replicas[replica].slowTo(slowness[replica], now);
    }

    /** What the tiers of its replicas did, one result a tier. */
    List<OffloadResult> offloads(List<OffloadTier> tiers) {
        List<OffloadResult> results = new ArrayList<>();
        for (int tier = 0; tier < tiers.size(); tier++) {
            long stored = 0;
            long loaded = 0;
            long loads = 0;
            double busy = 0;
            for (int replica = 0; replica < size; replica++) {
                KvTiers own = Objects.requireNonNull(replicas[replica].tiers());
                stored += own.storedTokens(tier);
                loaded += own.loadedTokens(tier);
                loads += own.link(tier).transfers();
                busy += own.link(tier).busySeconds();
            }
            results.add(new OffloadResult(pool.routing().id(), tiers.get(tier).name(), stored, loaded, loads, busy));
        }
        return results;
    }
}
