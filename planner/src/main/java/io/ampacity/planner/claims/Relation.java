package io.ampacity.planner.claims;

import java.util.Map;

/**
 * Two products of figures that must be equal.
 *
 * @param text as it was written, such as {@code chips-a-year = queries-a-year * cost-a-query}
 * @param ratio left side over right side: 1 when it holds
 */
public record Relation(String name, String text, Product ratio) {

    /** Left side over right side at some values: 1 when it holds. */
    public double ratio(Map<String, Double> values) {
        double product = ratio.factor();
        for (Map.Entry<String, Integer> each : ratio.powers().entrySet()) {
            Double value = values.get(each.getKey());
            if (value == null) {
                throw new IllegalArgumentException(each.getKey() + " has no value");
            }
            product *= Math.pow(value, each.getValue());
        }
        return product;
    }
}
