package io.ampacity.simulator.report;

import io.ampacity.physics.Provenance;
import io.ampacity.simulator.failure.Failure;
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
     * @param failures drills
     * @param disruptions what else failed
     * @param details where time went, and what pools did over time
     */
    public static SimulationResult of(
            List<WorkloadMeter> meters,
            List<PoolResult> pools,
            List<Failure> failures,
            List<Disruptions> disruptions,
            LatencyMeter interTokenLatency,
            DetailMeters details,
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
        TimeSpentMeter timeSpent = new TimeSpentMeter();
        SeriesMeter series = new SeriesMeter();
        int replicas = 0;
        double goodput = 0;
        for (int number = 0; number < meters.size(); number++) {
            WorkloadMeter meter = meters.get(number);
            WorkloadResult workload = meter.result(details.ofWorkload(number), endSeconds);
            timeSpent.add(details.ofWorkload(number));
            goodput += workload.goodputRequestsPerSecond();
            int own = 0;
            for (int pool = 0; pool < pools.size(); pool++) {
                if (pools.get(pool).workload().equals(workload.workload())) {
                    meter.series().add(details.ofPool(pool));
                    own += pools.get(pool).replicas();
                }
            }
            replicas += own;
            workloads.add(workload);
            counts = counts.plus(workload.requests());
            prompts += workload.promptTokens();
            outputs += workload.outputTokens();
            timeToFirstToken.add(meter.timeToFirstToken());
            timePerOutputToken.add(meter.timePerOutputToken());
            endToEnd.add(meter.endToEnd());
            series.add(meter.series());
            seriesByWorkload.put(workload.workload(), Series.of(meter.series(), own, endSeconds));
        }
        Map<String, Map<Part, Double>> timeSpentByPool = new LinkedHashMap<>();
        Map<String, Double> availability = new LinkedHashMap<>();
        Map<String, PoolSeries> seriesByPool = new LinkedHashMap<>();
        for (int number = 0; number < pools.size(); number++) {
            PoolResult pool = pools.get(number);
            timeSpentByPool.put(pool.pool(), details.parts(number));
            availability.put(pool.pool(), details.availability(number, pool.replicas(), endSeconds));
            seriesByPool.put(pool.pool(), PoolSeries.of(details.ofPool(number), pool.replicas(), endSeconds));
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
                goodput,
                timeSpent.result(),
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
                details.byTenant(endSeconds),
                details.byClass(endSeconds),
                timeSpentByPool,
                windows,
                disruptions,
                availability,
                Series.of(series, replicas, endSeconds),
                seriesByWorkload,
                seriesByPool,
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
