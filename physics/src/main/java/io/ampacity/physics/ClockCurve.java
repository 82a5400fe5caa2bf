package io.ampacity.physics;

/**
 * How time and power of a chip follow the clock of its cores: arithmetic and small kernels take 1/f of their time, the power
 * of cores falls as f³ (voltage follows frequency), memory and links keep their own clock.
 *
 * <p>The cube is the textbook law of a CMOS circuit whose voltage scales with its frequency. It agrees with what Splitwise
 * (arXiv 2311.18677) found on H100 capped at half its design power: prompts take 1.3 times as long, tokens no longer.
 */
final class ClockCurve {

    /** Power of the cores grows with this power of their clock. */
    static final double EXPONENT = 3;

    /** The lowest clock as a share of the highest: 345 to 510 of 1,980 MHz on H100 under load. */
    private static final double LOWEST = 0.25;

    /** Clocks between the highest and the lowest that a regulator chooses from. */
    static final int LEVELS = 31;

    private ClockCurve() {}

    /** The clock of a level, from the highest (0) to the lowest, as a share of the highest. */
    static double clock(int level) {
        return 1 - (1 - LOWEST) * level / (LEVELS - 1);
    }
}
