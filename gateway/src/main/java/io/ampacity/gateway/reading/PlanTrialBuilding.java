package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.gateway.settings.CanarySettings;
import io.ampacity.gateway.settings.DataClass;
import io.ampacity.gateway.settings.Fleet;
import io.ampacity.gateway.settings.PlanTrial;
import io.ampacity.gateway.settings.ShadowSettings;
import io.ampacity.gateway.settings.Target;
import io.ampacity.routing.Pool;
import io.ampacity.routing.RoutingTable;
import io.ampacity.scenario.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sets the pools of a further plan beside a fleet: on trial, or in its shadow. */
final class PlanTrialBuilding {

    private static final int DIGITS = 8;

    private final SchemaReading reading;
    private final FleetBuilding fleets;
    private final Path folder;
    private final @Nullable PlanSource source;
    private final List<Path> plans = new ArrayList<>();

    PlanTrialBuilding(SchemaReading reading, FleetBuilding fleets, Path folder, @Nullable PlanSource source) {
        this.reading = reading;
        this.fleets = fleets;
        this.folder = folder;
        this.source = source;
    }

    /** The files that were read. */
    List<Path> plans() {
        return plans;
    }

    /** A plan's fleet with a name of its content. */
    private record Named(String name, Fleet fleet) {}

    private @Nullable Named read(Form form, Form root, Fleet live) {
        Path file = folder.resolve(form.value(CanaryTable.PLAN));
        PlanSource known = source;
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException gone) {
            reading.error(
                    form.place(CanaryTable.PLAN),
                    file.toString(),
                    "this plan cannot be read: " + gone.getClass().getSimpleName(),
                    "make it: ampacity plan SCENARIO --out " + file.getFileName());
            return null;
        }
        if (known == null) {
            reading.error(form.place(CanaryTable.PLAN), file.toString(), "no plan is read here", "leave it out");
            return null;
        }
        plans.add(file);
        String scenario = form.valueOrNull(CanaryTable.SCENARIO);
        PlannedTraffic traffic = known.read(file, scenario == null ? null : folder.resolve(scenario));
        boolean sound = true;
        for (Map.Entry<String, Policy.DataClass> rules :
                traffic.scenario().policy().dataClasses().entrySet()) {
            DataClass today = live.dataClass(rules.getKey());
            if (today != null && !today.equals(FleetBuilding.dataClass(rules.getKey(), rules.getValue()))) {
                sound = false;
                reading.error(
                        form.place(CanaryTable.PLAN),
                        file.toString(),
                        "its scenario has other rules for data class " + rules.getKey() + " than those that hold",
                        "make both alike first: a trial changes no rule");
            }
        }
        Fleet fleet = fleets.planned(traffic, root);
        return fleet == null || !sound ? null : new Named("plan " + hash(bytes), fleet);
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .substring(0, DIGITS);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java has SHA-256", absent);
        }
    }

    /** The fleet with a plan on trial beside it; null, with the reasons noted, when that cannot be. */
    @Nullable Fleet onTrial(Fleet live, Form root) {
        Form form = root.valueOrNull(GatewayTable.CANARY);
        if (form == null || !form.isSound()) {
            return live;
        }
        if (live.targets().stream().anyMatch(target -> target.canary() != null)) {
            reading.error(
                    root.place(GatewayTable.CANARY),
                    null,
                    "a plan is on trial, and a pool of models too, so nobody could tell them apart",
                    "try one after the other");
            return null;
        }
        if (!FleetBuilding.rising(form)) {
            reading.error(
                    form.place(CanaryTable.EXPAND),
                    null,
                    "a share is not larger than the one before it, beginning with share",
                    "put them in order, such as share: 1 % and expand: [10 %, 50 %, 100 %]");
            return null;
        }
        Named plan = read(form, root, live);
        return plan == null ? null : beside(live, plan, FleetBuilding.canary(form), form);
    }

    private @Nullable Fleet beside(Fleet live, Named plan, CanarySettings settings, Form form) {
        List<String> workloads = new ArrayList<>(live.table().workloads());
        List<Pool> pools = new ArrayList<>(live.table().pools());
        List<Target> targets = new ArrayList<>(live.targets());
        Map<Integer, Integer> trials = new HashMap<>();
        plan.fleet().models().forEach((model, workload) -> {
            Integer own = live.models().get(model);
            if (own == null || plan.fleet().table().eligibleCount(workload) == 0) {
                reading.warning(
                        form.place(CanaryTable.PLAN),
                        model,
                        "this model is not tried: one of both does not serve it",
                        null);
                return;
            }
            String name = model + "~canary";
            while (workloads.contains(name)) {
                name += "~";
            }
            trials.put(own, workloads.size());
            workloads.add(name);
            for (int rank = 0; rank < plan.fleet().table().eligibleCount(workload); rank++) {
                int number = plan.fleet().table().eligible(workload, rank);
                pools.add(named(plan.fleet().table().pools().get(number), "~canary", name));
                targets.add(plan.fleet().targets().get(number).onTrial(settings));
            }
        });
        if (trials.isEmpty()) {
            reading.error(
                    form.place(CanaryTable.PLAN),
                    null,
                    "this plan serves none of the models "
                            + String.join(", ", live.models().keySet()),
                    "name a plan of the same workloads");
            return null;
        }
        List<String> refusals = new ArrayList<>(live.refusals());
        refusals.addAll(plan.fleet().refusals());
        return new Fleet(
                RoutingTable.of(workloads, pools),
                targets,
                live.models(),
                live.dataClasses(),
                refusals,
                new PlanTrial(plan.name(), settings, trials));
    }

    private static Pool named(Pool pool, String suffix, String workload) {
        return new Pool(
                pool.id() + suffix,
                workload,
                pool.supplier(),
                pool.site(),
                pool.model(),
                pool.chip(),
                pool.quotaGroup(),
                pool.replicas(),
                pool.weight(),
                pool.plannedRequestsPerSecond(),
                pool.capacityRequestsPerSecond(),
                pool.roundTripSeconds(),
                pool.usdPerRequest(),
                pool.gramsPerKilowattHour());
    }

    /** Who gets copies of the requests of a fleet's models, as a plan says. */
    List<ShadowSettings> shadows(Fleet live, Form root) {
        Form form = root.valueOrNull(GatewayTable.SHADOW);
        List<ShadowSettings> shadows = new ArrayList<>();
        Named plan = form == null || !form.isSound() ? null : read(form, root, live);
        if (form == null || plan == null) {
            return shadows;
        }
        plan.fleet().models().forEach((model, workload) -> {
            List<Pool> pools = new ArrayList<>();
            List<Target> targets = new ArrayList<>();
            for (int rank = 0; rank < plan.fleet().table().eligibleCount(workload); rank++) {
                int number = plan.fleet().table().eligible(workload, rank);
                Target target = plan.fleet().targets().get(number);
                if (target.prices() == null) {
                    reading.error(
                            form.place(CanaryTable.PLAN),
                            target.upstream().id(),
                            "the price of this upstream is unknown, so no budget can hold there",
                            "add price: to upstream " + target.upstream().id());
                }
                pools.add(named(plan.fleet().table().pools().get(number), "~shadow", model));
                targets.add(target);
            }
            if (live.models().containsKey(model) && !pools.isEmpty()) {
                shadows.add(new ShadowSettings(
                        model + "@" + plan.name() + "~shadow",
                        model,
                        new Fleet(
                                RoutingTable.of(List.of(model), pools),
                                targets,
                                Map.of(model, 0),
                                live.dataClasses(),
                                List.of()),
                        form.value(ShadowTable.SHARE),
                        form.value(ShadowTable.BUDGET),
                        form.value(ShadowTable.PERIOD),
                        form.value(ShadowTable.MOST_OPEN)));
            }
        });
        return shadows;
    }
}
