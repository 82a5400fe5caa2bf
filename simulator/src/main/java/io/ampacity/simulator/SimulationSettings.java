package io.ampacity.simulator;

import io.ampacity.routing.AdmissionSettings;
import io.ampacity.routing.BreakerSettings;
import io.ampacity.routing.RetrySettings;
import io.ampacity.routing.policy.RoutingPolicies;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.serving.ServingFeatures;
import java.util.List;

/**
 * How a fleet is simulated.
 *
 * @param router policy that chooses the pool
 * @param seed of all chance in the run
 * @param threads most threads used; the result does not depend on it
 * @param retries how failed requests are tried again
 * @param breakers when circuit breakers open
 * @param admission how far pools may be loaded beyond their planned capacity
 * @param failures what goes wrong
 * @param maximumOutstandingPerReplica requests on one replica beyond which its pool refuses more; 0 for no limit
 * @param dispatch where requests of a pool wait
 * @param startMonth month of the year at time 0, 1 to 12, for grids that vary over it
 * @param startHour hour of the day at time 0 in UTC, 0 to 23
 * @param features what pools do beyond plain batching
 */
public record SimulationSettings(
        RoutingPolicies router,
        long seed,
        int threads,
        RetrySettings retries,
        BreakerSettings breakers,
        AdmissionSettings admission,
        List<Failure> failures,
        int maximumOutstandingPerReplica,
        Dispatch dispatch,
        int startMonth,
        int startHour,
        ServingFeatures features) {

    /** Plan-weighted routing, no failures, one thread, January at midnight. */
    public static final SimulationSettings STANDARD = new SimulationSettings(
            RoutingPolicies.PLAN_WEIGHTED,
            1,
            1,
            RetrySettings.STANDARD,
            BreakerSettings.STANDARD,
            AdmissionSettings.OPEN,
            List.of(),
            0,
            Dispatch.PUSH,
            1,
            0);

    /** Settings without features beyond plain batching. */
    public SimulationSettings(
            RoutingPolicies router,
            long seed,
            int threads,
            RetrySettings retries,
            BreakerSettings breakers,
            AdmissionSettings admission,
            List<Failure> failures,
            int maximumOutstandingPerReplica,
            Dispatch dispatch,
            int startMonth,
            int startHour) {
        this(
                router,
                seed,
                threads,
                retries,
                breakers,
                admission,
                failures,
                maximumOutstandingPerReplica,
                dispatch,
                startMonth,
                startHour,
                ServingFeatures.PLAIN);
    }

    public SimulationSettings {
        failures = List.copyOf(failures);
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + ", below 1");
        }
        if (maximumOutstandingPerReplica < 0) {
            throw new IllegalArgumentException("the limit of outstanding requests is " + maximumOutstandingPerReplica
                    + ", below 0. Maybe 0 was meant, which sets no limit");
        }
        if (startMonth < 1 || startMonth > 12 || startHour < 0 || startHour > 23) {
            throw new IllegalArgumentException(
                    "the start is month " + startMonth + " and hour " + startHour + ", outside 1 to 12 and 0 to 23");
        }
    }

    public SimulationSettings withRouter(RoutingPolicies policy) {
        return new SimulationSettings(
                policy,
                seed,
                threads,
                retries,
                breakers,
                admission,
                failures,
                maximumOutstandingPerReplica,
                dispatch,
                startMonth,
                startHour,
                features);
    }

    public SimulationSettings withSeed(long number) {
        return new SimulationSettings(
                router,
                number,
                threads,
                retries,
                breakers,
                admission,
                failures,
                maximumOutstandingPerReplica,
                dispatch,
                startMonth,
                startHour,
                features);
    }

    public SimulationSettings withThreads(int count) {
        return new SimulationSettings(
                router,
                seed,
                count,
                retries,
                breakers,
                admission,
                failures,
                maximumOutstandingPerReplica,
                dispatch,
                startMonth,
                startHour,
                features);
    }

    public SimulationSettings withRetries(RetrySettings settings) {
        return new SimulationSettings(
                router,
                seed,
                threads,
                settings,
                breakers,
                admission,
                failures,
                maximumOutstandingPerReplica,
                dispatch,
                startMonth,
                startHour,
                features);
    }

    public SimulationSettings withAdmission(AdmissionSettings settings) {
        return new SimulationSettings(
                router,
                seed,
                threads,
                retries,
                breakers,
                settings,
                failures,
                maximumOutstandingPerReplica,
                dispatch,
                startMonth,
                startHour,
                features);
    }

    public SimulationSettings withFailures(List<Failure> list) {
        return new SimulationSettings(
                router,
                seed,
                threads,
                retries,
                breakers,
                admission,
                list,
                maximumOutstandingPerReplica,
                dispatch,
                startMonth,
                startHour,
                features);
    }

    public SimulationSettings withMaximumOutstandingPerReplica(int limit) {
        return new SimulationSettings(
                router,
                seed,
                threads,
                retries,
                breakers,
                admission,
                failures,
                limit,
                dispatch,
                startMonth,
                startHour,
                features);
    }

    public SimulationSettings withDispatch(Dispatch way) {
        return new SimulationSettings(
                router,
                seed,
                threads,
                retries,
                breakers,
                admission,
                failures,
                maximumOutstandingPerReplica,
                way,
                startMonth,
                startHour,
                features);
    }

    public SimulationSettings withStart(int month, int hour) {
        return new SimulationSettings(
                router,
                seed,
                threads,
                retries,
                breakers,
                admission,
                failures,
                maximumOutstandingPerReplica,
                dispatch,
                month,
                hour,
                features);
    }

    public SimulationSettings withFeatures(ServingFeatures other) {
        return new SimulationSettings(
                router,
                seed,
                threads,
                retries,
                breakers,
                admission,
                failures,
                maximumOutstandingPerReplica,
                dispatch,
                startMonth,
                startHour,
                other);
    }
}
