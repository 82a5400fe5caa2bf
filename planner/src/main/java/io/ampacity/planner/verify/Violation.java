package io.ampacity.planner.verify;

import org.jspecify.annotations.Nullable;

/**
 * Something a plan breaks or misstates.
 *
 * @param limit dotted path into the scenario for a broken limit, or into the plan for a wrong number
 * @param period the period it is broken in; null when over the horizon
 * @param message what, and by how much
 */
public record Violation(String limit, @Nullable Integer period, String message) {

    @Override
    public String toString() {
        return limit + (period == null ? "" : " in period " + period) + ": " + message;
    }
}
