package io.ampacity.planner.proof;

import io.ampacity.routing.AdmissionSettings;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Workload;
import io.ampacity.simulator.RequestSink;
import io.ampacity.simulator.RunObserver;
import io.ampacity.simulator.Simulation;
import io.ampacity.simulator.SimulationSettings;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetFactory;
import io.ampacity.simulator.fleet.StepModels;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.traces.RequestSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The replay of a plan: every serving workload's busiest hour on the fleet of one period, routed as the plan says, while
 * something is lost.
 *
 * @param period the period whose fleet served, from 0
 * @param served who answered, over time
 * @param failures what was lost and when, drills only
 * @param seconds how long traffic arrived
 */
public record Proof(
        SimulationResult result,
        ServedBySupplier served,
        int period,
        List<Failure> failures,
        double seconds,
        long seed) {

    private static final int BUCKETS = 60;

    public Proof {
        failures = List.copyOf(failures);
    }

    /** Where the requests of a workload come from, at a mean rate in requests/s; the proof closes them. */
    @FunctionalInterface
    public interface Requests {
        RequestSource of(Workload.Serving workload, double requestsPerSecond, double seconds);
    }

    /**
     * Replays a plan.
     *
     * @param stepModels the physics of its replicas
     * @param sink told every completed request; null for nobody
     * @throws IllegalArgumentException when the plan is infeasible, or does not belong to the scenario
     */
    public static Proof of(
            Scenario scenario,
            Plan plan,
            StepModels stepModels,
            Requests requests,
            ReplaySettings settings,
            @Nullable RequestSink sink) {
        return of(scenario, plan, stepModels, requests, settings, sink, RunObserver.NONE);
    }

    /** The same, with all that happens told to an observer. */
    public static Proof of(
            Scenario scenario,
            Plan plan,
            StepModels stepModels,
            Requests requests,
            ReplaySettings settings,
            @Nullable RequestSink sink,
            RunObserver observer) {
        if (plan.status() == Plan.Status.INFEASIBLE) {
            throw new IllegalArgumentException("an infeasible plan has no fleet to replay on");
        }
        int period = settings.period() == null ? busiest(scenario) : settings.period();
        if (period < 0 || period >= scenario.horizon().periods()) {
            throw new IllegalArgumentException("period " + period + " is outside the plan's "
                    + scenario.horizon().periods() + " periods, counted from 0");
        }
        List<Failure> failures = settings.failures() == null
                ? usualLosses(scenario, plan, period, settings.seconds())
                : settings.failures();
        Fleet fleet = FleetFactory.fromPlan(scenario, plan, period, stepModels);
        SimulationSettings simulation = SimulationSettings.STANDARD
                .withRouter(settings.router())
                .withFeatures(settings.features())
                .withSeed(settings.seed())
                .withThreads(settings.threads())
                .withFailures(failures)
                .withAdmission(AdmissionSettings.STANDARD)
                .withStart(
                        scenario.horizon()
                                .start()
                                .plusMonths((long) period * scenario.horizon().monthsPerPeriod())
                                .getMonthValue(),
                        12);
        Set<String> placed =
                plan.placement().stream().map(Plan.Placement::workload).collect(Collectors.toSet());
        Map<String, RequestSource> sources = new LinkedHashMap<>();
        try {
            for (Workload workload : scenario.workloads()) {
                if (workload instanceof Workload.Serving serving && placed.contains(serving.id())) {
                    double rate = serving.traffic().peakRate(scenario.horizon(), period);
                    sources.put(serving.id(), requests.of(serving, rate, settings.seconds()));
                }
            }
            ServedBySupplier served = new ServedBySupplier(settings.seconds() / BUCKETS, suppliers(fleet), sink);
            SimulationResult result = Simulation.of(fleet).with(simulation).run(sources, served, observer);
            List<Failure> drills =
                    failures.stream().filter(failure -> failure.cause() == null).toList();
            return new Proof(result, served, period, drills, settings.seconds(), settings.seed());
        } finally {
            sources.values().forEach(RequestSource::close);
        }
    }

    private static Map<String, String> suppliers(Fleet fleet) {
        Map<String, String> suppliers = new LinkedHashMap<>();
        fleet.pools()
                .forEach(pool ->
                        suppliers.put(pool.routing().id(), pool.routing().supplier()));
        return suppliers;
    }

    /**
     * What a plan is proven against unless told otherwise: its largest supplier is lost for the second fifth of the
     * replay and, where the policy wants the loss of a site survived, its largest site for the fourth.
     */
    public static List<Failure> usualLosses(Scenario scenario, Plan plan, int period, double seconds) {
        long fifth = Math.max(1, Math.round(seconds / 5));
        List<Failure> losses = new ArrayList<>();
        String supplier = largest(scenario, plan, period, Plan.Placement::supplier, own(scenario));
        if (supplier != null) {
            losses.add(lost("supplier", supplier, fifth, fifth));
        }
        if (scenario.policy().survivals().stream().anyMatch(survival -> survival.loss() == Policy.LossOf.SITE)) {
            String site = largest(scenario, plan, period, Plan.Placement::site, Set.of());
            if (site != null) {
                losses.add(lost("site", site, 3 * fifth, fifth));
            }
        }
        return losses;
    }

    private static Failure lost(String scope, String target, long start, long length) {
        return Failure.parse(String.format(Locale.ROOT, "%s:%s@%ds+%ds", scope, target, start, length));
    }

    private static Set<String> own(Scenario scenario) {
        return scenario.suppliers().stream()
                .filter(Supplier::own)
                .map(Supplier::id)
                .collect(Collectors.toSet());
    }

    /** The part of the plan that carries most tokens in the busiest hour; null when none carries any. */
    private static @Nullable String largest(
            Scenario scenario, Plan plan, int period, Function<Plan.Placement, String> part, Set<String> except) {
        Map<String, Double> tokensPerRequest = new LinkedHashMap<>();
        for (Workload workload : scenario.workloads()) {
            if (workload instanceof Workload.Serving serving) {
                tokensPerRequest.put(
                        serving.id(),
                        serving.traffic().promptTokens().mean()
                                + serving.traffic().outputTokens().mean());
            }
        }
        Map<String, Double> tokens = new TreeMap<>();
        for (Plan.Placement placement : plan.placement()) {
            String name = part.apply(placement);
            double each = tokensPerRequest.getOrDefault(placement.workload(), 0.0);
            if (placement.period() == period
                    && !except.contains(name)
                    && placement.peakRequestsPerSecond() * each > 0) {
                tokens.merge(name, placement.peakRequestsPerSecond() * each, Double::sum);
            }
        }
        return tokens.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** The period, from 0, whose busiest hours add up to the highest rate; the first of equals. */
    public static int busiest(Scenario scenario) {
        int busiest = 0;
        double most = -1;
        for (int period = 0; period < scenario.horizon().periods(); period++) {
            double rate = 0;
            for (Workload workload : scenario.workloads()) {
                if (workload instanceof Workload.Serving serving) {
                    rate += serving.traffic().peakRate(scenario.horizon(), period);
                }
            }
            if (rate > most) {
                most = rate;
                busiest = period;
            }
        }
        return busiest;
    }
}
