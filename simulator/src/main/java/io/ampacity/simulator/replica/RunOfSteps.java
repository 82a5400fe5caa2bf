package io.ampacity.simulator.replica;

/**
 * A run of engine steps that is one event: each step lasts a fixed time longer than the one before, and takes a fixed
 * energy more, so that sums over steps are closed forms.
 */
final class RunOfSteps {

    private double startSeconds;
    private double stepSeconds;
    private double stepGrowth;
    private double stepJoules;
    private double joulesGrowth;
    private long steps;

    void begin(double startSeconds, double stepSeconds, double stepGrowth, double stepJoules, double joulesGrowth) {
        if (!(stepSeconds >= 0) || Double.isInfinite(stepSeconds) || !(stepGrowth >= 0)) {
            throw new IllegalStateException("the step model says that a step lasts " + stepSeconds + " s, and "
                    + stepGrowth + " s more each time");
        }
        this.startSeconds = startSeconds;
        this.stepSeconds = stepSeconds;
        this.stepGrowth = stepGrowth;
        this.stepJoules = stepJoules;
        this.joulesGrowth = joulesGrowth;
        steps = 1;
    }

    void lasts(long steps) {
        this.steps = steps;
    }

    /** Every step lasts {@code factor} times as long; the time beyond is idle power. */
    void stretch(double factor, double idleWatts) {
        stepJoules += idleWatts * stepSeconds * (factor - 1);
        joulesGrowth += idleWatts * stepGrowth * (factor - 1);
        stepSeconds *= factor;
        stepGrowth *= factor;
    }

    double startSeconds() {
        return startSeconds;
    }

    double endSeconds() {
        return startSeconds + lengthOf(steps);
    }

    long steps() {
        return steps;
    }

    /** Length of the first step. */
    double stepSeconds() {
        return stepSeconds;
    }

    /** By how much each step is longer than the one before. */
    double stepGrowth() {
        return stepGrowth;
    }

    /** Seconds of the first {@code j} steps. */
    double lengthOf(long j) {
        return (double) j * stepSeconds + stepGrowth * (0.5 * j * (j - 1));
    }

    /** Joules of the first {@code j} steps. */
    double energyOf(long j) {
        return j * stepJoules + joulesGrowth * (0.5 * j * (j - 1));
    }

    /** Joules taken until a moment in the run, evenly within a step. */
    double energyUntil(double now) {
        long done = wholeSteps(now);
        double whole = energyOf(done);
        double length = lengthOf(done + 1) - lengthOf(done);
        double part = length > 0 ? Math.clamp((now - startSeconds - lengthOf(done)) / length, 0, 1) : 0;
        return whole + part * (energyOf(done + 1) - whole);
    }

    /** How many steps of the run ended by a moment: the root of a quadratic, then corrected against rounding. */
    long wholeSteps(double now) {
        double elapsed = now - startSeconds;
        double linear = stepSeconds - 0.5 * stepGrowth;
        double root = linear + Math.sqrt(linear * linear + 2 * stepGrowth * elapsed);
        long j = root > 0 ? (long) Math.min((double) steps, 2 * elapsed / root) : steps;
        while (j < steps && lengthOf(j + 1) <= elapsed) {
            j++;
        }
        while (j > 0 && lengthOf(j) > elapsed) {
            j--;
        }
        return j;
    }

    /** Ends the run with the step in progress; whether that is earlier than before. */
    boolean cutAt(double now) {
        long inProgress = Math.min(steps, wholeSteps(now) + 1);
        if (inProgress == steps) {
            return false;
        }
        steps = inProgress;
        return true;
    }
}
