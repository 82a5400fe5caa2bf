package io.ampacity.simulator.report;

import io.ampacity.physics.Provenance;
import io.ampacity.simulator.serving.ServingResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a simulation. Seconds are simulated ones. A null total is unknown because a figure that enters it is.
 *
 * @param promptTokens of completed requests
 * @param outputTokens of completed requests
 * @param wastedTokens output tokens produced by attempts that failed
 * @param simulatedSeconds from time 0 until the last request ended
 * @param interTokenLatencySeconds every gap between tokens of a request, those of lost attempts included
 * @param sloAttainment share of all requests of workloads with an objective that attained it; null when there are none
 * @param energyJoules of the facilities
 * @param failures every failure as every workload saw it
 * @param series all workloads together
 * @param seriesByWorkload in the order of {@code byWorkload}
 * @param breakersOpened how often a closed circuit breaker opened
 * @param provenance of the least well founded step model
 * @param serving what came of the features beyond plain batching
 */
public record SimulationResult(
        RequestCounts requests,
        long promptTokens,
        long outputTokens,
        long wastedTokens,
        double simulatedSeconds,
        Distribution timeToFirstTokenSeconds,
        Distribution timePerOutputTokenSeconds,
        Distribution interTokenLatencySeconds,
        Distribution endToEndSeconds,
        @Nullable Double sloAttainment,
        double energyJoules,
        @Nullable Double carbonGrams,
        @Nullable Double waterLitres,
        @Nullable Double costUsd,
        List<SupplierResult> bySupplier,
        List<WorkloadResult> byWorkload,
        List<PoolResult> byPool,
        List<FailureWindow> failures,
        Series series,
        Map<String, Series> seriesByWorkload,
        long breakersOpened,
        Provenance provenance,
        ServingResult serving) {

    public SimulationResult {
        bySupplier = List.copyOf(bySupplier);
        byWorkload = List.copyOf(byWorkload);
        byPool = List.copyOf(byPool);
        failures = List.copyOf(failures);
        seriesByWorkload = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(seriesByWorkload));
    }
}
