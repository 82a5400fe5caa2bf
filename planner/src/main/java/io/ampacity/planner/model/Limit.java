package io.ampacity.planner.model;

import org.jspecify.annotations.Nullable;

/**
 * A limit as the user knows it: where it is written, in what it is counted, and what it is about.
 *
 * @param name dotted path into the scenario, such as {@code sites.fra.power}
 * @param period the period it holds in; null when over the whole horizon
 * @param unit in which it is relaxed and priced, such as {@code MW}
 * @param size the limit in that unit, by which relaxations of different limits are weighed against one another
 * @param relaxing words for giving one unit more, such as "raise the power of site fra"
 */
public record Limit(String name, @Nullable Integer period, String unit, double size, String relaxing) {

    /** What tells one limit from another. */
    public record Key(String name, int period) {}

    public Key key() {
        return new Key(name, period == null ? -1 : period);
    }
}
