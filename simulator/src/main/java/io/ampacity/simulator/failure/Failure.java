package io.ampacity.simulator.failure;

import io.ampacity.routing.Pool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong in a window of time.
 *
 * @param scope what kind of thing it happens to
 * @param target name of that thing; for a replica, its pool, {@code #} and its number from 0
 * @param startSeconds from the start of the simulation
 * @param endSeconds when it is over; infinite when never
 * @param cause what brought it about, for those drawn or replayed in number; null for a drill, whose before, during and
 *     after are told
 */
public record Failure(
        Scope scope,
        String target,
        double startSeconds,
        double endSeconds,
        Effect effect,
        @Nullable String cause) {

    /** Chips that stand in one server, and fail with it. */
    public static final int CHIPS_PER_SERVER = 8;

    /** What kind of thing fails. */
    public enum Scope {
        SUPPLIER,
        SITE,
        POOL,
        /** Every pool on a kind of chip, such as by a bad driver. */
        CHIP,
        REPLICA,
        /** All replicas with a chip in one server: its pool, {@code #} and its number from 0. */
        SERVER,
        /** The network of a site. */
        LINK,
        /** Every site in a region. */
        REGION,
        /** What places and starts work at a supplier. */
        CONTROL_PLANE;

        /** As it is written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Failure {
        if (!(startSeconds >= 0) || !(endSeconds > startSeconds)) {
            throw new IllegalArgumentException("failure of " + target + " lasts from " + startSeconds + " s to "
                    + endSeconds + " s; it must start at 0 or later and end after its start");
        }
    }

    /** A drill. */
    public Failure(Scope scope, String target, double startSeconds, double endSeconds, Effect effect) {
        this(scope, target, startSeconds, endSeconds, effect, null);
    }

    /**
     * Reads {@code SCOPE:TARGET@START[+DURATION][,EFFECT…]}, such as
     * {@code supplier:azure@600s+1200s}, {@code site:paris@day2+6h} or {@code pool:chat@2h+30m,slow=3}. {@code dayN} is
     * the start of the N-th day, so day1 is 0; a start may add terms, as in {@code day2+6h+30m}: the last one is the
     * duration. Without a duration it never ends. An effect is {@code down}, {@code unreachable}, {@code frozen},
     * {@code reclaimed} or {@code notice=TIME} (taken back after a notice),
     * {@code slow=FACTOR}, {@code late} or {@code late=SHARE}, {@code throttle=SHARE}, and {@code retry-after=TIME} beside
     * the latter. Unless said, a link is unreachable, a control plane frozen, and all else down.
     */
    public static Failure parse(String text) {
        return new FailureReader(text).read();
    }

    /**
     * Whether it touches a pool; of a replica's or server's failure, whether it is one of the pool's. A region is known
     * here only by a site of its name; {@link #inSites} tells the others.
     */
    public boolean concerns(Pool pool) {
        return switch (scope) {
            case SUPPLIER, CONTROL_PLANE -> pool.supplier().equals(target);
            case SITE, LINK, REGION -> pool.site().equals(target);
            case POOL -> pool.id().equals(target);
            case CHIP -> pool.chip().equals(target);
            case REPLICA -> pool.id().equals(owner()) && number() < pool.replicas();
            // A server holds no more replicas than chips, so its number bounds theirs from below only.
            case SERVER -> pool.id().equals(owner()) && number() < pool.replicas() * (long) CHIPS_PER_SERVER;
        };
    }

    /** Whether it touches a replica of a pool that it {@linkplain #concerns concerns}. */
    public boolean hits(int replica, int replicas, int chipsPerReplica) {
        if (effect instanceof Effect.Late late) {
            return replica >= replicas - late.of(replicas);
        }
        return switch (scope) {
            case SUPPLIER, CONTROL_PLANE, SITE, LINK, REGION, POOL, CHIP -> true;
            case REPLICA -> number() == replica;
            case SERVER -> {
                long first = (long) number() * CHIPS_PER_SERVER;
                long begin = (long) replica * chipsPerReplica;
                yield begin < first + CHIPS_PER_SERVER && begin + chipsPerReplica > first;
            }
        };
    }

    private String owner() {
        return target.substring(0, target.lastIndexOf('#'));
    }

    private int number() {
        return Integer.parseInt(target.substring(target.lastIndexOf('#') + 1));
    }

    /** The number of the replica that fails, from 0; -1 when it is not said of one alone. */
    public int replica() {
        return scope == Scope.REPLICA ? number() : -1;
    }

    /** The same failures with each region's told as one of every site in it. */
    public static List<Failure> inSites(List<Failure> failures, Map<String, String> regionOfSite) {
        List<Failure> told = new ArrayList<>();
        for (Failure failure : failures) {
            List<String> sites = failure.scope == Scope.REGION
                    ? regionOfSite.entrySet().stream()
                            .filter(site -> site.getValue().equals(failure.target))
                            .map(Map.Entry::getKey)
                            .toList()
                    : List.of();
            if (sites.isEmpty()) {
                told.add(failure);
            }
            for (String site : sites) {
                told.add(new Failure(
                        Scope.SITE, site, failure.startSeconds, failure.endSeconds, failure.effect, failure.cause));
            }
        }
        return told;
    }

    /** Short name: scope and target. */
    public String name() {
        return scope.word() + ":" + target;
    }

    static String scopes() {
        return String.join(", ", Arrays.stream(Scope.values()).map(Scope::word).toList());
    }
}
