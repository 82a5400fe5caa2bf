package io.ampacity.simulator.fleet;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.StepModel;
import org.jspecify.annotations.Nullable;

/** Where step models come from. */
@FunctionalInterface
public interface StepModels {

    /** The step model of one replica. */
    StepModel of(LanguageModel model, Chip chip, Deployment deployment);

    /** How such a replica slows down when it may draw less; null when unknown. */
    default @Nullable PowerCurve power(LanguageModel model, Chip chip, Deployment deployment) {
        return null;
    }
}
