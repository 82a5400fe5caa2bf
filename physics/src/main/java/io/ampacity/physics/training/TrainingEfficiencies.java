package io.ampacity.physics.training;

import io.ampacity.facts.Chip;
import io.ampacity.physics.PowerCoefficients;

/**
 * What training reaches of the data sheet.
 *
 * @param compute share of peak arithmetic that matrix products reach
 * @param memory share of peak bandwidth that small kernels reach, counting each kept activation once
 * @param link share of link bandwidth that exposed collectives reach
 * @param overlap share of a step's compute behind which the exchange between replicas can hide
 */
public record TrainingEfficiencies(
        double compute, double memory, double link, double overlap, PowerCoefficients power) {

    /**
     * Fitted to the eight A100 step times of arXiv 2205.05198 table 5; power as for serving.
     */
    public static final TrainingEfficiencies MEASURED_ON_A100 =
            new TrainingEfficiencies(0.80, 1.0, 0.29, 0.5, PowerCoefficients.TYPICAL);

    /** Hopper's peak is further from what its matrix products sustain under the power limit. */
    public static final TrainingEfficiencies HOPPER =
            new TrainingEfficiencies(0.62, 1.0, 0.4, 0.5, PowerCoefficients.TYPICAL);

    private static final int FIRST_HOPPER_YEAR = 2022;

    /** What is assumed of a chip: chips as new as Hopper share its distance from peak. */
    public static TrainingEfficiencies of(Chip chip) {
        return chip.year() >= FIRST_HOPPER_YEAR ? HOPPER : MEASURED_ON_A100;
    }

    public TrainingEfficiencies {
        if (!(compute > 0 && compute <= 1 && memory > 0 && memory <= 1 && link > 0 && link <= 1)) {
            throw new IllegalArgumentException(
                    "an efficiency is outside (0, 1]: compute " + compute + ", memory " + memory + ", link " + link);
        }
        if (!(overlap >= 0 && overlap <= 1)) {
            throw new IllegalArgumentException("overlap is " + overlap + ", outside 0 to 1");
        }
    }
}
