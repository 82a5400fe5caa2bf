package io.ampacity.simulator.serving;

/**
 * When replicas of a pool of fixed size are lent to jobs: as long as those that are left have no more than so many requests
 * each. The more of them, the more a job gets, and the longer requests wait when traffic rises.
 *
 * @param requestsPerReplica requests in flight that a replica which serves may have before another is wanted back
 * @param least replicas that always serve; of each half where prompts and answers are apart
 * @param intervalSeconds how often traffic is looked at
 * @param reloadSeconds how long a replica that comes back takes until it serves
 * @param coolDownSeconds how long after traffic wanted one back, and after the beginning, none is lent
 */
public record Lending(
        double requestsPerReplica, int least, double intervalSeconds, double reloadSeconds, double coolDownSeconds) {

    /** Eight requests each, one replica left, looked at as autoscaling does. */
    public static final Lending USUAL = new Lending(8, 1, 15, 120, 300);

    public Lending {
        if (!(requestsPerReplica > 0) || Double.isInfinite(requestsPerReplica)) {
            throw new IllegalArgumentException("--lend: " + requestsPerReplica
                    + " requests for each replica that is left is no measure; it must be above 0. Maybe 8");
        }
        if (least < 1) {
            throw new IllegalArgumentException("--lend: keep is " + least
                    + ", and a pool of fixed size with nobody to serve would refuse its requests. Maybe keep=1");
        }
        if (!(intervalSeconds > 0)
                || !(reloadSeconds >= 0)
                || !(coolDownSeconds >= 0)
                || Double.isInfinite(intervalSeconds + reloadSeconds + coolDownSeconds)) {
            throw new IllegalArgumentException("--lend: a time is negative or endless, or the interval is 0. Maybe"
                    + " every=15s,reload=2min,cool-down=5min");
        }
    }

    /** Reads {@code REQUESTS[,keep=N][,every=TIME][,reload=TIME][,cool-down=TIME]}. */
    public static Lending parse(String text) {
        Terms terms = new Terms("--lend", text);
        Lending read = new Lending(
                terms.number(terms.head()),
                terms.count("keep", USUAL.least),
                terms.seconds("every", USUAL.intervalSeconds),
                terms.seconds("reload", USUAL.reloadSeconds),
                terms.seconds("cool-down", USUAL.coolDownSeconds));
        terms.done();
        return read;
    }
}
