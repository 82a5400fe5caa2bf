package io.ampacity.gateway;

import io.ampacity.gateway.settings.HedgeSettings;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The attempts that work for one exchange now: none, one, or two while one that is slow to speak and its hedge race. The
 * first word decides. On one event loop.
 */
final class Race {

    private final @Nullable HedgeSettings hedging;
    private @Nullable Attempt first;
    private @Nullable Attempt rival;
    private double hedgeAtSeconds = Double.POSITIVE_INFINITY;

    Race(@Nullable HedgeSettings hedging) {
        this.hedging = hedging;
    }

    /** Lets an attempt run alone; when a rival may join it, if it has not spoken by then. */
    void run(Attempt alone, double nowSeconds, boolean mayBeHedged) {
        first = alone;
        if (hedging != null && mayBeHedged) {
            hedgeAtSeconds = nowSeconds + hedging.afterSeconds();
        }
    }

    /** Lets another run beside the first. */
    void join(Attempt another) {
        rival = another;
    }

    /** When somebody else should be asked; infinity when nobody should. */
    double hedgeAtSeconds() {
        return hedgeAtSeconds;
    }

    /** The attempt that has kept silent for too long and runs alone, once; null when there is none. */
    @Nullable Attempt slow(double nowSeconds) {
        if (nowSeconds < hedgeAtSeconds) {
            return null;
        }
        hedgeAtSeconds = Double.POSITIVE_INFINITY;
        Attempt alone = first;
        return alone == null || alone.hasSpoken() || rival != null ? null : alone;
    }

    /** One has won; gives the other, who must stop, if there is one. */
    @Nullable Attempt wonBy(Attempt winner) {
        Attempt loser = other(winner);
        hedgeAtSeconds = Double.POSITIVE_INFINITY;
        first = winner;
        rival = null;
        return loser;
    }

    /** One has dropped out; gives the other, who runs on, if there is one. */
    @Nullable Attempt without(Attempt failed) {
        Attempt left = other(failed);
        first = left;
        rival = null;
        return left;
    }

    @SuppressWarnings("ReferenceEquality") // the question is which of the two attempts it is
    private @Nullable Attempt other(Attempt one) {
        return one == first ? rival : first;
    }

    /** The one that runs, or the first of two; null when nobody does. */
    @Nullable Attempt first() {
        return first;
    }

    /** Nobody runs any more. */
    void end() {
        first = null;
        rival = null;
    }

    void each(Consumer<Attempt> visitor) {
        Attempt one = first;
        Attempt two = rival;
        if (one != null) {
            visitor.accept(one);
        }
        if (two != null) {
            visitor.accept(two);
        }
    }
}
