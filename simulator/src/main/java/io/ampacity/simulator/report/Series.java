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
 * @param sloAttainment of the requests that arrived in the bucket; null where none did
 * @param facilityWatts mean power
 */
public record Series(
        double bucketSeconds,
        List<Double> arrivalsPerSecond,
        List<Double> completionsPerSecond,
        List<Double> outputTokensPerSecond,
        List<Double> meanOutstanding,
        List<@Nullable Double> sloAttainment,
        List<Double> facilityWatts) {

    static Series of(SeriesMeter meter, double endSeconds) {
        double width = meter.widthSeconds();
        int buckets = (int) Math.max(1, Math.ceil(endSeconds / width));
        List<@Nullable Double> attainment = new ArrayList<>();
        for (int bucket = 0; bucket < buckets; bucket++) {
            double ended = meter.at(SeriesMeter.ENDED, bucket);
            attainment.add(ended > 0 ? meter.at(SeriesMeter.ATTAINED, bucket) / ended : null);
        }
        return new Series(
                width,
                rates(meter, SeriesMeter.ARRIVED, buckets, endSeconds),
                rates(meter, SeriesMeter.COMPLETED, buckets, endSeconds),
                rates(meter, SeriesMeter.OUTPUT_TOKENS, buckets, endSeconds),
                rates(meter, SeriesMeter.OUTSTANDING_SECONDS, buckets, endSeconds),
                java.util.Collections.unmodifiableList(attainment),
                rates(meter, SeriesMeter.FACILITY_JOULES, buckets, endSeconds));
    }

    private static List<Double> rates(SeriesMeter meter, int column, int buckets, double endSeconds) {
        List<Double> rates = new ArrayList<>();
        for (int bucket = 0; bucket < buckets; bucket++) {
            double length = Math.min(meter.widthSeconds(), endSeconds - bucket * meter.widthSeconds());
            rates.add(length > 0 ? meter.at(column, bucket) / length : 0);
        }
        return List.copyOf(rates);
    }
}
