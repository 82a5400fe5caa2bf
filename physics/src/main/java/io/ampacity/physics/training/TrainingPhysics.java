package io.ampacity.physics.training;

import io.ampacity.facts.Chip;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.ChipSheet;
import io.ampacity.physics.ModelShape;
import io.ampacity.physics.PowerCoefficients;

/** Time and power of one training step; the terms are in the package's table. Pure. */
public final class TrainingPhysics {

    /** Bytes of one parameter's update: read and write BF16 weight, FP32 master, two moments, gradient. */
    private static final double UPDATE_BYTES = 30;

    /** Bytes exchanged for one parameter between replicas: gradients in BF16 reduced, weights in BF16 gathered. */
    private static final double EXCHANGE_BYTES = 4;

    private TrainingPhysics() {}

    /** The step of a model with a layout on a chip. */
    public static TrainingStep step(
            Chip chip, LanguageModel model, TrainingLayout layout, TrainingEfficiencies efficiencies) {
        return step(ChipSheet.of(chip), ModelShape.of(model), layout, efficiencies);
    }

    static TrainingStep step(
            ChipSheet sheet, ModelShape shape, TrainingLayout layout, TrainingEfficiencies efficiencies) {
        double tensor = layout.tensorParallel();
        double stages = layout.pipelineParallel();
        double tokens = (double) layout.microBatch() * layout.sequenceLength();
        double rate = sheet.peak(layout.precision()) * efficiencies.compute();
        double bandwidth = sheet.memoryBandwidth() * efficiencies.memory();

        double layerParameters = (shape.activeParameters() - shape.headParameters()) / shape.layers();
        double causal = layout.fusedAttention() ? 0.5 : 1;
        double attentionFlops = shape.prefillFlopsPerPair() * tokens * layout.sequenceLength() * causal;
        double products = 2 * layerParameters * tokens / tensor / rate;
        double attention = attentionFlops / tensor / rate;
        double scores = layout.fusedAttention()
                ? 0
                : 5.0 * shape.queryHeads() * layout.sequenceLength() * tokens / tensor / bandwidth;
        double rest =
                tokens * shape.hidden() * (layout.sequenceParallel() ? 34 / tensor : 10 + 24 / tensor) / bandwidth;
        double sums = tensor > 1
                ? 2 * 2 * (tensor - 1) / tensor * 2 * tokens * shape.hidden() / scaleUp(sheet, efficiencies)
                : 0;
        double forward = products + attention + scores + rest + sums;
        double again =
                switch (layout.recomputation()) {
                    case NONE -> 0;
                    case SELECTIVE -> attention + scores;
                    case FULL -> forward;
                };
        double layer = forward + 2 * (products + attention + scores + rest) + sums + again;

        double hop = stages > 1
                ? 2.0 * layout.pipelineChunks() * tokens * shape.hidden() * 2 / tensor / sheet.scaleOutBandwidth()
                : 0;
        double stage = layer * shape.layers() / stages + hop;
        double output = 3 * 2 * shape.headParameters() * tokens / tensor / rate;
        double microBatches = layout.microBatches();
        double bubble = (stages - 1) * stage / layout.pipelineChunks();
        double busy = microBatches * (stage + output);
        double held = (shape.totalParameters() - shape.embeddingParameters()) / stages / tensor;
        double optimizer =
                held * UPDATE_BYTES / sheet.memoryBandwidth() / (layout.shardedState() ? layout.dataParallel() : 1);
        double copies = layout.dataParallel();
        double exchange = copies > 1
                ? EXCHANGE_BYTES * held * (copies - 1) / copies / (sheet.scaleOutBandwidth() * efficiencies.link())
                : 0;
        double exposed = Math.max(0, exchange - efficiencies.overlap() * busy);
        double seconds = busy + bubble + optimizer + exposed;

        double modelFlops =
                3 * (2 * shape.activeParameters() + shape.layers() * attentionFlops / tokens) * layout.tokensPerStep();
        double peak = sheet.peak(layout.precision()) * layout.chips();
        double utilisation = modelFlops / seconds / peak;
        return new TrainingStep(
                seconds,
                modelFlops,
                utilisation,
                bubble,
                exposed,
                optimizer,
                watts(sheet, efficiencies.power(), utilisation, (seconds - bubble) / seconds));
    }

    private static double scaleUp(ChipSheet sheet, TrainingEfficiencies efficiencies) {
        return sheet.scaleUpBandwidth() * efficiencies.link();
    }

    private static double watts(ChipSheet sheet, PowerCoefficients power, double utilisation, double running) {
        double share = power.running() * running + power.compute() * utilisation + power.memory() * 0.3 * running;
        return Math.min(sheet.tdpWatts(), sheet.idleWatts() + (sheet.tdpWatts() - sheet.idleWatts()) * share);
    }
}
