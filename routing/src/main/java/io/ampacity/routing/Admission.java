package io.ampacity.routing;

import java.util.List;

/**
 * Keeps each pool at the rate it was planned to carry at its objective, so that a loss elsewhere turns away what cannot
 * be served instead of making everybody late. One token bucket a pool, filled at the pool's planned capacity; a pool
 * whose capacity is unknown admits everything. Mutable, allocation-free after construction; for one thread.
 */
final class Admission {

    private final double[] perSecond;
    private final double[] room;
    private final double[] tokens;
    private final double[] filledAt;

    Admission(List<Pool> pools, AdmissionSettings settings) {
        int count = pools.size();
        perSecond = new double[count];
        room = new double[count];
        tokens = new double[count];
        filledAt = new double[count];
        for (int pool = 0; pool < count; pool++) {
            double capacity = pools.get(pool).capacityRequestsPerSecond();
            perSecond[pool] = capacity;
            room[pool] = capacity > 0
                    ? capacity * settings.burstSeconds() + settings.burstRequests()
                    : Double.POSITIVE_INFINITY;
            tokens[pool] = room[pool];
        }
    }

    /** Whether one more request may go to the pool now. */
    boolean allows(int pool, double nowSeconds) {
        return tokens[pool] + (nowSeconds - filledAt[pool]) * perSecond[pool] >= 1;
    }

    /** A request went to the pool. */
    void sent(int pool, double nowSeconds) {
        if (room[pool] < Double.POSITIVE_INFINITY) {
            double filled = tokens[pool] + (nowSeconds - filledAt[pool]) * perSecond[pool];
            tokens[pool] = Math.min(room[pool], filled) - 1;
            filledAt[pool] = nowSeconds;
        }
    }
}
