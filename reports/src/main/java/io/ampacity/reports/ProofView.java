package io.ampacity.reports;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a paper needs to know of a replay. A share or time that could not be measured is NaN; an amount that is unknown
 * is null.
 *
 * @param trace what was replayed, in words
 * @param period period of the plan whose fleet served it, 0-based
 * @param seed of every random choice in the replay
 * @param sloAttainment share of all requests answered within their limits
 * @param buckets equal stretches of time in order
 */
public record ProofView(
        String trace,
        int period,
        long seed,
        double simulatedSeconds,
        Requests requests,
        Percentiles timeToFirstTokenSeconds,
        Percentiles timePerOutputTokenSeconds,
        Percentiles interTokenLatencySeconds,
        Percentiles endToEndSeconds,
        double sloAttainment,
        List<WorkloadProof> byWorkload,
        List<SupplierProof> bySupplier,
        List<Loss> losses,
        List<Bucket> buckets,
        @Nullable Double energyJoules,
        @Nullable Double carbonGrams,
        @Nullable Double costUsd) {

    public ProofView {
        byWorkload = List.copyOf(byWorkload);
        bySupplier = List.copyOf(bySupplier);
        losses = List.copyOf(losses);
        buckets = List.copyOf(buckets);
    }

    /**
     * How many requests came and what became of them; arrived = completed + rejected + lost.
     *
     * @param retried sent again to another pool after a failure, whatever became of them then
     */
    public record Requests(long arrived, long completed, long rejected, long lost, long retried) {}

    /** A distribution in seconds. */
    public record Percentiles(double mean, double p50, double p90, double p95, double p99, double max) {

        /** Nothing was measured. */
        public static final Percentiles UNKNOWN =
                new Percentiles(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /** How one workload fared. */
    public record WorkloadProof(
            String workload,
            Requests requests,
            double sloAttainment,
            Percentiles timeToFirstTokenSeconds,
            Percentiles timePerOutputTokenSeconds) {}

    /**
     * What one supplier did.
     *
     * @param share of all completed requests, 0 to 1
     */
    public record SupplierProof(
            String supplier,
            long completed,
            double share,
            @Nullable Double energyJoules,
            @Nullable Double carbonGrams,
            @Nullable Double costUsd) {}

    /** What was lost. */
    public enum LossOf {
        SUPPLIER,
        SITE,
        /** A pool, a kind of chip or a replica. */
        PART,
        /** Something that got slow or was throttled, and was not lost. */
        TROUBLE
    }

    /**
     * A failure that was replayed.
     *
     * @param id of the supplier, site or pool that was lost
     * @param before attainment of all requests that arrived before it, by workload and overall
     * @param lost requests that arrived in the window and never got an answer
     * @param retried requests sent again because of it; null when unknown
     */
    public record Loss(
            LossOf of,
            String id,
            double startSeconds,
            double endSeconds,
            Phase before,
            Phase during,
            Phase after,
            long lost,
            @Nullable Long retried) {}

    /** Attainment in a stretch of time: overall, and by workload. */
    public record Phase(double sloAttainment, Map<String, Double> byWorkload) {
        public Phase {
            byWorkload = Collections.unmodifiableMap(new LinkedHashMap<>(byWorkload));
        }
    }

    /**
     * A stretch of time.
     *
     * @param sloAttainment of the requests that arrived in it; NaN when none did
     * @param servedBySupplier requests that arrived in it, by the supplier that answered
     */
    public record Bucket(
            double startSeconds,
            double endSeconds,
            long arrived,
            double sloAttainment,
            Map<String, Long> servedBySupplier) {
        public Bucket {
            servedBySupplier = Collections.unmodifiableMap(new LinkedHashMap<>(servedBySupplier));
        }
    }
}
