package io.ampacity.routing;

import org.jspecify.annotations.Nullable;

/**
 * A pool of equal replicas at one site, as a router sees it. Immutable.
 *
 * @param id unique in its table, such as {@code chat@azure-west/h100-sxm/tp1-bf16}
 * @param workload the workload it was planned for
 * @param supplier id of who provides it: the sub-processor
 * @param site id of the site it stands at
 * @param model catalogue id of the model it serves
 * @param chip chip id
 * @param quotaGroup name of the group that fails and is throttled together; breakers work on it
 * @param replicas at least 1
 * @param weight planned part of the workload's traffic, 0 to 1; 0 keeps it for failover
 * @param plannedRequestsPerSecond planned rate in the busiest hour
 * @param capacityRequestsPerSecond most it carries at the objective; 0 when unknown
 * @param roundTripSeconds network round trip from the users
 * @param usdPerRequest what a request costs there at full load; null when unknown
 * @param gramsPerKilowattHour carbon intensity of its site; null when unknown
 */
public record Pool(
        String id,
        String workload,
        String supplier,
        String site,
        String model,
        String chip,
        String quotaGroup,
        int replicas,
        double weight,
        double plannedRequestsPerSecond,
        double capacityRequestsPerSecond,
        double roundTripSeconds,
        @Nullable Double usdPerRequest,
        @Nullable Double gramsPerKilowattHour) {

    public Pool {
        if (replicas < 1) {
            throw new IllegalArgumentException("pool " + id + " has " + replicas
                    + " replicas, fewer than 1. Maybe leave out pools without replicas");
        }
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                    "pool " + id + " has weight " + weight + ", which is negative or not finite. Maybe 0 was meant");
        }
        if (!(roundTripSeconds >= 0) || Double.isInfinite(roundTripSeconds)) {
            throw new IllegalArgumentException("pool " + id + " has a round trip of " + roundTripSeconds
                    + " s, which is negative or not finite. Maybe the site's round trip is missing");
        }
    }

    /** A pool known by its name and size alone, for a fleet that no plan describes. */
    public static Pool plain(String id, String workload, String supplier, int replicas) {
        return new Pool(id, workload, supplier, id, "", "", id, replicas, 1, 0, 0, 0, null, null);
    }
}
