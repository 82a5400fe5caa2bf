package io.ampacity.physics;

/**
 * How a chip's power grows between idle and design power; {@link PowerModel} says how they enter.
 *
 * @param running draw of a chip that runs kernels at all
 * @param memory draw of memory traffic at peak bandwidth
 * @param compute draw of arithmetic at peak rate
 */
public record PowerCoefficients(double running, double memory, double compute) {

    /** Middle of what was fitted to H100 and B200; for chips without measured power. */
    public static final PowerCoefficients TYPICAL = new PowerCoefficients(0.44, 0.47, 1.12);

    public PowerCoefficients {
        if (!(running >= 0 && memory >= 0 && compute >= 0)) {
            throw new IllegalArgumentException("a power coefficient is negative: running " + running + ", memory "
                    + memory + ", compute " + compute);
        }
    }
}
