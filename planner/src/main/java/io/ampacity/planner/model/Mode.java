package io.ampacity.planner.model;

import java.util.Map;
import java.util.Set;

/**
 * How strictly limits are taken.
 *
 * @param elastic whether every limit may give way, at a price, so as to find out which must
 * @param relaxed units by which limits are relaxed
 * @param dropped names of limits that are not enforced
 * @param referenceUsd a rough cost of the whole plan, by which limits without a size of their own are weighed
 */
public record Mode(boolean elastic, Map<Limit.Key, Double> relaxed, Set<String> dropped, double referenceUsd) {

    public Mode {
        relaxed = Map.copyOf(relaxed);
        dropped = Set.copyOf(dropped);
    }

    /** Every limit as it is written. */
    public static Mode strict() {
        return new Mode(false, Map.of(), Set.of(), 1);
    }
}
