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

    /** Bytes of one activation. */
    private static final double ACTIVATION_BYTES = 2;

    private TrainingPhysics() {}

    /** The step of a model with a layout on a chip. */
    public static TrainingStep step(
            Chip chip, LanguageModel model, TrainingLayout layout, TrainingEfficiencies efficiencies) {
        return step(chip, model, layout, TrainingSpread.of(layout), efficiencies);
    }

    /** As {@link #step(Chip, LanguageModel, TrainingLayout, TrainingEfficiencies)}, with state, experts and network spread. */
    public static TrainingStep step(
            Chip chip,
            LanguageModel model,
            TrainingLayout layout,
            TrainingSpread spread,
            TrainingEfficiencies efficiencies) {
        spread.check(layout);
        return step(ChipSheet.of(chip), ModelShape.of(model), layout, spread, efficiencies);
    }

    /** Bytes of weights, gradients and optimizer state on one chip. */
    public static double stateBytes(LanguageModel model, TrainingLayout layout, TrainingSpread spread) {
        ModelShape shape = ModelShape.of(model);
        double ways = (double) layout.tensorParallel() * layout.pipelineParallel();
        double experts = expertParameters(shape);
        double dense = shape.totalParameters() - experts;
        int copies = Math.max(1, layout.dataParallel() / spread.expertParallel());
        return dense / ways * spread.sharding().bytesPerParameter(layout.dataParallel())
                + experts / ways / spread.expertParallel() * spread.sharding().bytesPerParameter(copies);
    }

    private static double expertParameters(ModelShape shape) {
        return shape.moeLayers() * shape.expertParameters() * shape.experts();
    }

    static TrainingStep step(
            ChipSheet sheet,
            ModelShape shape,
            TrainingLayout layout,
            TrainingSpread spread,
            TrainingEfficiencies efficiencies) {
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
        double sent = expertMessages(sheet, shape, layout, spread, efficiencies, tokens, products);
        double layer = forward + 2 * (products + attention + scores + rest) + sums + again + sent;

        double hop = stages > 1
                ? 2.0 * layout.pipelineChunks() * tokens * shape.hidden() * 2 / tensor / sheet.scaleOutBandwidth()
                : 0;
        double stage = layer * shape.layers() / stages + hop;
        double output = 3 * 2 * shape.headParameters() * tokens / tensor / rate;
        double microBatches = layout.microBatches();
        double bubble = (stages - 1) * stage / layout.pipelineChunks();
        double busy = microBatches * (stage + output);
        double experts = expertParameters(shape) / stages / tensor;
        double dense = (shape.totalParameters() - shape.embeddingParameters()) / stages / tensor - experts;
        double held = dense + experts / spread.expertParallel();
        double optimizer = held
                * UPDATE_BYTES
                / sheet.memoryBandwidth()
                / (spread.sharding().sharesOptimizer() ? layout.dataParallel() : 1);
        int copies = layout.dataParallel();
        double exchange = exchangeSeconds(sheet, spread, efficiencies, dense, copies)
                + exchangeSeconds(
                        sheet,
                        spread,
                        efficiencies,
                        experts / spread.expertParallel(),
                        copies / spread.expertParallel());
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

    /** Reducing gradients and gathering weights of so many parameters over so many replicas, as rings do. */
    private static double exchangeSeconds(
            ChipSheet sheet,
            TrainingSpread spread,
            TrainingEfficiencies efficiencies,
            double parameters,
            int replicas) {
        if (replicas <= 1) {
            return 0;
        }
        double link = sheet.scaleOutBandwidth()
                * efficiencies.link()
                * spread.fabric().ringShare(replicas);
        return spread.sharding().exchangedBytesPerParameter() * parameters * (replicas - 1.0) / replicas / link;
    }

    /**
     * Sending each token to its experts and back, forward and backward, as a layer's mean; what hides behind the layer's
     * products is left out.
     */
    private static double expertMessages(
            ChipSheet sheet,
            ModelShape shape,
            TrainingLayout layout,
            TrainingSpread spread,
            TrainingEfficiencies efficiencies,
            double tokens,
            double products) {
        int group = spread.expertParallel();
        if (group <= 1 || shape.moeLayers() == 0) {
            return 0;
        }
        boolean inside = (long) group * layout.tensorParallel() <= sheet.scaleUpDomain();
        double link = inside
                ? scaleUp(sheet, efficiencies)
                : sheet.scaleOutBandwidth()
                        * efficiencies.link()
                        * spread.fabric().allToAllShare(group * layout.tensorParallel());
        double copies = Math.min(shape.expertsPerToken(), group);
        double bytes =
                4 * tokens / layout.tensorParallel() * copies * shape.hidden() * ACTIVATION_BYTES * (1 - 1.0 / group);
        double share = (double) shape.moeLayers() / shape.layers();
        return share * Math.max(0, bytes / link - spread.expertOverlap() * 3 * products);
    }

    private static double scaleUp(ChipSheet sheet, TrainingEfficiencies efficiencies) {
        return sheet.scaleUpBandwidth() * efficiencies.link();
    }

    private static double watts(ChipSheet sheet, PowerCoefficients power, double utilisation, double running) {
        double share = power.running() * running + power.compute() * utilisation + power.memory() * 0.3 * running;
        return Math.min(sheet.tdpWatts(), sheet.idleWatts() + (sheet.tdpWatts() - sheet.idleWatts()) * share);
    }
}
