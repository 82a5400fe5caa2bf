package io.ampacity.traces.model;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Draws of the distributions a synthesis needs, from the bits of L64X128MixRandom alone. Not thread-safe. */
public final class Chance {

    private final RandomGenerator bits;

    /** @param seed the same seed gives the same draws */
    public Chance(long seed) {
        bits = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** Uniform, strictly between 0 and 1. */
    public double unit() {
        return ((bits.nextLong() >>> 12) + 0.5) * 0x1p-52;
    }

    double normal() {
        return Normal.quantile(unit());
    }

    double exponential() {
        return -StrictMath.log(unit());
    }

    /** Gamma with mean {@code shape}; Marsaglia and Tsang 2000. */
    double gamma(double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * StrictMath.exp(StrictMath.log(unit()) / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = normal();
            double root = 1 + c * x;
            if (root <= 0) {
                continue;
            }
            double v = root * root * root;
            if (StrictMath.log(unit()) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                return d * v;
            }
        }
    }

    /** Geometric on 1, 2, 3, … with the given mean, at least 1. */
    int geometric(double mean) {
        if (mean <= 1) {
            return 1;
        }
        double turns = 1 + Math.floor(StrictMath.log(unit()) / StrictMath.log1p(-1 / mean));
        return (int) Math.min(turns, 1_000_000);
    }
}
