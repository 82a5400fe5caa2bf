package io.ampacity.simulator.report;

import io.ampacity.physics.Provenance;
import java.util.Collections;
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
 * @param goodputRequestsPerSecond requests that attained their objective, or completed where nothing was promised, a second
 * @param timeSpent where the time of completed requests went, all workloads together
 * @param energyJoules of the facilities
 * @param byTenant those that the traces name, in order of name; a great many are counted together
 * @param byClass classes of service that the traces name, in order of name
 * @param timeSpentByPool seconds by part, of requests completed there
 * @param failures every drill as every workload saw it
 * @param disruptions failures drawn or replayed in number, by cause
 * @param availabilityByPool share of replica-seconds in which the replica was there, warm and reachable
 * @param series all workloads together
 * @param seriesByWorkload in the order of {@code byWorkload}
 * @param seriesByPool in the order of {@code byPool}
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
        double goodputRequestsPerSecond,
        List<TimeSpent> timeSpent,
        double energyJoules,
        @Nullable Double carbonGrams,
        @Nullable Double waterLitres,
        @Nullable Double costUsd,
        List<SupplierResult> bySupplier,
        List<WorkloadResult> byWorkload,
        List<PoolResult> byPool,
        List<GroupResult> byTenant,
        List<GroupResult> byClass,
        Map<String, Map<Part, Double>> timeSpentByPool,
        List<FailureWindow> failures,
        List<Disruptions> disruptions,
        Map<String, Double> availabilityByPool,
        Series series,
        Map<String, Series> seriesByWorkload,
        Map<String, PoolSeries> seriesByPool,
        long breakersOpened,
        Provenance provenance,
        ServingResult serving) {

    public SimulationResult {
        bySupplier = List.copyOf(bySupplier);
        byWorkload = List.copyOf(byWorkload);
        byPool = List.copyOf(byPool);
        timeSpent = List.copyOf(timeSpent);
        byTenant = List.copyOf(byTenant);
        byClass = List.copyOf(byClass);
        timeSpentByPool = Collections.unmodifiableMap(new LinkedHashMap<>(timeSpentByPool));
        failures = List.copyOf(failures);
        disruptions = List.copyOf(disruptions);
        availabilityByPool = Collections.unmodifiableMap(new LinkedHashMap<>(availabilityByPool));
        seriesByWorkload = Collections.unmodifiableMap(new LinkedHashMap<>(seriesByWorkload));
        seriesByPool = Collections.unmodifiableMap(new LinkedHashMap<>(seriesByPool));
    }
}
