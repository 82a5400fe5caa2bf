package io.ampacity.planner.verify;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects violations, with one tolerance for all comparisons: a millionth of the amounts compared. */
final class Findings {

    private static final double TOLERANCE = 1e-6;

    private final List<Violation> violations = new ArrayList<>();

    List<Violation> violations() {
        return List.copyOf(violations);
    }

    void add(String limit, @Nullable Integer period, String message) {
        violations.add(new Violation(limit, period, message));
    }

    /** Notes a violation unless {@code amount ≤ most}. */
    void atMost(String limit, @Nullable Integer period, String what, double amount, double most) {
        if (!(amount <= most + slack(amount, most))) {
            add(limit, period, what + " is " + amount + ", above " + most);
        }
    }

    /** Notes a violation unless {@code amount ≥ least}. */
    void atLeast(String limit, @Nullable Integer period, String what, double amount, double least) {
        if (!(amount >= least - slack(amount, least))) {
            add(limit, period, what + " is " + amount + ", below " + least);
        }
    }

    /** Notes a violation unless the plan states what was computed. */
    void same(String where, @Nullable Integer period, String what, double stated, double computed) {
        if (!(Math.abs(stated - computed) <= slack(stated, computed))) {
            add(where, period, what + " is stated as " + stated + " and comes to " + computed);
        }
    }

    private static double slack(double a, double b) {
        return TOLERANCE * Math.max(Math.abs(a), Math.abs(b)) + 1e-9;
    }
}
