package io.ampacity.simulator;

import io.ampacity.facts.MonthHourTable;
import io.ampacity.simulator.engine.SlotDeque;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.replica.Replica;
import io.ampacity.simulator.report.PoolResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A pool while it is simulated: its replicas, their load, what is wrong with it, and its meters. */
final class PoolRun {

    private static final double SECONDS_PER_HOUR = 3600;
    private static final double HOURS_PER_MONTH = 8766.0 / 12;
    private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;

    final FleetPool pool;
    final Replica[] replicas;
    /** Expected tokens outstanding on each replica; {@link Long#MAX_VALUE} while it is down. */
    final long[] load;

    final int[] outstanding;
    /** How many failures hold each replica down at present; a cold start counts as one. */
    final int[] holds;
    /** How often each replica has died: what was sent to an earlier life never reaches a later one. */
    final int[] epoch;

    /** Requests that wait for a replica to pull them. */
    final SlotDeque queue = new SlotDeque();

    private final double[] slowness;

    final double halfRoundTripSeconds;
    final double joinDelaySeconds;
    final double tokenDelaySeconds;

    private final boolean shaped;
    private final double[] gramsPerKilowattHour = new double[12 * 24];
    private final int startMonth;
    private final int startHour;

    /** Shares of all throttlings at present; the least holds. */
    private final List<Double> throttles = new ArrayList<>();

    private double taken = 1;
    private double takenCredit;
    private double facilityJoules;
    private double grams;
    private long completed;
    private double meanOutputTokens;

    PoolRun(FleetPool pool, Replica[] replicas, int startMonth, int startHour) {
        this.pool = pool;
        this.replicas = replicas;
        this.startMonth = startMonth;
        this.startHour = startHour;
        load = new long[replicas.length];
        outstanding = new int[replicas.length];
        holds = new int[replicas.length];
        epoch = new int[replicas.length];
        slowness = new double[replicas.length];
        Arrays.fill(slowness, 1);
        halfRoundTripSeconds = pool.routing().roundTripSeconds() / 2;
        joinDelaySeconds = halfRoundTripSeconds + pool.model().arrivalOverheadSeconds();
        tokenDelaySeconds = halfRoundTripSeconds + pool.model().tokenOverheadSeconds();
        Double level = pool.routing().gramsPerKilowattHour();
        MonthHourTable shape = pool.gridShape();
        shaped = level != null && shape != null && shape.mean() > 0;
        for (int month = 0; month < 12; month++) {
            for (int hour = 0; hour < 24; hour++) {
                double factor = shape != null && shaped ? shape.at(month + 1, hour) / shape.mean() : 1;
                gramsPerKilowattHour[month * 24 + hour] = level == null ? Double.NaN : level * factor;
            }
        }
    }

    /** The replica with least expected tokens outstanding, the lowest numbered of equals; -1 when all are down. */
    int leastLoaded() {
        int best = -1;
        long least = Long.MAX_VALUE;
        for (int replica = 0; replica < load.length; replica++) {
            if (load[replica] < least) {
                least = load[replica];
                best = replica;
            }
        }
        return best;
    }

    boolean isDown() {
        return leastLoaded() < 0;
    }

    /** Whether a replica is up and has a place in its batch. */
    boolean hasRoom(int replica) {
        return holds[replica] == 0 && outstanding[replica] < pool.engine().maxNumSeqs();
    }

    /** The least loaded replica with room; -1 when there is none. */
    int anyWithRoom() {
        int best = -1;
        for (int replica = 0; replica < load.length; replica++) {
            if (hasRoom(replica) && (best < 0 || load[replica] < load[best])) {
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

    /** Whether quota lets the next request through. */
    boolean takesNext() {
        if (taken >= 1) {
            return true;
        }
        takenCredit += taken;
        if (takenCredit >= 1) {
            takenCredit--;
            return true;
        }
        return false;
    }

    void throttle(double share, boolean starts) {
        if (starts) {
            throttles.add(share);
        } else {
            throttles.remove(share);
        }
        taken = throttles.stream().mapToDouble(Double::doubleValue).min().orElse(1);
        takenCredit = 0;
    }

    /** A brown-out of a replica starts or ends; those that overlap multiply. */
    void slow(int replica, double factor, boolean starts, double now) {
        slowness[replica] = Math.max(1, starts ? slowness[replica] * factor : slowness[replica] / factor);
        replicas[replica].slowTo(slowness[replica], now);
    }

    /** Accounts for energy; returns the facility's. */
    double energy(double from, double to, double joules) {
        double facility = joules * pool.pue();
        facilityJoules += facility;
        double perJoule = facility / JOULES_PER_KILOWATT_HOUR;
        if (!shaped || to <= from) {
            grams += perJoule * intensity(from);
            return facility;
        }
        double at = from;
        while (at < to) {
            double next = Math.min(to, (Math.floor(at / SECONDS_PER_HOUR) + 1) * SECONDS_PER_HOUR);
            grams += perJoule * (next - at) / (to - from) * intensity(at);
            at = next;
        }
        return facility;
    }

    private double intensity(double seconds) {
        long hours = (long) (seconds / SECONDS_PER_HOUR);
        int hour = (int) ((startHour + hours) % 24);
        int month = (int) ((startMonth - 1 + (long) (hours / HOURS_PER_MONTH)) % 12);
        return gramsPerKilowattHour[month * 24 + hour];
    }

    PoolResult result(double endSeconds) {
        double busy = 0;
        double peakKv = 0;
        long preemptions = 0;
        long prefilled = 0;
        long cached = 0;
        long decoded = 0;
        for (Replica replica : replicas) {
            busy += replica.busySeconds();
            peakKv = Math.max(peakKv, replica.peakKvUse());
            preemptions += replica.preemptions();
            prefilled += replica.prefilledTokens();
            cached += replica.cachedTokens();
            decoded += replica.decodedTokens();
        }
        double itKilowattHours = facilityJoules / pool.pue() / JOULES_PER_KILOWATT_HOUR;
        Double litres = pool.litresPerKilowattHour();
        Double rent = pool.usdPerReplicaSecond();
        Double tariff = pool.usdPerKilowattHour();
        return new PoolResult(
                pool.routing().id(),
                pool.routing().workload(),
                pool.routing().supplier(),
                pool.routing().site(),
                replicas.length,
                completed,
                endSeconds > 0 ? busy / (endSeconds * replicas.length) : 0,
                peakKv,
                preemptions,
                prefilled,
                cached,
                decoded,
                facilityJoules,
                pool.routing().gramsPerKilowattHour() == null ? null : grams,
                litres == null ? null : litres * itKilowattHours,
                rent == null || tariff == null
                        ? null
                        : rent * replicas.length * endSeconds + tariff * facilityJoules / JOULES_PER_KILOWATT_HOUR);
    }
}
