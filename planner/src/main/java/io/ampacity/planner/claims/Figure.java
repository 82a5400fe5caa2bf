package io.ampacity.planner.claims;

import org.jspecify.annotations.Nullable;

/**
 * One figure of a set of claims, and the range in which it may lie. All are positive.
 *
 * @param what it stands for, in words
 * @param unit as written behind a value; empty for a plain number
 * @param likely where it most probably lies, within the range; the middle of the range where it is unknown
 * @param source who says so; null when nobody does
 */
public record Figure(
        String id,
        String what,
        String unit,
        Kind kind,
        double likely,
        double low,
        double high,
        @Nullable String source) {

    /** How a figure is known. */
    public enum Kind {
        /** It was published as part of what is examined. */
        CLAIM,
        /** It is taken from elsewhere, or for granted. */
        ASSUMPTION,
        /** It comes from the physics of a model on a chip. */
        ESTIMATE,
        /** Nothing is known but its range: it follows from the others. */
        UNKNOWN
    }

    public Figure {
        if (!(low > 0) || !(low <= likely) || !(likely <= high) || !Double.isFinite(high)) {
            throw new IllegalArgumentException(
                    id + " lies at " + likely + ", outside its range " + low + " to " + high + ", or is not positive");
        }
    }

    /** Whether its range is a single value. */
    public boolean isFixed() {
        return low == high;
    }
}
