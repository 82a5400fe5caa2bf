package io.ampacity.simulator.failure.process;

import java.util.SplittableRandom;
import org.hipparchus.special.Gamma;

/**
 * A distribution of times: Weibull with a shape, of which 1 is the exponential one.
 *
 * @param meanSeconds above 0
 * @param shape below 1 for failures that come early or not at all, above 1 for wear
 */
public record Lifetime(double meanSeconds, double shape) {

    public Lifetime {
        if (!(meanSeconds > 0) || Double.isInfinite(meanSeconds)) {
            throw new IllegalArgumentException("a mean time is " + meanSeconds + " s; it must be above 0 and finite");
        }
        if (!(shape >= 0.1 && shape <= 20)) {
            throw new IllegalArgumentException(
                    "a Weibull shape is " + shape + ", outside 0.1 to 20. Maybe 1, which is exponential");
        }
    }

    /** Exponential times. */
    public static Lifetime exponential(double meanSeconds) {
        return new Lifetime(meanSeconds, 1);
    }

    /** The time of the first of so many alike. */
    public Lifetime leastOf(int count) {
        return new Lifetime(meanSeconds / Math.pow(count, 1 / shape), shape);
    }

    double draw(SplittableRandom random) {
        double standard = -Math.log(1 - random.nextDouble());
        if (shape == 1) {
            return meanSeconds * standard;
        }
        double scale = meanSeconds / Gamma.gamma(1 + 1 / shape);
        return scale * Math.pow(standard, 1 / shape);
    }
}
