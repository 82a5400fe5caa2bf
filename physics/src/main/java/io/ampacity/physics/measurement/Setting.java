package io.ampacity.physics.measurement;

import io.ampacity.facts.Deployment;
import org.jspecify.annotations.Nullable;

/**
 * What a file of measurements may not tell of itself. What the file tells comes first.
 *
 * @param chip null when unknown
 * @param model null when unknown
 * @param batchedTokens most new tokens of an iteration; 0 when unknown
 * @param sequences most sequences at once; 0 when unknown
 * @param kvTokens tokens of context the engine had room for; 0 when unknown
 */
public record Setting(
        @Nullable String chip,
        @Nullable String model,
        Deployment deployment,
        int batchedTokens,
        int sequences,
        long kvTokens) {

    /** Nothing known beyond the file: one chip, vLLM, BF16. */
    public static final Setting UNKNOWN = new Setting(null, null, Deployment.tensorParallel(1), 0, 0, 0);

    String chipOf(String place) {
        return named(chip, place, "chip");
    }

    String modelOf(String place) {
        return named(model, place, "model");
    }

    private static String named(@Nullable String name, String place, String what) {
        if (name == null) {
            throw new MeasurementException(place + " does not tell its " + what, "say it with --" + what);
        }
        return name;
    }
}
