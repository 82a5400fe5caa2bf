package io.ampacity.simulator.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The run over time, in buckets of equal length. Each list has one entry a bucket.
 *
 * @param arrivalsPerSecond requests arriving
 * @param completionsPerSecond requests completed
 * @param outputTokensPerSecond counted when their request completes
 * @param meanOutstanding requests in flight, mean over the bucket
 * @param meanQueued requests waiting for a place in a batch
 * @param meanRunning requests in a batch
 * @param meanKvUse share of the KV cache of all replicas that running requests hold, 0 to 1
 * @param sloAttainment of the requests that arrived in the bucket; null where none did
 * @param facilityWatts mean power
 */
public record Series(
        double bucketSeconds,
        List<Double> arrivalsPerSecond,
        List<Double> completionsPerSecond,
        List<Double> outputTokensPerSecond,
        List<Double> meanOutstanding,
        List<Double> meanQueued,
        List<Double> meanRunning,
        List<Double> meanKvUse,
        List<@Nullable Double> sloAttainment,
        List<Double> facilityWatts) {

    static Series of(SeriesMeter meter, int replicas, double endSeconds) {
        meter.reach(endSeconds);
        double width = meter.widthSeconds();
        int buckets = (int) Math.max(1, Math.ceil(endSeconds / width));
        List<@Nullable Double> attainment = new ArrayList<>();
        for (int bucket = 0; bucket < buckets; bucket++) {
            double ended = meter.at(SeriesMeter.ENDED, bucket);
            attainment.add(ended > 0 ? meter.at(SeriesMeter.ATTAINED, bucket) / ended : null);
        }
        List<Double> kv = new ArrayList<>();
        for (double sum : rates(meter, SeriesMeter.KV_SHARE_SECONDS, 1, endSeconds)) {
            kv.add(replicas == 0 ? 0 : sum / replicas);
        }
        return new Series(
                width,
                rates(meter, SeriesMeter.ARRIVED, 1, endSeconds),
                rates(meter, SeriesMeter.COMPLETED, 1, endSeconds),
                rates(meter, SeriesMeter.OUTPUT_TOKENS, 1, endSeconds),
                rates(meter, SeriesMeter.OUTSTANDING_SECONDS, 1, endSeconds),
                rates(meter, SeriesMeter.QUEUED_SECONDS, 1, endSeconds),
                rates(meter, SeriesMeter.RUNNING_SECONDS, 1, endSeconds),
                List.copyOf(kv),
                java.util.Collections.unmodifiableList(attainment),
                rates(meter, SeriesMeter.FACILITY_JOULES, 1, endSeconds));
    }

    /** Sums of a column over time, a second; {@code merged} buckets of the meter make one here. */
    static List<Double> rates(SeriesMeter meter, int column, int merged, double endSeconds) {
        double width = meter.widthSeconds() * merged;
        int buckets = (int) Math.max(1, Math.ceil(endSeconds / width));
        List<Double> rates = new ArrayList<>();
        for (int bucket = 0; bucket < buckets; bucket++) {
            double length = Math.min(width, endSeconds - bucket * width);
            double sum = 0;
            for (int part = 0; part < merged; part++) {
                sum += meter.at(column, bucket * merged + part);
            }
            rates.add(length > 0 ? sum / length : 0);
        }
        return List.copyOf(rates);
    }
}
