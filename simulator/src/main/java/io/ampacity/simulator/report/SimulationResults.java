package io.ampacity.simulator.report;

import io.ampacity.physics.Provenance;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.serving.ServingResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a {@link SimulationResult} together from what was collected. */
public final class SimulationResults {

    private SimulationResults() {}

    /**
     * The result.
     *
     * @param meters one a workload, in the fleet's order
     * @param pools in the fleet's order
     * @param facility energy by time
     */
    public static SimulationResult of(
            List<WorkloadMeter> meters,
            List<PoolResult> pools,
            List<Failure> failures,
            LatencyMeter interTokenLatency,
            SeriesMeter facility,
            double endSeconds,
            long wastedTokens,
            long breakersOpened,
            Provenance provenance,
            ServingResult serving) {
        LatencyMeter timeToFirstToken = new LatencyMeter();
        LatencyMeter timePerOutputToken = new LatencyMeter();
        LatencyMeter endToEnd = new LatencyMeter();
        RequestCounts counts = new RequestCounts(0, 0, 0, 0, 0);
        long prompts = 0;
        long outputs = 0;
        List<WorkloadResult> workloads = new ArrayList<>();
        Map<String, Series> seriesByWorkload = new LinkedHashMap<>();
        for (WorkloadMeter meter : meters) {
            WorkloadResult workload = meter.result();
            workloads.add(workload);
            counts = counts.plus(workload.requests());
            prompts += workload.promptTokens();
            outputs += workload.outputTokens();
            timeToFirstToken.add(meter.timeToFirstToken());
            timePerOutputToken.add(meter.timePerOutputToken());
            endToEnd.add(meter.endToEnd());
            facility.add(meter.series());
            seriesByWorkload.put(workload.workload(), Series.of(meter.series(), endSeconds));
        }
        List<FailureWindow> windows = new ArrayList<>();
        for (int failure = 0; failure < failures.size(); failure++) {
            for (WorkloadMeter meter : meters) {
                windows.add(meter.failureWindow(failure, failures.get(failure)));
            }
        }
        return new SimulationResult(
                counts,
                prompts,
                outputs,
                wastedTokens,
                endSeconds,
                timeToFirstToken.distribution(),
                timePerOutputToken.distribution(),
                interTokenLatency.distribution(),
                endToEnd.distribution(),
                attainment(workloads),
                pools.stream().mapToDouble(PoolResult::energyJoules).sum(),
                Totals.sum(pools, PoolResult::carbonGrams),
                Totals.sum(pools, PoolResult::waterLitres),
                Totals.sum(pools, PoolResult::costUsd),
                pools.stream()
                        .map(PoolResult::supplier)
                        .distinct()
                        .map(supplier -> SupplierResult.of(supplier, pools))
                        .toList(),
                workloads,
                pools,
                windows,
                Series.of(facility, endSeconds),
                seriesByWorkload,
                breakersOpened,
                provenance,
                serving);
    }

    private static @Nullable Double attainment(List<WorkloadResult> workloads) {
        double attained = 0;
        long ended = 0;
        for (WorkloadResult workload : workloads) {
            if (workload.sloAttainment() != null) {
                attained += workload.sloAttainment() * workload.requests().arrived();
                ended += workload.requests().arrived();
            }
        }
        return ended == 0 ? null : attained / ended;
    }
}
