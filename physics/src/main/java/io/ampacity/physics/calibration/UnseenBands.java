package io.ampacity.physics.calibration;

import io.ampacity.facts.Engine;
import io.ampacity.physics.ErrorBand;
import io.ampacity.physics.calibration.Errors.Metric;
import io.ampacity.physics.measurement.SiliconReader;
import java.util.List;

/**
 * Bands of an unseen model: made from errors of models that were kept out of fits.
 *
 * <p>Two or three models say little about the next one: the band that holds 80 % of their errors has held 70 % of another
 * model's. It is therefore drawn to hold {@value #SHARE} of theirs. Times per token of all engines make one band; times to
 * first token hang on how an engine queues, so each engine has its own.
 *
 * @param keptOut errors of rows whose model was kept out
 */
record UnseenBands(List<Errors> keptOut) {

    /** Share of known models' errors that a band holds, so that it holds 80 % of an unseen model's. */
    static final double SHARE = 0.92;

    private static final int FEWEST = 20;

    UnseenBands {
        keptOut = keptOut.stream()
                .filter(error -> SiliconReader.tellsHowItRan(error.measurement()))
                .toList();
    }

    /** The band of times per token. */
    ErrorBand time() {
        return Bands.holding(keptOut, Metric.INTER_TOKEN, SHARE);
    }

    /** The band of times to first token of an engine. */
    ErrorBand firstToken(Engine engine) {
        List<Errors> own = keptOut.stream()
                .filter(error -> error.measurement().deployment().engine() == engine)
                .toList();
        return Bands.holding(own.size() < FEWEST ? keptOut : own, Metric.TIME_TO_FIRST_TOKEN, SHARE);
    }
}
