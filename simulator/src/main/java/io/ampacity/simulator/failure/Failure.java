package io.ampacity.simulator.failure;

import io.ampacity.routing.Pool;
import java.util.Arrays;
import java.util.Locale;

/**
 * Something that goes wrong in a window of time.
 *
 * @param scope what kind of thing it happens to
 * @param target name of that thing; for a replica, its pool, {@code #} and its number from 0
 * @param startSeconds from the start of the simulation
 * @param endSeconds when it is over; infinite when never
 */
public record Failure(Scope scope, String target, double startSeconds, double endSeconds, Effect effect) {

    /** What kind of thing fails. */
    public enum Scope {
        SUPPLIER,
        SITE,
        POOL,
        /** Every pool on a kind of chip, such as by a bad driver. */
        CHIP,
        REPLICA
    }

    public Failure {
        if (!(startSeconds >= 0) || !(endSeconds > startSeconds)) {
            throw new IllegalArgumentException("failure of " + target + " lasts from " + startSeconds + " s to "
                    + endSeconds + " s; it must start at 0 or later and end after its start");
        }
    }

    /**
     * Reads {@code SCOPE:TARGET@START[+DURATION][,slow=FACTOR|,throttle=SHARE]}, such as
     * {@code supplier:azure@600s+1200s}, {@code site:paris@day2+6h} or {@code pool:chat@2h+30m,slow=3}. {@code dayN} is
     * the start of the N-th day, so day1 is 0; a start may add terms, as in {@code day2+6h+30m}: the last one is the
     * duration. Without a duration it never ends.
     */
    public static Failure parse(String text) {
        return new FailureReader(text).read();
    }

    /** Whether it touches a pool; of a replica's failure, whether the replica is one of the pool's. */
    public boolean concerns(Pool pool) {
        return switch (scope) {
            case SUPPLIER -> pool.supplier().equals(target);
            case SITE -> pool.site().equals(target);
            case POOL -> pool.id().equals(target);
            case CHIP -> pool.chip().equals(target);
            case REPLICA ->
                pool.id().equals(target.substring(0, target.lastIndexOf('#'))) && replica() < pool.replicas();
        };
    }

    /** The number of the replica that fails, from 0; -1 when all of a pool do. */
    public int replica() {
        return scope == Scope.REPLICA ? Integer.parseInt(target.substring(target.lastIndexOf('#') + 1)) : -1;
    }

    /** Short name: scope and target. */
    public String name() {
        return scope.name().toLowerCase(Locale.ROOT) + ":" + target;
    }

    static String scopes() {
        return String.join(
                ", ",
                Arrays.stream(Scope.values())
                        .map(scope -> scope.name().toLowerCase(Locale.ROOT))
                        .toList());
    }
}
