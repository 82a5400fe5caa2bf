package io.ampacity.traces.reader;

import io.ampacity.traces.model.Chance;
import io.ampacity.traces.model.Distribution;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A discrete distribution of token counts, drawn by inverting its cumulative weights. */
final class TokenDistribution {

    private final int[] values;
    private final double[] cumulative;

    private TokenDistribution(Map<Integer, Double> weights) {
        values = new int[weights.size()];
        cumulative = new double[weights.size()];
        double sum = 0;
        int at = 0;
        for (Map.Entry<Integer, Double> entry : weights.entrySet()) {
            sum += entry.getValue();
            values[at] = entry.getKey();
            cumulative[at++] = sum;
        }
    }

    /** A known distribution at a thousand equally likely places. */
    static TokenDistribution of(Distribution distribution) {
        Pool pool = new Pool();
        int places = 1000;
        for (int i = 0; i < places; i++) {
            pool.add(distribution.tokens((i + 0.5) / places, 1), 1);
        }
        return new TokenDistribution(pool.weights);
    }

    int draw(Chance chance) {
        double target = chance.unit() * cumulative[cumulative.length - 1];
        int at = Arrays.binarySearch(cumulative, target);
        return values[Math.min(at < 0 ? ~at : at, values.length - 1)];
    }

    /** Weights that are being gathered. */
    static final class Pool {
        private final TreeMap<Integer, Double> weights = new TreeMap<>();

        void add(int value, double weight) {
            if (weight > 0) {
                weights.merge(value, weight, Double::sum);
            }
        }

        void addAll(Pool other) {
            other.weights.forEach(this::add);
        }

        boolean isEmpty() {
            return weights.isEmpty();
        }

        /** Null when nothing was added. */
        @Nullable TokenDistribution distribution() {
            return weights.isEmpty() ? null : new TokenDistribution(weights);
        }
    }
}
