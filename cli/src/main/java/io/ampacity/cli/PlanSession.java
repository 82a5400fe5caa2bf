package io.ampacity.cli;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.planner.Planner;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.coefficients.SimulatedCoefficients;
import io.ampacity.planner.pareto.Front;
import io.ampacity.planner.pareto.Respect;
import io.ampacity.planner.proof.Proof;
import io.ampacity.planner.proof.ReplaySettings;
import io.ampacity.planner.proof.Tightening;
import io.ampacity.planner.reasons.Alternatives;
import io.ampacity.planner.reasons.Different;
import io.ampacity.planner.reasons.Flips;
import io.ampacity.planner.reasons.Negotiation;
import io.ampacity.planner.reasons.Part;
import io.ampacity.planner.reasons.Recourse;
import io.ampacity.planner.reasons.SkillsWorth;
import io.ampacity.planner.replan.NearPlan;
import io.ampacity.planner.replan.Pinned;
import io.ampacity.planner.solver.Deadline;
import io.ampacity.planner.strategy.Comparison;
import io.ampacity.planner.strategy.Strategy;
import io.ampacity.planner.strategy.Uncertainty;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.planner.verify.Violation;
import io.ampacity.reports.Annex;
import io.ampacity.reports.DecisionPaper;
import io.ampacity.reports.ProofView;
import io.ampacity.reports.Replays;
import io.ampacity.reports.StrategyPaper;
import io.ampacity.reports.paper.Paper;
import io.ampacity.reports.paper.Section;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.ScenarioHash;
import io.ampacity.simulator.RunObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way from a scenario to a proven plan: coefficients, plan, independent check, replay, paper. Holds what the steps
 * share.
 */
final class PlanSession {

    /** Chance that enters coefficients; fixed, so that a plan depends on its scenario alone. */
    private static final long COEFFICIENT_SEED = 1;

    private static final int FRONT_POINTS = 5;

    private final ScenarioFile file;
    private final Output output;
    private final SimulatedCoefficients coefficients;
    private final ServingPhysics physics;

    PlanSession(ScenarioFile file, Output output) {
        this(file, output, ServingPhysics.shipped());
    }

    PlanSession(ScenarioFile file, Output output, ServingPhysics physics) {
        this.physics = physics;
        this.file = file;
        this.output = output;
        this.coefficients =
                new SimulatedCoefficients(file.scenario(), physics, COEFFICIENT_SEED, CoefficientFolder.ofBuild());
    }

    Scenario scenario() {
        return file.scenario();
    }

    /** Where files that the scenario names are looked for. */
    Path folder() {
        return file.folder();
    }

    /** Plans, and has the plan checked by the verifier. */
    Plan plan(PlannerOptions options) {
        output.progress("planning " + file.scenario().name() + " …");
        PlannerOptions told = options.withProgress(new SearchProgress(output::progress, System::nanoTime));
        Plan plan = new Planner().plan(file.scenario(), file.hash(), coefficients, told);
        return sound(placed(plan), options);
    }

    /** The plan against what people do today. */
    Comparison against(Plan plan, PlannerOptions options) {
        output.progress("planning as others do …");
        return Comparison.of(new Planner(), file.scenario(), plan, coefficients, options);
    }

    /** Whether a programme of the scenario fails in some future. */
    boolean mayFail() {
        return scenario().futures().each().stream()
                .anyMatch(future -> future.programmes().values().stream().anyMatch(outcome -> outcome.fails()));
    }

    Recourse recourse(Plan plan, PlannerOptions options) {
        output.progress("planning as if orders could not follow a failure …");
        return Recourse.of(new Planner(), file.scenario(), coefficients, options, plan);
    }

    SkillsWorth skillsWorth(Plan plan, PlannerOptions options) {
        output.progress("planning for a team that can run more …");
        return SkillsWorth.of(new Planner(), file.scenario(), coefficients, options, plan);
    }

    /** What not knowing the future costs. */
    Uncertainty uncertainty(Plan plan, PlannerOptions options) {
        output.progress("planning for each future by itself …");
        return Uncertainty.of(new Planner(), file.scenario(), plan, coefficients, options);
    }

    /** What cost is exchanged for: fronts of plans from the cheapest to the best in each other respect. */
    List<Front> fronts(Plan plan, PlannerOptions options) {
        List<Front> fronts = new ArrayList<>();
        // All fronts together get half the time that a plan may take, each an even part of what the ones before left.
        Deadline deadline = Deadline.in(options.timeLimitSeconds() / 2);
        Respect[] respects = Respect.values();
        for (int r = 0; r < respects.length; r++) {
            String name = respects[r].name().toLowerCase(Locale.ROOT);
            PlannerOptions part =
                    options.within(deadline.part(1.0 / (respects.length - r)).limit());
            fronts.add(Front.of(
                    respects[r],
                    FRONT_POINTS,
                    new Planner(),
                    file.scenario(),
                    plan,
                    coefficients,
                    part,
                    (point, count) -> output.progress(
                            "planning for " + name + " against cost, point " + point + " of " + count + " …")));
        }
        return fronts;
    }

    /** What a part of the offers is worth, and the price at which it leaves or enters. */
    Negotiation negotiation(Plan plan, String part, PlannerOptions options) {
        output.progress("planning without " + part + " and at other prices …");
        return Negotiation.of(
                new Planner(), file.scenario(), plan, Part.parse(part, file.scenario()), coefficients, options);
    }

    /** What doing without each thing of the plan costs. */
    List<Alternatives.Alternative> alternatives(Plan plan, PlannerOptions options) {
        output.progress("planning without one thing after the other …");
        return Alternatives.of(new Planner(), file.scenario(), plan, coefficients, options);
    }

    /** What would flip the chief choices of a plan; the time limit is for all that is tried together. */
    Flips.Answer flips(Plan plan, PlannerOptions options) {
        return Flips.of(
                new Planner(),
                file.scenario(),
                plan,
                coefficients,
                options,
                new Pinned(plan, 0, Pinned.Reach.ANYWHERE),
                change -> output.progress("planning again with " + change + " …"));
    }

    /** Plans that cost hardly more and are as different as can be. */
    List<Different.Alternative> different(Plan plan, PlannerOptions options, double within, int count) {
        output.progress("looking for plans that are built otherwise …");
        return Different.of(new Planner(), file.scenario(), plan, coefficients, options, within, count);
    }

    /** Plans and replays in turn until they agree, at most three times. */
    Tightening tightened(Plan first, PlannerOptions options, Proof.Requests requests, ReplaySettings settings) {
        return Tightening.of(
                file.scenario(),
                first,
                margins -> {
                    output.progress("the replay misses a promise; planning with more to spare …");
                    return new Planner()
                            .plan(file.scenario(), file.hash(), coefficients, options, margins)
                            .map(this::placed)
                            .map(plan -> sound(plan, options));
                },
                plan -> prove(plan, requests, settings, null));
    }

    /**
     * The plan after changes, with what was ordered before a period kept; near the one before, unless sought anew.
     *
     * @param usdPerChip what moving one chip costs
     */
    Planner.Near replanned(
            Plan before,
            Scenario changed,
            int until,
            boolean anew,
            double usdPerChip,
            List<String> changes,
            PlannerOptions options) {
        output.progress("planning " + file.scenario().name() + " again …");
        Planner planner = new Planner();
        String hash = ScenarioHash.of(changed);
        Optional<Planner.Near> near = anew
                ? Optional.empty()
                : planner.planNear(
                        new NearPlan(before, until, usdPerChip), changed, hash, coefficients, roughly(options));
        Planner.Near found = near.or(() -> anywhere(planner, before, changed, hash, until, options))
                .orElseThrow(() -> new BadInput(
                        "no plan keeps what is ordered and every rule after " + String.join(", ", changes),
                        "pin less with --until, or see what must give way: plan the changed scenario anew"));
        Plan plan = found.plan();
        List<Violation> violations = new PlanVerifier(changed, coefficients, options.assumptions()).verify(plan);
        if (!violations.isEmpty()) {
            throw new IllegalStateException("the plan fails its independent check: " + violations.getFirst());
        }
        List<String> warnings = new ArrayList<>(plan.warnings());
        warnings.add("planned again from " + file.scenario().name() + " after " + String.join(", ", changes));
        List<String> all = new ArrayList<>(before.changes());
        all.addAll(changes);
        return new Planner.Near(placed(plan.withWarnings(warnings).withChanges(all)), found.solveSeconds());
    }

    private Optional<Planner.Near> anywhere(
            Planner planner, Plan before, Scenario changed, String hash, int until, PlannerOptions options) {
        long started = System.nanoTime();
        Pinned pinned = new Pinned(before, until, Pinned.Reach.ANYWHERE);
        return planner.plan(changed, hash, coefficients, options, pinned)
                .map(plan -> new Planner.Near(plan, (System.nanoTime() - started) / 1e9));
    }

    /** Near a plan that stood, two per cent are near enough. */
    private static PlannerOptions roughly(PlannerOptions options) {
        return new PlannerOptions(
                Math.max(options.relativeGap(), 0.02),
                options.timeLimitSeconds(),
                options.assumptions(),
                options.progress());
    }

    /** A second is enough to look near a plan; more is spent on looking anywhere. */
    private static PlannerOptions quickly(PlannerOptions options) {
        return new PlannerOptions(
                Math.max(options.relativeGap(), 0.02),
                Math.min(options.timeLimitSeconds(), 1),
                options.assumptions(),
                options.progress());
    }

    private Plan placed(Plan plan) {
        Path path = file.file();
        return path == null
                ? plan
                : plan.withScenarioFile(path.toAbsolutePath().normalize().toString());
    }

    private Plan sound(Plan plan, PlannerOptions options) {
        List<Violation> violations = verify(plan, options);
        if (!violations.isEmpty()) {
            throw new IllegalStateException("the plan fails its independent check: " + violations.getFirst());
        }
        return plan;
    }

    /** What the plan breaks, by the verifier that shares nothing with the planner. */
    List<Violation> verify(Plan plan, PlannerOptions options) {
        return new PlanVerifier(file.scenario(), coefficients, options.assumptions()).verify(plan);
    }

    /** Replays the plan. */
    Proof prove(Plan plan, Proof.Requests requests, ReplaySettings settings, @Nullable RunObserver observer) {
        output.progress("replaying the busiest hour on the plan …");
        return Proof.of(
                file.scenario(),
                plan,
                new PlannedReplicas(
                        coefficients,
                        physics,
                        !settings.features().powerCaps().isEmpty()
                                || !settings.features().jobs().isEmpty()),
                requests,
                settings,
                null,
                observer == null ? RunObserver.NONE : observer);
    }

    /** The paper of the plan and, where there is one, its proof. */
    Paper paper(Plan plan, @Nullable Proof proof, String trace) {
        return paper(plan, proof, trace, List.of());
    }

    /** The same with what else was asked of the plan. */
    Paper paper(Plan plan, @Nullable Proof proof, String trace, List<Section> studies) {
        ProofView view = proof == null ? null : Replays.view(proof, trace);
        return DecisionPaper.of(file.scenario(), plan, view, annex(plan).withStudies(studies));
    }

    /** The papers with which the plan is carried out, against what would be done otherwise. */
    Paper strategy(Plan plan, @Nullable Proof proof, String trace) {
        ProofView view = proof == null ? null : Replays.view(proof, trace);
        StrategyPaper.DoingNothing nothing = plan.status() == Plan.Status.INFEASIBLE ? null : doingNothing();
        return StrategyPaper.of(file.scenario(), plan, view, nothing);
    }

    /** Everything from one supplier; null when none can. */
    private StrategyPaper.@Nullable DoingNothing doingNothing() {
        output.progress("planning with one supplier, to compare …");
        PlannerOptions options = quickly(PlannerOptions.usual());
        Strategy one = Strategy.all().getFirst();
        Plan plan = one.plan(new Planner(), one.question(file.scenario()), coefficients, options)
                .orElse(null);
        if (plan == null) {
            return null;
        }
        List<String> broken = verify(plan, options).stream()
                .map(violation -> Comparison.rule(violation.limit()))
                .distinct()
                .sorted()
                .toList();
        return new StrategyPaper.DoingNothing(plan, broken);
    }

    private Annex annex(Plan plan) {
        Map<String, Annex.Estimate> estimates = new LinkedHashMap<>();
        for (Plan.Placement placement : plan.placement()) {
            Chip chip = file.scenario().catalogue().chips().get(placement.chip());
            Deployment deployment = placement.deployment();
            if (deployment == null || chip == null) {
                continue;
            }
            file.scenario().workloads().stream()
                    .filter(workload -> workload.id().equals(placement.workload()))
                    .findFirst()
                    .ifPresent(workload -> {
                        LanguageModel model =
                                file.scenario().catalogue().models().get(workload.model());
                        if (model != null) {
                            Annex.Estimate estimate = new Annex.Estimate(
                                    model.id(),
                                    chip.id(),
                                    deployment.id(),
                                    coefficients
                                            .stepModel(chip, model, deployment)
                                            .provenance());
                            estimates.put(estimate.toString(), estimate);
                        }
                    });
        }
        return new Annex(Release.current().version(), List.of(), List.copyOf(estimates.values()));
    }
}
