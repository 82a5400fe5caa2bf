package io.ampacity.physics.estimate;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.ChipSheet;
import io.ampacity.physics.Decoding;
import io.ampacity.physics.Drafting;
import io.ampacity.physics.Efficiencies;
import io.ampacity.physics.EngineLimits;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.ServingStepModel;
import io.ampacity.physics.measurement.Measurement;

/**
 * What physics says of a measured operating point, with given efficiencies.
 *
 * @param timeToFirstTokenSeconds NaN when the load has no such time
 */
public record MeasuredPoint(
        double timeToFirstTokenSeconds, double interTokenSeconds, double outputTokensPerSecond, double watts) {

    private static final int BENCHMARK_WAVES = 10;

    /** @param replayedWaves waves of a closed loop that are replayed; fewer are faster, more are steadier */
    public static MeasuredPoint of(
            Measurement measurement, Chip chip, LanguageModel model, Efficiencies efficiencies, int replayedWaves) {
        EngineLimits limits = EngineLimits.of(chip, measurement.deployment());
        limits = limits.withSequences(Math.max(limits.sequences(), measurement.sequences()));
        return switch (measurement.load()) {
            case BATCH -> {
                ServingStepModel step = ServingPhysics.sketch(
                        chip, model, measurement.deployment(), limits, efficiencies, Decoding.SAMPLED);
                yield batch(measurement, step, limits, measurement.sequences());
            }
            case OFFLINE -> offline(measurement, chip, model, efficiencies, limits);
            case ONE_BATCH -> {
                ServingStepModel step = ServingPhysics.sketch(
                        chip, model, measurement.deployment(), limits, efficiencies, Decoding.GREEDY);
                yield EagerBatch.of(measurement, step, ChipSheet.of(chip), model, efficiencies);
            }
            case CLOSED_LOOP -> {
                ServingStepModel step = ServingPhysics.sketch(
                        chip, model, measurement.deployment(), limits, efficiencies, Decoding.GREEDY);
                if (measurement.draftedTokens() > 0) {
                    Drafting drafting = Drafting.ownLayer(measurement.draftedTokens());
                    step = ServingPhysics.drafting(step, model, drafting);
                }
                yield closedLoop(measurement, step, limits, replayedWaves);
            }
            case DISAGGREGATED -> {
                ServingStepModel step = ServingPhysics.sketch(
                        chip, model, measurement.deployment(), limits, efficiencies, Decoding.GREEDY);
                yield decodeOnly(measurement, step);
            }
        };
    }

    private static MeasuredPoint batch(
            Measurement measurement, ServingStepModel step, EngineLimits limits, int sequences) {
        BatchPoint point =
                BatchPoint.of(step, limits, measurement.promptTokens(), measurement.outputTokens(), sequences);
        return new MeasuredPoint(
                Double.NaN, point.typicalStepSeconds(), sequences / point.meanStepSeconds(), point.watts());
    }

    /** The layout that serves most tokens a chip, since an offline result does not tell its own. */
    private static MeasuredPoint offline(
            Measurement measurement, Chip chip, LanguageModel model, Efficiencies efficiencies, EngineLimits limits) {
        MeasuredPoint best = new MeasuredPoint(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        boolean latent = model.attention() instanceof LanguageModel.Attention.Latent;
        for (int chips = 1; chips <= 8; chips *= 2) {
            for (boolean copies : latent ? new boolean[] {false, true} : new boolean[] {false}) {
                Deployment told = measurement.deployment();
                Deployment layout = new Deployment(
                        copies ? 1 : chips,
                        1,
                        copies ? chips : 1,
                        copies ? chips : 1,
                        told.weights(),
                        told.kvCache(),
                        told.engine());
                ServingStepModel step =
                        ServingPhysics.sketch(chip, model, layout, limits, efficiencies, Decoding.GREEDY);
                if (step.memoryRoom().fits()) {
                    int sequences = measurement.sequences() * (copies ? chips : 1);
                    BatchPoint point = BatchPoint.of(
                            step, limits, measurement.promptTokens(), measurement.outputTokens(), sequences);
                    double rate = point.running() / point.meanStepSeconds() / chips;
                    if (!(rate <= best.outputTokensPerSecond())) {
                        best = new MeasuredPoint(Double.NaN, point.typicalStepSeconds(), rate, point.watts() / chips);
                    }
                }
            }
        }
        return best;
    }

    private static MeasuredPoint closedLoop(
            Measurement measurement, ServingStepModel step, EngineLimits limits, int waves) {
        ClosedLoop.Result result = new ClosedLoop(
                        step,
                        limits,
                        new Lengths(measurement.promptTokens(), measurement.outputTokens(), measurement.lengthSpread()),
                        measurement.sequences(),
                        waves * measurement.sequences(),
                        Estimator.reservedOutput(measurement.deployment().engine()),
                        measurement.admissionSteps())
                .run();
        return new MeasuredPoint(
                result.meanFirstTokenSeconds(BENCHMARK_WAVES),
                result.meanTokenSeconds(),
                result.outputTokensPerSecond(),
                result.watts());
    }

    private static MeasuredPoint decodeOnly(Measurement measurement, ServingStepModel step) {
        double context = measurement.sequences() * (measurement.promptTokens() + measurement.outputTokens() / 2.0);
        double gap = step.stepSeconds(0, 0, measurement.sequences(), context);
        return new MeasuredPoint(Double.NaN, gap, measurement.sequences() / gap, Double.NaN);
    }
}
