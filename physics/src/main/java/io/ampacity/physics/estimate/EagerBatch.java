package io.ampacity.physics.estimate;

import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.LanguageModel.FeedForward;
import io.ampacity.physics.ChipSheet;
import io.ampacity.physics.Efficiencies;
import io.ampacity.physics.ModelShape;
import io.ampacity.physics.ServingStepModel;
import io.ampacity.physics.measurement.Measurement;

/**
 * One batch on an engine that recorded no graphs: it reads its prompts together, then decodes, and a step takes at least as
 * long as its kernels take to launch one by one.
 *
 * <p>Kernels of a layer, counted from vLLM's model code of 2023: two norms that add the residual, four products, rotation,
 * write to the cache, attention, activation and two sums over chips make twelve. Blocks of two matrices are of the
 * generation before: two biases and two residuals are added by kernels of their own. Reading a prompt adds eight, which
 * lay out, mask and copy for attention.
 */
final class EagerBatch {

    private static final double KERNELS = 12;
    private static final double KERNELS_OF_BIASES = 4;
    private static final double KERNELS_OF_PROMPTS = 8;

    /** From here on the tested machines summed more slowly: where their tuned sums (NCCL, MSCCL) ended. */
    private static final double LARGE_SUM_BYTES = 1L << 26;

    /** How much longer than the rest a large sum takes, as a share of its time. */
    private static final double LARGE_SUM_EXCESS = 1.5;

    private static final double ACTIVATION_BYTES = 2;

    private EagerBatch() {}

    /** What physics says of such a batch. */
    static MeasuredPoint of(
            Measurement measurement,
            ServingStepModel step,
            ChipSheet sheet,
            LanguageModel model,
            Efficiencies efficiencies) {
        int batch = measurement.sequences();
        int prompt = measurement.promptTokens();
        double each = ModelShape.of(model).launchLayers()
                * efficiencies.promptLayerSeconds()
                / (KERNELS + KERNELS_OF_PROMPTS);
        double kernels = KERNELS + (biased(model) ? KERNELS_OF_BIASES : 0);
        double host = efficiencies.stepSeconds() + batch * efficiencies.sequenceSeconds();
        double first = Math.max(
                        each * (kernels + KERNELS_OF_PROMPTS) + host,
                        step.stepSeconds(batch * prompt, batch * (prompt * (prompt / 2.0)), 0, 0))
                + largeSums((double) batch * prompt, measurement, sheet, model, efficiencies);
        double context = batch * (prompt + measurement.outputTokens() / 2.0);
        double gap = Math.max(each * kernels + host, step.stepSeconds(0, 0, batch, context));
        return new MeasuredPoint(first, gap, batch / gap, Double.NaN);
    }

    private static boolean biased(LanguageModel model) {
        return switch (model.feedForward()) {
            case FeedForward.Dense block -> block.matrices() == 2;
            case FeedForward.MixtureOfExperts mixture -> mixture.matrices() == 2;
        };
    }

    private static double largeSums(
            double tokens, Measurement measurement, ChipSheet sheet, LanguageModel model, Efficiencies efficiencies) {
        double bytes = tokens * model.hiddenSize() * ACTIVATION_BYTES;
        double chips = measurement.deployment().tensorParallel();
        double once = 2 * bytes * (chips - 1) / chips / (sheet.scaleUpBandwidth() * efficiencies.link());
        return bytes < LARGE_SUM_BYTES ? 0 : LARGE_SUM_EXCESS * 2 * model.layers() * once;
    }
}
