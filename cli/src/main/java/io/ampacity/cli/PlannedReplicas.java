package io.ampacity.cli;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.StepModel;
import io.ampacity.planner.coefficients.SimulatedCoefficients;
import io.ampacity.simulator.fleet.PowerCurve;
import io.ampacity.simulator.fleet.StepModels;
import org.jspecify.annotations.Nullable;

/**
 * The step models by which a plan was made, with their power curves where they are needed.
 *
 * @param withPower whether they are
 */
record PlannedReplicas(SimulatedCoefficients coefficients, ServingPhysics physics, boolean withPower)
        implements StepModels {

    @Override
    public StepModel of(LanguageModel model, Chip chip, Deployment deployment) {
        return coefficients.stepModel(chip, model, deployment);
    }

    @Override
    public @Nullable PowerCurve power(LanguageModel model, Chip chip, Deployment deployment) {
        return withPower ? PowerCurve.of(physics, chip, model, deployment) : null;
    }
}
