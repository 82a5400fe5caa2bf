package io.ampacity.simulator.capacity;

import io.ampacity.scenario.Traffic.TokenLengths;
import java.util.SplittableRandom;

/**
 * Draws lengths and gaps for trials. Lengths are stratified: of n draws one falls in each n-th of the distribution, in
 * random order, so that a short sample has the mean and the tail of a long one.
 */
final class Lengths {

    private Lengths() {}

    /** Log-normal lengths, at least 1, cut at the maximum. */
    static int[] draw(TokenLengths lengths, int count, SplittableRandom random) {
        double variation = lengths.coefficientOfVariation();
        double variance = Math.log1p(variation * variation);
        double mu = Math.log(lengths.mean()) - variance / 2;
        double sigma = Math.sqrt(variance);
        int[] order = permutation(count, random);
        int[] drawn = new int[count];
        for (int i = 0; i < count; i++) {
            double quantile = (order[i] + random.nextDouble()) / count;
            double length = Math.exp(mu + sigma * normalQuantile(Math.clamp(quantile, 1e-12, 1 - 1e-12)));
            drawn[i] = Math.clamp(Math.round(length), 1, Math.max(1, lengths.maximum()));
        }
        return drawn;
    }

    /** Times of arrival at a mean rate of 1 whose gaps are gamma-distributed with the given coefficient of variation. */
    static double[] arrivals(double burstiness, int count, SplittableRandom random) {
        double[] times = new double[count];
        double now = 0;
        for (int i = 0; i < count; i++) {
            now += burstiness == 0 ? 1 : gamma(1 / (burstiness * burstiness), random);
            times[i] = now;
        }
        for (int i = 0; i < count; i++) {
            times[i] *= count / now;
        }
        return times;
    }

    private static int[] permutation(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    /** Marsaglia and Tsang, "A simple method for generating gamma variables", 2000. */
    private static double gamma(double shape, SplittableRandom random) {
        if (shape == 1) {
            return -Math.log1p(-random.nextDouble());
        }
        if (shape < 1) {
            return gamma(shape + 1, random) * Math.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = normalQuantile(Math.clamp(random.nextDouble(), 1e-16, 1 - 1e-16));
            double v = 1 + c * x;
            v = v * v * v;
            if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }

    /**
     * Inverse of the normal distribution function, by Newton's method on the bisected tail: good to 1e-9, and used only
     * to prepare samples.
     */
    static double normalQuantile(double probability) {
        if (probability == 0.5) {
            return 0;
        }
        if (probability > 0.5) {
            return -normalQuantile(1 - probability);
        }
        // Hastings' rational approximation 26.2.23 of Abramowitz and Stegun, then Halley's correction.
        double t = Math.sqrt(-2 * Math.log(probability));
        double x = -(t
                - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
        for (int i = 0; i < 2; i++) {
            double error = normalProbability(x) - probability;
            double u = error * Math.sqrt(2 * Math.PI) * Math.exp(x * x / 2);
            x -= u / (1 + x * u / 2);
        }
        return x;
    }

    /** P(X ≤ x) for x ≤ 0: a series near 0, a continued fraction in the tail. */
    private static double normalProbability(double x) {
        double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        if (x > -3) {
            double term = x;
            double sum = x;
            for (int i = 1; i < 60 && Math.abs(term) > 1e-17; i++) {
                term *= x * x / (2 * i + 1);
                sum += term;
            }
            return 0.5 + density * sum;
        }
        double fraction = -x;
        for (int i = 60; i >= 1; i--) {
            fraction = -x + i / fraction;
        }
        return density / fraction;
    }
}
