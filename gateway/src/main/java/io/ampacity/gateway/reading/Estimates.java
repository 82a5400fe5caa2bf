package io.ampacity.gateway.reading;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.LanguageModel;
import io.ampacity.gateway.settings.EnergyRates;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.StepModel;
import io.ampacity.physics.estimate.Banded;
import io.ampacity.physics.estimate.Estimator;
import org.jspecify.annotations.Nullable;

/** Energy of tokens, as physics estimates it for a usual batch. */
final class Estimates {

    private static final int PROMPT = 1024;
    private static final int OUTPUT = 256;

    private Estimates() {}

    static EnergyRates energy(
            Chip chip, LanguageModel model, Deployment deployment, int batch, double pue, @Nullable Double intensity) {
        ServingPhysics physics = ServingPhysics.shipped();
        StepModel step = physics.stepModel(chip, model, deployment);
        double prompt = step.stepJoules(PROMPT, PROMPT * (PROMPT / 2.0), 0, 0) / PROMPT;
        double output = step.stepJoules(0, 0, batch, batch * (PROMPT + OUTPUT / 2.0)) / batch;
        Banded band = new Estimator(physics)
                .batch(chip, model, deployment, PROMPT, OUTPUT, batch)
                .energyPerOutputTokenJoules();
        return new EnergyRates(
                prompt * pue,
                output * pue,
                band.low() / band.value(),
                band.high() / band.value(),
                intensity,
                "estimated for a batch of " + batch + ", " + step.provenance().id());
    }
}
