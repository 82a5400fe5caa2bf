package io.ampacity.simulator.serving;

/**
 * A class of requests: how urgent they are, and how long their users wait.
 *
 * @param name as results show it
 * @param priority the lower, the sooner a replica takes them, where its scheduler minds
 * @param share part of the requests that are of this class, above 0 to 1
 * @param queueTimeoutSeconds a request that has waited so long and was not begun is shed; infinite for never
 * @param deadlineSeconds a request whose first token is not there so long after its arrival is given up; infinite for never
 */
public record PriorityClass(
        String name, int priority, double share, double queueTimeoutSeconds, double deadlineSeconds) {

    /** What every request is of when nothing else was said. */
    public static final PriorityClass ONLY =
            new PriorityClass("all", 0, 1, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    public PriorityClass {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("class " + name + " has share " + share
                    + "; it must be above 0 and at most 1. Maybe leave the class out");
        }
        if (!(queueTimeoutSeconds > 0) || !(deadlineSeconds > 0)) {
            throw new IllegalArgumentException("class " + name + " has a queue timeout of " + queueTimeoutSeconds
                    + " s and a deadline of " + deadlineSeconds + " s; both must be above 0");
        }
    }

    /** Reads {@code NAME,share=SHARE[,priority=N][,queue=TIME][,deadline=TIME]}. */
    public static PriorityClass parse(String text) {
        Terms terms = new Terms("--class", text);
        PriorityClass one = new PriorityClass(
                terms.head(),
                terms.count("priority", 0),
                terms.share("share", Double.NaN),
                terms.seconds("queue", Double.POSITIVE_INFINITY),
                terms.seconds("deadline", Double.POSITIVE_INFINITY));
        terms.done();
        return one;
    }

    /** The class with another limit on waiting. */
    public PriorityClass withQueueTimeout(double seconds) {
        return new PriorityClass(name, priority, share, seconds, deadlineSeconds);
    }

    /** The class with another limit on the first token. */
    public PriorityClass withDeadline(double seconds) {
        return new PriorityClass(name, priority, share, queueTimeoutSeconds, seconds);
    }
}
