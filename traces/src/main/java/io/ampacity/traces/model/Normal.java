package io.ampacity.traces.model;

/** The standard normal distribution. */
final class Normal {

    private static final double[] CENTRE_ABOVE = {
        -3.969683028665376e+01,
        2.209460984245205e+02,
        -2.759285104469687e+02,
        1.383577518672690e+02,
        -3.066479806614716e+01,
        2.506628277459239e+00
    };
    private static final double[] CENTRE_BELOW = {
        -5.447609879822406e+01,
        1.615858368580409e+02,
        -1.556989798598866e+02,
        6.680131188771972e+01,
        -1.328068155288572e+01,
        1
    };
    private static final double[] TAIL_ABOVE = {
        -7.784894002430293e-03,
        -3.223964580411365e-01,
        -2.400758277161838e+00,
        -2.549732539343734e+00,
        4.374664141464968e+00,
        2.938163982698783e+00
    };
    private static final double[] TAIL_BELOW = {
        7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1
    };
    private static final double[] HART_ABOVE = {
        3.52624965998911e-02,
        0.700383064443688,
        6.37396220353165,
        33.912866078383,
        112.079291497871,
        221.213596169931,
        220.206867912376
    };
    private static final double[] HART_BELOW = {
        8.83883476483184e-02, 1.75566716318264, 16.064177579207, 86.7807322029461,
        296.564248779674, 637.333633378831, 793.826512519948, 440.413735824752
    };

    private static final double TAIL = 0.02425;

    private Normal() {}

    /** The probability of a value at most {@code z}; Hart 1968, algorithm 5666, to about 1e-15 (absolute) within 7 sigma. */
    static double below(double z) {
        double distance = Math.abs(z);
        if (distance > 7.07) {
            return z > 0 ? 1 : 0;
        }
        double tail = StrictMath.exp(-distance * distance / 2)
                * polynomial(HART_ABOVE, distance)
                / polynomial(HART_BELOW, distance);
        return z > 0 ? 1 - tail : tail;
    }

    /** The value that {@code probability} lies below; Acklam 2003, relative error under 1.2e-9. */
    static double quantile(double probability) {
        if (probability <= 0) {
            return Double.NEGATIVE_INFINITY;
        } else if (probability >= 1) {
            return Double.POSITIVE_INFINITY;
        } else if (probability < TAIL) {
            return tail(probability);
        } else if (probability > 1 - TAIL) {
            return -tail(1 - probability);
        }
        double q = probability - 0.5;
        return q * polynomial(CENTRE_ABOVE, q * q) / polynomial(CENTRE_BELOW, q * q);
    }

    private static double tail(double probability) {
        double q = StrictMath.sqrt(-2 * StrictMath.log(probability));
        return polynomial(TAIL_ABOVE, q) / polynomial(TAIL_BELOW, q);
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = 0;
        for (double coefficient : coefficients) {
            sum = sum * x + coefficient;
        }
        return sum;
    }
}
