package io.ampacity.physics.training;

import io.ampacity.facts.Chip;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Precision;
import io.ampacity.physics.ChipSheet;
import io.ampacity.physics.ModelShape;
import io.ampacity.physics.PowerCoefficients;

/** Time and power of one training step; the terms are in the package's table. Pure. */
public final class TrainingPhysics {

    /** Bytes of one parameter's update: read and write BF16 weight, FP32 master, two moments, gradient. */
    private static final double UPDATE_BYTES = 30;

    /** Bytes of one activation. */
    private static final double ACTIVATION_BYTES = 2;

    /** Share of a link that messages to experts reach: DeepEP measured 43 to 47 of 50 GB/s, and 153 to 158 of 200. */
    private static final double MESSAGE_SHARE_OUT = 0.88;

    private static final double MESSAGE_SHARE_UP = 0.78;

    /** Share of a chip's cores that sending behind compute takes: 20 of 132 (arXiv 2412.19437, section 3.2.2). */
    private static final double MESSAGE_CORES = 0.15;

    /** Share of its rate that a product keeps when weights carry a scale for each block, as measured for serving. */
    private static final double BLOCK_COMPUTE = 0.8;

    /** Rows that are lost for each expert, whose last tile of 128 is half empty. */
    private static final double LOST_ROWS = 64;

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
        return stateBytes(ModelShape.of(model), layout, spread);
    }

    static double stateBytes(ModelShape shape, TrainingLayout layout, TrainingSpread spread) {
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
        double blocks = shape.blockScaled() && layout.precision() == Precision.FP8 ? BLOCK_COMPUTE : 1;
        double cores = sendsBehindCompute(sheet, layout, spread) ? 1 - MESSAGE_CORES : 1;
        double peak = sheet.peak(layout.precision());
        double rate = peak * efficiencies.compute() * blocks * cores;
        double wideRate = Math.min(peak, sheet.attentionPeak()) * efficiencies.compute() * cores;
        double bandwidth = sheet.memoryBandwidth() * efficiencies.memory();

        double layerParameters = (shape.activeParameters() - shape.headParameters()) / shape.layers();
        double causal = layout.fusedAttention() ? 0.5 : 1;
        double attentionFlops = shape.prefillFlopsPerPair() * tokens * layout.sequenceLength() * causal;
        double routed =
                (double) shape.moeLayers() / shape.layers() * shape.expertsPerToken() * shape.expertParameters();
        double products =
                2 * tokens / tensor / rate * (layerParameters + routed * (1 / tileFill(shape, spread, tokens) - 1));
        double attention = attentionFlops / tensor / wideRate;
        double scores = layout.fusedAttention()
                ? 0
                : 5.0 * shape.queryHeads() * layout.sequenceLength() * tokens / tensor / bandwidth;
        double copied = 4.0 * shape.expertsPerToken() * shape.moeLayers() / shape.layers() / tensor;
        double rest = tokens
                * shape.hidden()
                * ((layout.sequenceParallel() ? 34 / tensor : 10 + 24 / tensor) + copied)
                / bandwidth;
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
        double sent = expertMessages(sheet, shape, layout, spread, tokens, products + attention);
        double layer = forward + 2 * (products + attention + scores + rest) + sums + again + sent;

        double hop = stages > 1
                ? 2.0 * layout.pipelineChunks() * tokens * shape.hidden() * 2 / tensor / sheet.scaleOutBandwidth()
                : 0;
        double stage = layer * shape.layers() / stages + hop;
        double output = 3 * 2 * shape.headParameters() * tokens / tensor / wideRate;
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
        double exchange = exchangeSeconds(sheet, layout, spread, efficiencies, dense, copies)
                + exchangeSeconds(
                        sheet,
                        layout,
                        spread,
                        efficiencies,
                        experts / spread.expertParallel(),
                        copies / spread.expertParallel());
        double exposed = Math.max(0, exchange - efficiencies.overlap() * busy);
        double seconds = busy + bubble + optimizer + exposed;

        double modelFlops =
                3 * (2 * shape.activeParameters() + shape.layers() * attentionFlops / tokens) * layout.tokensPerStep();
        double utilisation = modelFlops / seconds / (peak * layout.chips());
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
            TrainingLayout layout,
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
        return spread.sharding().exchangedBytesPerParameter(layout.microBatches())
                * parameters
                * (replicas - 1.0)
                / replicas
                / link;
    }

    /** Replicas of one group of experts that lie in one scale-up domain. */
    private static int ranksInside(ChipSheet sheet, TrainingLayout layout) {
        return Math.max(1, sheet.scaleUpDomain() / layout.tensorParallel());
    }

    private static boolean sendsBehindCompute(ChipSheet sheet, TrainingLayout layout, TrainingSpread spread) {
        return spread.expertOverlap() > 0 && spread.expertParallel() > ranksInside(sheet, layout);
    }

    /** Share of the rows of an expert's tiles that hold a token. */
    private static double tileFill(ModelShape shape, TrainingSpread spread, double tokens) {
        if (shape.moeLayers() == 0) {
            return 1;
        }
        double rows = tokens * spread.expertParallel() * shape.expertsPerToken() / shape.experts();
        return rows / (rows + LOST_ROWS);
    }

    /**
     * Sending each token to its experts and back, forward and backward, as a layer's mean; what hides behind the layer's
     * compute is left out. A token crosses the network once for each server that holds one of its experts, and is passed on
     * inside; both ways are busy at once. In FP8 tokens go out in one byte an element and come back in two.
     */
    private static double expertMessages(
            ChipSheet sheet,
            ModelShape shape,
            TrainingLayout layout,
            TrainingSpread spread,
            double tokens,
            double compute) {
        int group = spread.expertParallel();
        if (group <= 1 || shape.moeLayers() == 0) {
            return 0;
        }
        int ranks = ranksInside(sheet, layout);
        int servers = (group + ranks - 1) / ranks;
        double width = layout.precision().bytes() <= 1 ? 1 : ACTIVATION_BYTES;
        double copy = 2 * (width + ACTIVATION_BYTES) * tokens / layout.tensorParallel() * shape.hidden();
        double inside = Math.min(shape.expertsPerToken(), group)
                * (1 - 1.0 / group)
                * copy
                / (sheet.scaleUpBandwidth() * MESSAGE_SHARE_UP);
        double seconds = inside;
        if (servers > 1) {
            double reached = servers * -Math.expm1(shape.expertsPerToken() * Math.log1p(-1.0 / servers));
            double crossing = Math.min(reached, spread.expertServers()) * (1 - 1.0 / servers);
            double link = sheet.scaleOutBandwidth()
                    * MESSAGE_SHARE_OUT
                    * spread.fabric().allToAllShare(servers, group * layout.tensorParallel());
            seconds = Math.max(inside, crossing * copy / link);
        }
        double share = (double) shape.moeLayers() / shape.layers();
        return share * Math.max(0, seconds - spread.expertOverlap() * 3 * compute);
    }

    private static double scaleUp(ChipSheet sheet, TrainingEfficiencies efficiencies) {
        return sheet.scaleUpBandwidth() * efficiencies.link();
    }

    private static double watts(ChipSheet sheet, PowerCoefficients power, double utilisation, double running) {
        double share = power.running() * running + power.compute() * utilisation + power.memory() * 0.3 * running;
        return Math.min(sheet.tdpWatts(), sheet.idleWatts() + (sheet.tdpWatts() - sheet.idleWatts()) * share);
    }
}
