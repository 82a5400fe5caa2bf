package io.ampacity.simulator.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What one pool did over time, in buckets of equal length. Each list has one entry a bucket: the mean over it.
 *
 * @param meanQueued requests waiting for a place in a batch
 * @param meanRunning requests in the batches of all its replicas
 * @param meanKvUse share of the KV cache of all its replicas that running requests hold, 0 to 1
 * @param facilityWatts power
 */
public record PoolSeries(
        double bucketSeconds,
        List<Double> meanQueued,
        List<Double> meanRunning,
        List<Double> meanKvUse,
        List<Double> facilityWatts) {

    /** Buckets that a pool is told in; fleets have many pools. */
    private static final int BUCKETS = 128;

    static PoolSeries of(SeriesMeter meter, int replicas, double endSeconds) {
        meter.reach(endSeconds);
        double width = meter.widthSeconds();
        int merged = 1;
        while (endSeconds > width * merged * BUCKETS) {
            merged *= 2;
        }
        List<Double> kv = new ArrayList<>();
        for (double sum : Series.rates(meter, SeriesMeter.KV_SHARE_SECONDS, merged, endSeconds)) {
            kv.add(sum / replicas);
        }
        return new PoolSeries(
                width * merged,
                Series.rates(meter, SeriesMeter.QUEUED_SECONDS, merged, endSeconds),
                Series.rates(meter, SeriesMeter.RUNNING_SECONDS, merged, endSeconds),
                List.copyOf(kv),
                Series.rates(meter, SeriesMeter.FACILITY_JOULES, merged, endSeconds));
    }
}
