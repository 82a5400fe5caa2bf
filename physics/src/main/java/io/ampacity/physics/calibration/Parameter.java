package io.ampacity.physics.calibration;

/**
 * One number to fit, with its bounds and where it is pulled to.
 *
 * @param typical value without any measurement
 * @param low least value
 * @param high greatest value
 * @param freedom standard deviation of the logarithm that is believed without any measurement
 */
public record Parameter(String name, double typical, double low, double high, double freedom) {

    public Parameter {
        if (!(low > 0 && low < typical && typical < high)) {
            throw new IllegalArgumentException(name + ": " + typical + " does not lie between " + low + " and " + high);
        }
    }

    /** How many standard deviations a value lies from the typical one. */
    double pull(double value) {
        return Math.log(value / typical) / freedom;
    }

    /** The unbounded coordinate of a value. */
    double coordinate(double value) {
        double share = Math.log(value / low) / Math.log(high / low);
        double inside = Math.clamp(share, 1e-6, 1 - 1e-6);
        return Math.log(inside / (1 - inside));
    }

    /** The value at an unbounded coordinate. */
    double value(double coordinate) {
        double share = 1 / (1 + Math.exp(-coordinate));
        return low * Math.pow(high / low, share);
    }

    /** How much the logarithm of the value changes with its coordinate. */
    double slope(double coordinate) {
        double share = 1 / (1 + Math.exp(-coordinate));
        return Math.log(high / low) * share * (1 - share);
    }

    /** The same number believed more or less firmly. */
    Parameter withFreedom(double other) {
        return new Parameter(name, typical, low, high, other);
    }

    /** The same number believed to lie elsewhere. */
    Parameter around(double value) {
        return new Parameter(name, Math.clamp(value, low * 1.001, high * 0.999), low, high, freedom);
    }
}
