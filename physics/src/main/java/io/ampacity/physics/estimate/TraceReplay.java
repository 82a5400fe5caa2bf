package io.ampacity.physics.estimate;

import io.ampacity.facts.Chip;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.Decoding;
import io.ampacity.physics.Efficiencies;
import io.ampacity.physics.EngineLimits;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.ServingStepModel;
import io.ampacity.physics.measurement.MeasuredTrace;

/** Replays a measured trace on a step model, so that efficiencies can be fitted to what each request saw. */
public final class TraceReplay {

    private TraceReplay() {}

    /** For each request seconds to its first and to its last token. */
    public static double[][] times(MeasuredTrace trace, Chip chip, LanguageModel model, Efficiencies efficiencies) {
        EngineLimits limits = EngineLimits.of(trace.deployment().engine())
                .withBatchedTokens(trace.batchedTokens())
                .withSequences(trace.sequences());
        ServingStepModel step =
                ServingPhysics.sketch(chip, model, trace.deployment(), limits, efficiencies, Decoding.GREEDY);
        return ClosedLoop.replay(
                step,
                limits,
                trace.arrivals(),
                trace.prompts(),
                trace.outputs(),
                Estimator.reservedOutput(trace.deployment().engine()));
    }
}
