package io.ampacity.planner.proof;

import io.ampacity.routing.policy.RoutingPolicies;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.serving.ServingFeatures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a proof replays.
 *
 * @param period period of the plan, from 0; null for the one with the busiest peak
 * @param seconds how long traffic arrives
 * @param failures what goes wrong; null for {@link Proof#usualLosses}
 * @param seed of all chance
 * @param threads most threads; the result does not depend on it
 * @param router policy that chooses the pool
 * @param features what pools do beyond plain batching
 */
public record ReplaySettings(
        @Nullable Integer period,
        double seconds,
        @Nullable List<Failure> failures,
        long seed,
        int threads,
        RoutingPolicies router,
        ServingFeatures features) {

    /** Twenty minutes of the busiest hour, with the usual losses. */
    public static final ReplaySettings STANDARD =
            new ReplaySettings(null, 1200, null, 1, 1, RoutingPolicies.PLAN_WEIGHTED, ServingFeatures.PLAIN);

    public ReplaySettings {
        failures = failures == null ? null : List.copyOf(failures);
        if (!(seconds > 0) || Double.isInfinite(seconds)) {
            throw new IllegalArgumentException("a replay lasts " + seconds + " s; it must last above 0 and end");
        }
    }

    public ReplaySettings withFailures(@Nullable List<Failure> other) {
        return new ReplaySettings(period, seconds, other, seed, threads, router, features);
    }

    public ReplaySettings withPeriod(@Nullable Integer other) {
        return new ReplaySettings(other, seconds, failures, seed, threads, router, features);
    }

    public ReplaySettings withSeconds(double other) {
        return new ReplaySettings(period, other, failures, seed, threads, router, features);
    }

    public ReplaySettings withSeed(long other) {
        return new ReplaySettings(period, seconds, failures, other, threads, router, features);
    }

    public ReplaySettings withThreads(int other) {
        return new ReplaySettings(period, seconds, failures, seed, other, router, features);
    }

    public ReplaySettings withRouter(RoutingPolicies other) {
        return new ReplaySettings(period, seconds, failures, seed, threads, other, features);
    }

    public ReplaySettings withFeatures(ServingFeatures other) {
        return new ReplaySettings(period, seconds, failures, seed, threads, router, other);
    }
}
