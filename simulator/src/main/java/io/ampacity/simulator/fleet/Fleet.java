package io.ampacity.simulator.fleet;

import io.ampacity.physics.StepModel;
import io.ampacity.routing.RoutingTable;
import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.simulator.replica.EngineSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that serves: pools, workloads and the table that joins them. Immutable.
 *
 * @param pools in the order of the table's pools
 * @param workloads in the order of the table's workloads
 */
public record Fleet(List<FleetPool> pools, List<FleetWorkload> workloads, RoutingTable table) {

    public Fleet {
        pools = List.copyOf(pools);
        workloads = List.copyOf(workloads);
        if (!pools.stream().map(FleetPool::routing).toList().equals(table.pools())
                || !workloads.stream().map(FleetWorkload::id).toList().equals(table.workloads())) {
            throw new IllegalArgumentException("a fleet's pools and workloads are not those of its routing table");
        }
    }

    /** A fleet of pools that need no check of eligibility. */
    public static Fleet of(List<FleetPool> pools, List<FleetWorkload> workloads) {
        return new Fleet(
                pools,
                workloads,
                RoutingTable.of(
                        workloads.stream().map(FleetWorkload::id).toList(),
                        pools.stream().map(FleetPool::routing).toList()));
    }

    /** One pool of equal replicas that serves one workload, named {@code requests}. */
    public static Fleet onePool(
            StepModel model, int replicas, EngineSettings engine, @Nullable ServiceLevelObjective objective) {
        return of(
                List.of(FleetPool.plain("pool", "requests", model, replicas, engine)),
                List.of(new FleetWorkload("requests", objective)));
    }
}
