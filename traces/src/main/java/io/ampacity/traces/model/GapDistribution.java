package io.ampacity.traces.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the gaps between arrivals are distributed. With a coefficient of variation of 1 both are exponential. */
public enum GapDistribution {
    GAMMA,
    WEIBULL;

    /** The name in a document. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<GapDistribution> of(String id) {
        return Arrays.stream(values()).filter(d -> d.id().equals(id)).findFirst();
    }

    /** The parameter that gives the distribution this coefficient of variation, above 0. */
    double shape(double variation) {
        return switch (this) {
            case GAMMA -> 1 / (variation * variation);
            case WEIBULL -> weibullShape(variation);
        };
    }

    /** The mean of the distribution with this parameter of shape and scale 1: what a gap is divided by to have mean 1. */
    public double mean(double shape) {
        return switch (this) {
            case GAMMA -> shape;
            case WEIBULL -> StrictMath.exp(logGamma(1 + 1 / shape));
        };
    }

    /**
     * A gap of mean 1.
     *
     * @param shape parameter of shape, above 0
     * @param mean {@link #mean(double)} of the shape, which is not worth finding again for every gap
     */
    public double draw(Chance chance, double shape, double mean) {
        return switch (this) {
            case GAMMA -> shape == 1 ? chance.exponential() : chance.gamma(shape) / mean;
            case WEIBULL -> StrictMath.exp(StrictMath.log(chance.exponential()) / shape) / mean;
        };
    }

    /** Halves an interval in which the variation falls from over 10^6 to under 0.02. */
    private static double weibullShape(double variation) {
        double low = 0.08;
        double high = 80;
        for (int i = 0; i < 100; i++) {
            double middle = StrictMath.sqrt(low * high);
            double squared = StrictMath.expm1(logGamma(1 + 2 / middle) - 2 * logGamma(1 + 1 / middle));
            if (squared > variation * variation) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The logarithm of the gamma function for x of at least 1: Stirling's series, after moving x above 10. */
    static double logGamma(double x) {
        double product = 1;
        double y = x;
        while (y < 10) {
            product *= y++;
        }
        double square = 1 / (y * y);
        double series = (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680))) / y;
        return (y - 0.5) * StrictMath.log(y) - y + 0.5 * StrictMath.log(2 * Math.PI) + series - StrictMath.log(product);
    }
}
