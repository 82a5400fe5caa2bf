package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.facts.Chip;
import io.ampacity.facts.LanguageModel;
import io.ampacity.gateway.settings.CanarySettings;
import io.ampacity.gateway.settings.DataClass;
import io.ampacity.gateway.settings.EnergyRates;
import io.ampacity.gateway.settings.Fleet;
import io.ampacity.gateway.settings.Target;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.ampacity.physics.PhysicsException;
import io.ampacity.routing.Pool;
import io.ampacity.routing.RoutingTable;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a fleet of upstreams: from the models that a document lists, or from a plan. */
final class FleetBuilding {

    private static final int USUAL_BATCH = 32;

    private final SchemaReading reading;
    private final UpstreamBuilding building;
    private final Map<String, UpstreamSettings> upstreams;
    private final Map<String, Form> upstreamForms;
    private final Map<String, DataClass> dataClasses;

    FleetBuilding(
            SchemaReading reading,
            UpstreamBuilding building,
            Map<String, UpstreamSettings> upstreams,
            Map<String, Form> upstreamForms,
            Map<String, DataClass> dataClasses) {
        this.reading = reading;
        this.building = building;
        this.upstreams = upstreams;
        this.upstreamForms = upstreamForms;
        this.dataClasses = dataClasses;
    }

    Fleet listed(Map<String, Form> models) {
        List<Pool> pools = new ArrayList<>();
        List<Target> targets = new ArrayList<>();
        List<String> workloads = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (Map.Entry<String, Form> entry : models.entrySet()) {
            numbers.put(entry.getKey(), workloads.size());
            workloads.add(entry.getKey());
            String className = entry.getValue().valueOrNull(ModelTable.DATA_CLASS);
            DataClass rules = className == null ? null : dataClasses.get(className);
            List<Form> forms = entry.getValue().valueOrNull(ModelTable.POOLS);
            checkTrials(entry.getValue(), forms == null ? List.of() : forms);
            for (Form form : forms == null ? List.<Form>of() : forms) {
                UpstreamSettings upstream = form.isSound() ? upstreams.get(form.value(PoolTable.UPSTREAM)) : null;
                if (upstream == null) {
                    continue;
                }
                String refusal = rules == null ? null : rules.refusal(upstream);
                if (refusal != null) {
                    refusals.add(entry.getKey() + ": " + refusal);
                    continue;
                }
                Target target = onTrial(target(entry.getKey(), form, upstream), form);
                String id = unique(pools, entry.getKey() + "@" + upstream.id());
                pools.add(pool(id, entry.getKey(), form, target));
                targets.add(target);
            }
        }
        return new Fleet(RoutingTable.of(workloads, pools), targets, numbers, dataClasses, refusals);
    }

    private static Target onTrial(Target target, Form form) {
        Form canary = form.valueOrNull(PoolTable.CANARY);
        return canary == null || !canary.isSound() ? target : target.onTrial(canary(canary));
    }

    static CanarySettings canary(Form canary) {
        return new CanarySettings(
                canary.value(CanaryTable.SHARE),
                canary.value(CanaryTable.WORSE_BY),
                canary.value(CanaryTable.REQUESTS),
                rising(canary) ? expanded(canary) : List.of(),
                canary.value(CanaryTable.HOLD));
    }

    private static List<Double> expanded(Form canary) {
        List<Double> shares = canary.valueOrNull(CanaryTable.EXPAND);
        return shares == null ? List.of() : shares;
    }

    static boolean rising(Form canary) {
        return CanarySettings.rises(canary.value(CanaryTable.SHARE), expanded(canary));
    }

    /** Without its canaries a model must still be served, and for them there must be requests enough. */
    private void checkTrials(Form model, List<Form> pools) {
        double shares = 0;
        int lasting = 0;
        for (Form pool : pools) {
            Form canary = pool.isSound() ? pool.valueOrNull(PoolTable.CANARY) : null;
            if (canary == null) {
                lasting++;
            } else if (canary.isSound()) {
                List<Double> expanded = expanded(canary);
                shares += expanded.isEmpty() ? canary.value(CanaryTable.SHARE) : expanded.getLast();
                if (!rising(canary)) {
                    reading.error(
                            canary.place(CanaryTable.EXPAND),
                            null,
                            "a share is not larger than the one before it, beginning with share",
                            "put them in order, such as share: 1 % and expand: [10 %, 50 %, 100 %]");
                }
            }
        }
        if (lasting == 0 && !pools.isEmpty()) {
            reading.error(
                    model.place(ModelTable.POOLS),
                    null,
                    "every pool is a canary, so nothing is there to compare with",
                    "leave canary out of the one that serves today");
        } else if (shares > 1) {
            reading.error(
                    model.place(ModelTable.POOLS),
                    null,
                    "canaries are to get " + Math.round(shares * 100) + " % of the requests in the end",
                    "make their shares smaller");
        }
    }

    private static String unique(List<Pool> pools, String id) {
        String candidate = id;
        for (int number = 2; ; number++) {
            String tried = candidate;
            if (pools.stream().noneMatch(pool -> pool.id().equals(tried))) {
                return candidate;
            }
            candidate = id + "~" + number;
        }
    }

    private Target target(String model, Form form, UpstreamSettings upstream) {
        Form above = upstreamForms.get(upstream.id());
        String name = form.valueOrNull(PoolTable.MODEL);
        if (name == null && above != null) {
            name = above.valueOrNull(UpstreamTable.MODEL);
        }
        Form price = form.valueOrNull(PoolTable.PRICE);
        Form hardware = form.valueOrNull(PoolTable.HARDWARE);
        if (above != null) {
            price = price == null ? above.valueOrNull(UpstreamTable.PRICE) : price;
            hardware = hardware == null ? above.valueOrNull(UpstreamTable.HARDWARE) : hardware;
        }
        return new Target(
                upstream, name == null ? model : name, UpstreamBuilding.prices(price), building.energy(hardware));
    }

    private static Pool pool(String id, String workload, Form form, Target target) {
        EnergyRates energy = target.energy();
        return new Pool(
                id,
                workload,
                target.upstream().supplier(),
                target.upstream().site(),
                target.model(),
                "",
                target.upstream().quotaGroup(),
                1,
                target.canary() == null ? form.value(PoolTable.WEIGHT) : 0,
                0,
                0,
                0,
                target.prices() == null ? null : Double.valueOf(target.prices().output()),
                energy == null ? null : energy.gramsPerKilowattHour());
    }

    /** The fleet of a plan; null, with the reasons noted, when a pool of it has no upstream. */
    @Nullable Fleet planned(PlannedTraffic traffic, Form root) {
        Scenario scenario = traffic.scenario();
        RoutingTable table = RoutingTable.of(scenario, traffic.plan(), traffic.period());
        List<Target> targets = new ArrayList<>();
        List<Pool> pools = new ArrayList<>();
        boolean complete = true;
        for (Pool pool : table.pools()) {
            UpstreamSettings upstream = upstreamOf(pool);
            if (upstream == null) {
                complete = false;
                reading.error(
                        root.place(GatewayTable.UPSTREAMS),
                        null,
                        "the plan runs " + pool.id() + ", and no upstream has supplier " + pool.supplier()
                                + " and site " + pool.site(),
                        "add one under upstreams");
                continue;
            }
            Form form = upstreamForms.get(upstream.id());
            String name = form == null ? null : form.valueOrNull(UpstreamTable.MODEL);
            String group = form == null ? null : form.valueOrNull(UpstreamTable.QUOTA_GROUP);
            pools.add(group == null ? pool : inGroup(pool, group));
            targets.add(new Target(
                    upstream,
                    name == null ? pool.model() : name,
                    UpstreamBuilding.prices(form == null ? null : form.valueOrNull(UpstreamTable.PRICE)),
                    energy(traffic, pool)));
        }
        Map<String, Integer> models = new LinkedHashMap<>();
        for (int workload = 0; workload < table.workloads().size(); workload++) {
            models.put(table.workloads().get(workload), workload);
        }
        return complete
                ? new Fleet(RoutingTable.of(table.workloads(), pools), targets, models, dataClasses, table.refusals())
                : null;
    }

    /** The document may know better than the plan what fails together. */
    private static Pool inGroup(Pool pool, String group) {
        return new Pool(
                pool.id(),
                pool.workload(),
                pool.supplier(),
                pool.site(),
                pool.model(),
                pool.chip(),
                group,
                pool.replicas(),
                pool.weight(),
                pool.plannedRequestsPerSecond(),
                pool.capacityRequestsPerSecond(),
                pool.roundTripSeconds(),
                pool.usdPerRequest(),
                pool.gramsPerKilowattHour());
    }

    /** A data class of a scenario. */
    static DataClass dataClass(String name, Policy.DataClass rules) {
        return new DataClass(name, rules.subProcessors(), rules.jurisdictions());
    }

    private @Nullable UpstreamSettings upstreamOf(Pool pool) {
        for (UpstreamSettings upstream : upstreams.values()) {
            if (upstream.supplier().equals(pool.supplier()) && upstream.site().equals(pool.site())) {
                return upstream;
            }
        }
        return null;
    }

    private static @Nullable EnergyRates energy(PlannedTraffic traffic, Pool pool) {
        Scenario scenario = traffic.scenario();
        for (Plan.Placement placement : traffic.plan().placement()) {
            Chip chip = scenario.catalogue().chips().get(placement.chip());
            LanguageModel model = scenario.workloads().stream()
                    .filter(workload -> workload.id().equals(placement.workload()))
                    .map(Workload::model)
                    .map(id -> scenario.catalogue().models().get(id))
                    .findFirst()
                    .orElse(null);
            boolean same = placement.period() == traffic.period()
                    && RoutingTable.poolId(placement).equals(pool.id());
            if (same && chip != null && model != null && placement.deployment() != null) {
                Site site = scenario.sites().stream()
                        .filter(each -> each.id().equals(pool.site()))
                        .findFirst()
                        .orElseThrow();
                try {
                    return Estimates.energy(
                            chip, model, placement.deployment(), USUAL_BATCH, site.pue(), pool.gramsPerKilowattHour());
                } catch (PhysicsException unknown) {
                    return null;
                }
            }
        }
        return null;
    }
}
