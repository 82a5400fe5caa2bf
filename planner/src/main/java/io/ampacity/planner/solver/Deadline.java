package io.ampacity.planner.solver;

/**
 * The moment at which a search has to be over. One deadline is handed through everything that a question takes, so that
 * steps share the time instead of each having it. Immutable.
 */
public final class Deadline {

    /** HiGHS refuses a limit of nothing; a search that starts too late has this long to notice. */
    private static final double LEAST_SECONDS = 0.02;

    private final long started;
    private final double seconds;

    private Deadline(long started, double seconds) {
        this.started = started;
        this.seconds = seconds;
    }

    /** So many seconds from now; infinite for no deadline. */
    public static Deadline in(double seconds) {
        if (Double.isNaN(seconds)) {
            throw new IllegalArgumentException("a deadline in NaN seconds makes no sense. Maybe 60 is meant");
        }
        return new Deadline(System.nanoTime(), seconds);
    }

    /** Seconds until then; 0 or less when it has passed, infinite when it never does. */
    public double secondsLeft() {
        return seconds - secondsUsed();
    }

    /** Seconds since it was set. */
    public double secondsUsed() {
        return (System.nanoTime() - started) / 1e9;
    }

    public boolean isOver() {
        return secondsLeft() <= 0;
    }

    /** What is left as a time limit of one search: above zero even when nothing is left. */
    public double limit() {
        return Math.max(LEAST_SECONDS, secondsLeft());
    }

    /** An earlier deadline, after a part of what is left now. */
    public Deadline part(double share) {
        return in(Math.max(0, share * secondsLeft()));
    }

    /** This one, or so many seconds from now when that is earlier. */
    public Deadline orIn(double others) {
        return others < secondsLeft() ? in(others) : this;
    }
}
