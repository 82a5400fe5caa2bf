package io.ampacity.simulator.failure.process;

import io.ampacity.simulator.failure.Effect;
import org.jspecify.annotations.Nullable;

/**
 * A kind of thing that fails by chance.
 *
 * @param id short name, under which its failures are counted
 * @param of what fails
 * @param between time that one of them works, until it fails
 * @param repair time until it is mended; a replica then still boots
 * @param common null when each fails on its own
 * @param source where the figures come from
 */
public record FailingComponent(
        String id,
        Kind of,
        Lifetime between,
        Lifetime repair,
        Effect effect,
        @Nullable Common common,
        String source) {

    /** What fails. */
    public enum Kind {
        /** One chip, and with it its replica. */
        CHIP,
        /** One server, and with it the replicas that have a chip in it. */
        SERVER,
        /** One pool, such as by a bad release. */
        POOL,
        /** The network of one site. */
        LINK,
        SITE,
        REGION,
        SUPPLIER,
        CONTROL_PLANE
    }

    /** What things stand in together. */
    public enum Group {
        SITE,
        REGION,
        SUPPLIER
    }

    /**
     * Failures that come to many at once.
     *
     * @param share part of each thing's failures that has a common cause, above 0 to 1
     * @param hit chance of each thing in the group to be hit, above 0 to 1
     */
    public record Common(Group group, double share, double hit) {
        public Common {
            if (!(share > 0 && share <= 1) || !(hit > 0 && hit <= 1)) {
                throw new IllegalArgumentException("a common cause has the share " + share + " and hits " + hit
                        + "; both must be above 0 and at most 1");
            }
        }
    }
}
