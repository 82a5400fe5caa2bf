package io.ampacity.physics;

import io.ampacity.facts.Deployment;

/**
 * Time that the chips of a replica spend talking: the latency of an iteration, seconds of one more token, and what sums in
 * one shot cost beyond that.
 *
 * <p>Tensor parallelism sums activations twice a layer (Megatron, arXiv 1909.08053): a ring moves 2·(t−1)/t of them
 * through each chip. Short sums are taken in one shot instead: every chip reads all t − 1 others, which saves latency and
 * moves t/2 times as much; engines do so up to a few megabytes, but not over PCIe. Attention copies send each token to its experts and back.
 * A pipeline hands tokens on once a stage.
 *
 * @param oneShotSecondsPerToken what a token costs more while sums are taken in one shot
 * @param oneShotTokens tokens up to which they are
 */
record Collectives(double latencySeconds, double secondsPerToken, double oneShotSecondsPerToken, double oneShotTokens) {

    /** Bytes up to which engines sum in one shot: a few megabytes, as the tables of vLLM, FlashInfer and TensorRT-LLM say. */
    private static final double ONE_SHOT_BYTES = 3.4e6;

    /** A message outside the scale-up domain takes this many times the latency of one inside. */
    private static final double SCALE_OUT_LATENCY = 3;

    /** How the latency of a ring (NCCL) grows from that of two chips, fitted to it on 2, 4 and 8 chips. */
    static double ringGrowth(double chips) {
        return Math.pow(chips / 2, 0.7);
    }

    /** How the latency of a collective in one shot grows from that of two chips. */
    private static double growth(double chips) {
        return Math.pow(chips / 2, 0.4);
    }

    /** Time of an iteration with these tokens. */
    double seconds(double tokens) {
        return latencySeconds + secondsPerToken * tokens + oneShotSecondsPerToken * Math.min(tokens, oneShotTokens);
    }

    static Collectives of(
            ModelShape shape,
            ChipSheet sheet,
            Deployment deployment,
            Efficiencies efficiencies,
            double activationBytes) {
        int tensor = deployment.tensorParallel();
        int copies = deployment.dataParallel();
        int stages = deployment.pipelineParallel();
        double latency = 0;
        double perToken = 0;
        double oneShot = 0;
        double bytes = shape.hidden() * activationBytes;
        double alpha = efficiencies.linkSeconds();
        double inside = sheet.scaleUpBandwidth() * efficiencies.link();
        double outside = sheet.scaleOutBandwidth() * efficiencies.link();
        if (tensor > 1) {
            int near = Math.min(tensor, sheet.scaleUpDomain());
            double domains = Math.ceil((double) tensor / near);
            double operations = 2.0 * shape.layers();
            latency += operations * alpha * growth(near) * (domains > 1 ? SCALE_OUT_LATENCY : 1);
            perToken += operations
                    * 2
                    * bytes
                    / copies
                    * ((near - 1.0) / near / inside + (domains - 1) / domains / near / outside);
            oneShot = sheet.reachesMemoryOfOthers()
                    ? operations * bytes / copies * (near - 1.0) * Math.max(0, 1 - 2.0 / near) / inside
                    : 0;
        }
        if (copies > 1 && shape.moeLayers() > 0) {
            double group = (double) tensor * copies;
            double targets = Math.min(shape.expertsPerToken(), group);
            double crossing = group > sheet.scaleUpDomain() ? outside : inside;
            latency += 2.0
                    * shape.moeLayers()
                    * alpha
                    * growth(group)
                    * (group > sheet.scaleUpDomain() ? SCALE_OUT_LATENCY : 1);
            perToken += shape.moeLayers() * targets * 1.5 * bytes * (1 - 1 / group) / group / crossing;
        } else if (copies > 1) {
            double group = (double) tensor * copies;
            latency += 2.0 * shape.layers() * alpha * growth(group);
            perToken += 2.0 * shape.layers() * bytes * (1 - 1 / group) / inside;
        }
        if (stages > 1) {
            boolean outsideDomain = (long) stages * tensor * copies > sheet.scaleUpDomain();
            latency += (stages - 1) * alpha * (outsideDomain ? SCALE_OUT_LATENCY : 1);
            perToken += (stages - 1) * bytes / tensor / (outsideDomain ? outside : inside);
        }
        return new Collectives(latency, perToken, oneShot, ONE_SHOT_BYTES * copies / bytes);
    }
}
