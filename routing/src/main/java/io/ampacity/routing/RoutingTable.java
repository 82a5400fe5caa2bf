package io.ampacity.routing;

import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Ways;
import io.ampacity.scenario.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which pools may serve which workload, with what weight, and in what order they stand in for one another. Immutable
 * and thread-safe; built once for a plan's period and read by every decision.
 *
 * <p>Workloads, pools and quota groups are numbered from 0, so that decisions work on primitive arrays.
 */
public final class RoutingTable {

    private final List<Pool> pools;
    private final List<String> workloads;
    private final List<String> quotaGroups;
    private final List<String> refusals;
    private final int[] groupOfPool;
    private final int[][] eligible;
    private final int[][] failover;

    private RoutingTable(List<String> workloads, List<Pool> pools, List<String> refusals) {
        this.pools = List.copyOf(pools);
        this.workloads = List.copyOf(workloads);
        this.refusals = List.copyOf(refusals);
        LinkedHashMap<String, Integer> groups = new LinkedHashMap<>();
        groupOfPool = new int[pools.size()];
        LinkedHashSet<String> ids = new LinkedHashSet<>();
        for (int pool = 0; pool < pools.size(); pool++) {
            if (!ids.add(pools.get(pool).id())) {
                throw new IllegalArgumentException("pool id " + pools.get(pool).id()
                        + " appears twice in one routing table. Maybe add the site to the name");
            }
            if (!workloads.contains(pools.get(pool).workload())) {
                throw new IllegalArgumentException("pool " + pools.get(pool).id() + " serves workload "
                        + pools.get(pool).workload() + ", which the table does not list");
            }
            groupOfPool[pool] = groups.computeIfAbsent(pools.get(pool).quotaGroup(), name -> groups.size());
        }
        quotaGroups = List.copyOf(groups.keySet());
        eligible = new int[workloads.size()][];
        failover = new int[workloads.size()][];
        for (int workload = 0; workload < workloads.size(); workload++) {
            String id = workloads.get(workload);
            eligible[workload] = java.util.stream.IntStream.range(0, pools.size())
                    .filter(pool -> pools.get(pool).workload().equals(id))
                    .toArray();
            failover[workload] = java.util.Arrays.stream(eligible[workload])
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(pool -> -spareRequestsPerSecond(pools.get(pool)))
                            .thenComparing(pool -> pool))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
    }

    /** A table of pools that need no check, such as those of a fleet given on the command line. */
    public static RoutingTable of(List<String> workloads, List<Pool> pools) {
        return new RoutingTable(workloads, pools, List.of());
    }

    /**
     * The table of a plan's period (from 0). A placement that the scenario's policy forbids is left out and listed
     * under {@link #refusals()}.
     *
     * @throws IllegalArgumentException when the plan names a site, supplier or workload that the scenario does not know
     */
    public static RoutingTable of(Scenario scenario, Plan plan, int period) {
        Map<String, Site> sites = new HashMap<>();
        scenario.sites().forEach(site -> sites.put(site.id(), site));
        Map<String, Supplier> suppliers = new HashMap<>();
        scenario.suppliers().forEach(supplier -> suppliers.put(supplier.id(), supplier));
        Map<String, Workload.Serving> serving = new LinkedHashMap<>();
        for (Workload workload : scenario.workloads()) {
            if (workload instanceof Workload.Serving one) {
                serving.put(one.id(), one);
            }
        }
        Map<String, Double> chipSecondUsd = chipSecondUsd(scenario, plan, period);
        Ways ways = scenario.ways();
        List<String> refusals = new ArrayList<>();
        List<Pool> pools = new ArrayList<>();
        LinkedHashSet<String> ids = new LinkedHashSet<>();
        for (Plan.Placement placement : plan.placement()) {
            Workload.Serving workload = serving.get(placement.workload());
            if (placement.period() != period || placement.replicas() < 1 || workload == null) {
                continue;
            }
            Site site = known(sites, placement.site(), "site");
            Supplier supplier = known(suppliers, placement.supplier(), "supplier");
            String refusal = Eligibility.refusal(scenario, workload, site, supplier);
            if (refusal != null) {
                refusals.add(refusal);
                continue;
            }
            Double usdPerSecond = chipSecondUsd.get(holding(placement.site(), placement.supplier(), placement.chip()));
            double capacity = placement.capacityRequestsPerSecond();
            pools.add(new Pool(
                    unique(ids, poolId(placement)),
                    workload.id(),
                    supplier.id(),
                    site.id(),
                    workload.model(),
                    placement.chip(),
                    supplier.id() + "/" + site.id() + "/" + workload.model(),
                    placement.replicas(),
                    placement.share(),
                    placement.peakRequestsPerSecond(),
                    capacity,
                    ways.roundTrip(workload, site).seconds(),
                    usdPerSecond == null || capacity <= 0 ? null : usdPerSecond * placement.chips() / capacity,
                    site.carbonIntensity() == null
                            ? null
                            : site.carbonIntensity().gramsPerKilowattHour()));
        }
        return new RoutingTable(List.copyOf(serving.keySet()), pools, refusals);
    }

    /** The id that the table gives to a placement's pool, unless another placement of the period has it already. */
    public static String poolId(Plan.Placement placement) {
        return placement.workload() + "@" + placement.site() + "/" + placement.chip()
                + (placement.deployment() == null
                        ? ""
                        : "/" + placement.deployment().id());
    }

    private static String unique(Set<String> ids, String id) {
        String candidate = id;
        for (int number = 2; !ids.add(candidate); number++) {
            candidate = id + "~" + number;
        }
        return candidate;
    }

    /** Mean cost of holding one chip for a second, by {@link #holding site, supplier and chip}. */
    public static Map<String, Double> chipSecondUsd(Scenario scenario, Plan plan, int period) {
        Map<String, double[]> sums = new HashMap<>();
        for (Plan.Capacity capacity : plan.capacity()) {
            if (capacity.period() == period) {
                double[] sum = sums.computeIfAbsent(
                        holding(capacity.site(), capacity.supplier(), capacity.chip()), key -> new double[2]);
                sum[0] += capacity.costUsd();
                sum[1] += capacity.count();
            }
        }
        double seconds = scenario.horizon().periodLength().seconds();
        Map<String, Double> prices = new HashMap<>();
        sums.forEach((key, sum) -> {
            if (sum[1] > 0) {
                prices.put(key, sum[0] / sum[1] / seconds);
            }
        });
        return prices;
    }

    /** The key of {@link #chipSecondUsd}. */
    public static String holding(String site, String supplier, String chip) {
        return site + "\n" + supplier + "\n" + chip;
    }

    private static <T> T known(Map<String, T> things, String id, String kind) {
        @Nullable T thing = things.get(id);
        if (thing == null) {
            throw new IllegalArgumentException("plan.placement names " + kind + " " + id
                    + ", which the scenario does not know. Maybe the plan belongs to another scenario");
        }
        return thing;
    }

    private static double spareRequestsPerSecond(Pool pool) {
        return Math.max(0, pool.capacityRequestsPerSecond() - pool.plannedRequestsPerSecond());
    }

    public List<Pool> pools() {
        return pools;
    }

    public List<String> workloads() {
        return workloads;
    }

    public List<String> quotaGroups() {
        return quotaGroups;
    }

    /** Placements that were left out because the policy forbids them, each as a sentence. */
    public List<String> refusals() {
        return refusals;
    }

    /** The number of a workload; -1 when the table does not know it. */
    public int workload(String id) {
        return workloads.indexOf(id);
    }

    /** How many pools may serve the workload. */
    public int eligibleCount(int workload) {
        return eligible[workload].length;
    }

    /** A pool that may serve the workload, {@code rank} from 0 in the plan's order. */
    public int eligible(int workload, int rank) {
        return eligible[workload][rank];
    }

    public boolean isEligible(int workload, int pool) {
        return pools.get(pool).workload().equals(workloads.get(workload));
    }

    /** The pools of a workload, the one with most spare capacity first: who steps in when none is left. */
    public int[] failover(int workload) {
        return failover[workload].clone();
    }

    int[] failoverOrder(int workload) {
        return failover[workload];
    }

    public int quotaGroup(int pool) {
        return groupOfPool[pool];
    }
}
