package io.ampacity.physics;

/**
 * The terms of a step that single kernels measure: the same formulas as in a step, each alone.
 *
 * <table>
 * <caption>Terms</caption>
 * <tr><th>kernel</th><th>seconds</th></tr>
 * <tr><td>matrix product</td><td>the larger of bytes/(B·η_memory) and flops/(C·η_compute), and η_exposed of the smaller</td></tr>
 * <tr><td>attention of decoding</td><td>the larger of bytes/(B·η_attentionMemory) and flops/(C₁₆·η_attentionCompute)</td></tr>
 * <tr><td>sum over n chips</td><td>α·(n/2)^0.7 + 2·(n−1)/n·bytes/(X·η_link)</td></tr>
 * </table>
 */
public final class KernelModel {

    private KernelModel() {}

    /** A product that reads {@code bytes} of weights. */
    public static double productSeconds(
            double peak, double bandwidth, Efficiencies efficiencies, double flops, double bytes) {
        double memory = bytes / (bandwidth * efficiencies.memory());
        double compute = flops / (peak * efficiencies.compute());
        return Math.max(memory, compute) + efficiencies.exposed() * Math.min(memory, compute);
    }

    /** Attention of decoding sequences that reads {@code bytes} of keys and values. */
    public static double attentionSeconds(ChipSheet sheet, Efficiencies efficiencies, double flops, double bytes) {
        return Math.max(
                bytes / (sheet.memoryBandwidth() * efficiencies.attentionMemory()),
                flops / (sheet.attentionPeak() * efficiencies.attentionCompute()));
    }

    /** A sum of {@code bytes} over chips of one scale-up domain. */
    public static double sumSeconds(ChipSheet sheet, Efficiencies efficiencies, int chips, double bytes) {
        return efficiencies.linkSeconds() * Collectives.ringGrowth(chips)
                + 2 * (chips - 1.0) / chips * bytes / (sheet.scaleUpBandwidth() * efficiencies.link());
    }
}
