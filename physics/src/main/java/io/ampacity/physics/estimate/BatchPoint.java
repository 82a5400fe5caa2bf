package io.ampacity.physics.estimate;

import io.ampacity.physics.Binding;
import io.ampacity.physics.EngineLimits;
import io.ampacity.physics.ServingStepModel;

/**
 * A steady batch in closed form.
 *
 * <p>With b sequences of o output tokens each, b/o of them end in an iteration and as many prompts come in. The mean
 * iteration carries their prefill; the typical one carries what the median of a Poisson count with that mean brings,
 * which is nothing while prompts are rare.
 *
 * @param typicalStepSeconds median gap between tokens
 * @param meanStepSeconds mean gap between tokens
 * @param running sequences that run
 */
record BatchPoint(
        double firstTokenSeconds,
        double typicalStepSeconds,
        double meanStepSeconds,
        double watts,
        double running,
        Binding binding) {

    static BatchPoint of(
            ServingStepModel step, EngineLimits limits, int promptTokens, int outputTokens, int sequences) {
        double contextEach = promptTokens + outputTokens / 2.0;
        double running = Math.max(1, Math.min(sequences, Math.floor(step.kvTokens() / contextEach)));
        int batch = (int) running;
        double context = running * contextEach;
        double arrivals = running / outputTokens;
        double decode = step.stepSeconds(0, 0, batch, context);
        double pairs = promptTokens * (promptTokens / 2.0);
        double prefill = step.stepSeconds(promptTokens, pairs, batch, context) - decode;
        double mean;
        double joules;
        if (limits.mixesPrefill()) {
            mean = meanOver(step, arrivals, promptTokens, batch, context);
            joules = joulesOver(step, arrivals, promptTokens, batch, context);
        } else {
            double alone = step.stepSeconds(promptTokens, pairs, 0, 0);
            mean = decode + arrivals * alone;
            joules = step.stepChipJoules(0, 0, batch, context)
                    + arrivals * step.stepChipJoules(promptTokens, pairs, 0, 0);
            prefill = alone;
        }
        double typicalPrompts = typicalArrivals(arrivals);
        double typical = typicalPrompts == 0 || !limits.mixesPrefill()
                ? decode
                : step.stepSeconds(
                        (int) Math.round(typicalPrompts * promptTokens), typicalPrompts * pairs, batch, context);
        double first = step.arrivalOverheadSeconds()
                + promptTokens * step.readingSecondsPerToken()
                + mean / 2
                + decode
                + prefill
                + step.tokenOverheadSeconds();
        return new BatchPoint(
                first,
                Math.min(typical, mean),
                mean,
                joules / mean,
                running,
                step.explain((int) Math.round(arrivals * promptTokens), arrivals * pairs, batch, context)
                        .binding());
    }

    /** Median of a Poisson count, smoothed: 0 below a mean of 0.7, close to mean − 0.3 above. */
    static double typicalArrivals(double mean) {
        return mean <= 0.7 ? 0 : mean - 0.7;
    }

    private static double meanOver(
            ServingStepModel step, double arrivals, int promptTokens, int batch, double context) {
        double pairs = promptTokens * (promptTokens / 2.0);
        if (arrivals >= 1) {
            return step.stepSeconds((int) Math.round(arrivals * promptTokens), arrivals * pairs, batch, context);
        }
        double with = step.stepSeconds(promptTokens, pairs, batch, context);
        return (1 - arrivals) * step.stepSeconds(0, 0, batch, context) + arrivals * with;
    }

    private static double joulesOver(
            ServingStepModel step, double arrivals, int promptTokens, int batch, double context) {
        double pairs = promptTokens * (promptTokens / 2.0);
        if (arrivals >= 1) {
            return step.stepChipJoules((int) Math.round(arrivals * promptTokens), arrivals * pairs, batch, context);
        }
        double with = step.stepChipJoules(promptTokens, pairs, batch, context);
        return (1 - arrivals) * step.stepChipJoules(0, 0, batch, context) + arrivals * with;
    }
}
