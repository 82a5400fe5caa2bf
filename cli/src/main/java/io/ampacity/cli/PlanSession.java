package io.ampacity.cli;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.planner.Planner;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.coefficients.SimulatedCoefficients;
import io.ampacity.planner.proof.Proof;
import io.ampacity.planner.proof.ReplaySettings;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.planner.verify.Violation;
import io.ampacity.reports.Annex;
import io.ampacity.reports.DecisionPaper;
import io.ampacity.reports.ProofView;
import io.ampacity.reports.Replays;
import io.ampacity.reports.paper.Paper;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.simulator.RunObserver;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way from a scenario to a proven plan: coefficients, plan, independent check, replay, paper. Holds what the steps
 * share.
 */
final class PlanSession {

    /** Chance that enters coefficients; fixed, so that a plan depends on its scenario alone. */
    private static final long COEFFICIENT_SEED = 1;

    private final ScenarioFile file;
    private final Output output;
    private final SimulatedCoefficients coefficients;

    PlanSession(ScenarioFile file, Output output) {
        this(file, output, ServingPhysics.shipped());
    }

    PlanSession(ScenarioFile file, Output output, ServingPhysics physics) {
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
        Plan plan = new Planner().plan(file.scenario(), file.hash(), coefficients, options);
        if (file.file() != null) {
            plan = plan.withScenarioFile(
                    file.file().toAbsolutePath().normalize().toString());
        }
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
                (model, chip, deployment) -> coefficients.stepModel(chip, model, deployment),
                requests,
                settings,
                null,
                observer == null ? RunObserver.NONE : observer);
    }

    /** The paper of the plan and, where there is one, its proof. */
    Paper paper(Plan plan, @Nullable Proof proof, String trace) {
        ProofView view = proof == null ? null : Replays.view(proof, trace);
        return DecisionPaper.of(file.scenario(), plan, view, annex(plan));
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
