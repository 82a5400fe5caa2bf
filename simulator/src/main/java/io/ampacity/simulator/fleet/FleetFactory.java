package io.ampacity.simulator.fleet;

import io.ampacity.facts.Chip;
import io.ampacity.facts.GridProfile;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.MonthHourTable;
import io.ampacity.routing.Pool;
import io.ampacity.routing.RoutingTable;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Workload;
import io.ampacity.simulator.replica.EngineSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the fleet that a plan describes. */
public final class FleetFactory {

    /** Cold start of a replica, unless said otherwise: boot, load weights, compile. */
    public static final double STANDARD_COLD_START_SECONDS = 120;

    private FleetFactory() {}

    /**
     * The serving pools of a plan's period (from 0). Placements that the scenario's policy forbids are left out; the
     * fleet's table says which.
     */
    public static Fleet fromPlan(Scenario scenario, Plan plan, int period, StepModels stepModels) {
        RoutingTable table = RoutingTable.of(scenario, plan, period);
        Map<String, Double> chipSecondUsd = RoutingTable.chipSecondUsd(scenario, plan, period);
        Map<String, Site> sites = new HashMap<>();
        scenario.sites().forEach(site -> sites.put(site.id(), site));
        Map<String, Workload.Serving> serving = new HashMap<>();
        for (Workload workload : scenario.workloads()) {
            if (workload instanceof Workload.Serving one) {
                serving.put(one.id(), one);
            }
        }
        List<FleetPool> pools = new ArrayList<>();
        for (Pool pool : table.pools()) {
            Plan.Placement placement = placement(plan, period, pool, pools);
            Site site = known(sites.get(pool.site()), "site", pool.site());
            Workload.Serving workload = known(serving.get(pool.workload()), "workload", pool.workload());
            pools.add(pool(scenario, pool, placement, site, workload, chipSecondUsd, stepModels));
        }
        List<FleetWorkload> workloads = table.workloads().stream()
                .map(id -> new FleetWorkload(
                        id, known(serving.get(id), "workload", id).objective()))
                .toList();
        return new Fleet(pools, workloads, table);
    }

    private static FleetPool pool(
            Scenario scenario,
            Pool pool,
            Plan.Placement placement,
            Site site,
            Workload.Serving workload,
            Map<String, Double> chipSecondUsd,
            StepModels stepModels) {
        Chip chip = known(scenario.catalogue().chip(pool.chip()).orElse(null), "chip", pool.chip());
        LanguageModel model = known(scenario.catalogue().model(pool.model()).orElse(null), "model", pool.model());
        if (placement.deployment() == null) {
            throw new IllegalArgumentException("plan.placement of " + pool.id()
                    + " states no deployment. Maybe the plan was written by hand; add tensorParallel and the rest");
        }
        Double chipUsd = chipSecondUsd.get(RoutingTable.holding(pool.site(), pool.supplier(), pool.chip()));
        EngineSettings engine =
                EngineSettings.forChip(chip).withPrefixShare(workload.traffic().prefixShare());
        return new FleetPool(
                pool,
                stepModels.of(model, chip, placement.deployment()),
                engine,
                site.pue(),
                gridShape(scenario, site),
                site.waterIntensity() == null ? null : site.waterIntensity().litresPerKilowattHour(),
                chipUsd == null ? null : chipUsd * placement.chips() / placement.replicas(),
                tariff(site),
                STANDARD_COLD_START_SECONDS,
                null,
                null,
                stepModels.power(model, chip, placement.deployment()),
                null);
    }

    /** A cloud's rent has its energy inside; elsewhere an unstated tariff is unknown. */
    private static @Nullable Double tariff(Site site) {
        if (site.tariff() != null) {
            return site.tariff().usdPerKilowattHour();
        }
        return site.kind() == Site.Kind.CLOUD_REGION ? 0.0 : null;
    }

    private static @Nullable MonthHourTable gridShape(Scenario scenario, Site site) {
        if (site.gridProfile() == null) {
            return null;
        }
        GridProfile profile = scenario.catalogue().grids().get(site.gridProfile());
        return profile == null ? null : profile.carbonDirect();
    }

    /** Placements and pools come in the same order, so equal names are told apart by how many came before. */
    private static Plan.Placement placement(Plan plan, int period, Pool pool, List<FleetPool> before) {
        String base = pool.id().replaceFirst("~\\d+$", "");
        long skip = before.stream()
                .filter(one -> one.routing().id().replaceFirst("~\\d+$", "").equals(base))
                .count();
        return plan.placement().stream()
                .filter(placement -> placement.period() == period
                        && placement.replicas() >= 1
                        && RoutingTable.poolId(placement).equals(base))
                .skip(skip)
                .findFirst()
                .orElseThrow();
    }

    private static <T> T known(@Nullable T thing, String kind, String id) {
        if (thing == null) {
            throw new IllegalArgumentException("plan.placement names " + kind + " " + id
                    + ", which the scenario does not know. Maybe the plan belongs to another scenario");
        }
        return thing;
    }
}
