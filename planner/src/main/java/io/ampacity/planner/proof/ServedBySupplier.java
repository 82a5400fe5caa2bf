package io.ampacity.planner.proof;

import io.ampacity.simulator.RequestSink;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts completed requests by the time they arrived and by who served them. For one thread. */
public final class ServedBySupplier implements RequestSink {

    private final double bucketSeconds;
    private final Map<String, String> supplierOfPool;
    private final Map<String, long[]> counts = new LinkedHashMap<>();
    private final @Nullable RequestSink next;

    /**
     * Counts, and passes each request on.
     *
     * @param bucketSeconds width of a bucket of time, above 0
     * @param next told every request too; null for nobody
     */
    ServedBySupplier(double bucketSeconds, Map<String, String> supplierOfPool, @Nullable RequestSink next) {
        this.bucketSeconds = bucketSeconds;
        this.supplierOfPool = Map.copyOf(supplierOfPool);
        this.next = next;
    }

    @Override
    public void completed(
            String workload,
            long id,
            double arrivalSeconds,
            double firstTokenSeconds,
            double lastTokenSeconds,
            int promptTokens,
            int outputTokens,
            String pool) {
        int bucket = (int) (arrivalSeconds / bucketSeconds);
        String supplier = supplierOfPool.getOrDefault(pool, pool);
        long[] sums = counts.computeIfAbsent(supplier, absent -> new long[64]);
        if (bucket >= sums.length) {
            sums = Arrays.copyOf(sums, Math.max(bucket + 1, sums.length * 2));
            counts.put(supplier, sums);
        }
        sums[bucket]++;
        if (next != null) {
            next.completed(
                    workload,
                    id,
                    arrivalSeconds,
                    firstTokenSeconds,
                    lastTokenSeconds,
                    promptTokens,
                    outputTokens,
                    pool);
        }
    }

    public double bucketSeconds() {
        return bucketSeconds;
    }

    /** Requests that arrived in a bucket (from 0), by the supplier that completed them; suppliers without any left out. */
    public Map<String, Long> in(int bucket) {
        Map<String, Long> served = new LinkedHashMap<>();
        counts.forEach((supplier, sums) -> {
            if (bucket < sums.length && sums[bucket] > 0) {
                served.put(supplier, sums[bucket]);
            }
        });
        return served;
    }
}
