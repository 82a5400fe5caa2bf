package io.ampacity.physics;

/**
 * The factors on an estimate between which 80 % of measurements are expected.
 *
 * @param low at most 1
 * @param high at least 1
 */
public record ErrorBand(double low, double high) {

    public ErrorBand {
        if (!(low > 0 && low <= 1 && high >= 1)) {
            throw new IllegalArgumentException("a band from " + low + " to " + high + " does not hold its estimate");
        }
    }

    /** The band stretched by a factor on its logarithm. */
    public ErrorBand widened(double factor) {
        return new ErrorBand(Math.pow(low, factor), Math.pow(high, factor));
    }
}
