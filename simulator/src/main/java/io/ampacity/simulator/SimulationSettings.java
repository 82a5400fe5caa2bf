package io.ampacity.simulator;

import io.ampacity.routing.AdmissionSettings;
import io.ampacity.routing.BreakerSettings;
import io.ampacity.routing.RetrySettings;
import io.ampacity.routing.policy.RoutingPolicies;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.serving.ServingFeatures;
import java.util.List;
import java.util.function.Consumer;

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
        return with(draft -> draft.router = policy);
    }

    public SimulationSettings withSeed(long number) {
        return with(draft -> draft.seed = number);
    }

    public SimulationSettings withThreads(int count) {
        return with(draft -> draft.threads = count);
    }

    public SimulationSettings withRetries(RetrySettings settings) {
        return with(draft -> draft.retries = settings);
    }

    public SimulationSettings withAdmission(AdmissionSettings settings) {
        return with(draft -> draft.admission = settings);
    }

    public SimulationSettings withFailures(List<Failure> list) {
        return with(draft -> draft.failures = list);
    }

    public SimulationSettings withMaximumOutstandingPerReplica(int limit) {
        return with(draft -> draft.maximumOutstandingPerReplica = limit);
    }

    public SimulationSettings withDispatch(Dispatch way) {
        return with(draft -> draft.dispatch = way);
    }

    public SimulationSettings withStart(int month, int hour) {
        return with(draft -> {
            draft.startMonth = month;
            draft.startHour = hour;
        });
    }

    public SimulationSettings withFeatures(ServingFeatures other) {
        return with(draft -> draft.features = other);
    }

    private SimulationSettings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** The same settings while one of them changes. */
    private static final class Draft {
        RoutingPolicies router;
        long seed;
        int threads;
        RetrySettings retries;
        BreakerSettings breakers;
        AdmissionSettings admission;
        List<Failure> failures;
        int maximumOutstandingPerReplica;
        Dispatch dispatch;
        int startMonth;
        int startHour;
        ServingFeatures features;

        Draft(SimulationSettings from) {
            router = from.router;
            seed = from.seed;
            threads = from.threads;
            retries = from.retries;
            breakers = from.breakers;
            admission = from.admission;
            failures = from.failures;
            maximumOutstandingPerReplica = from.maximumOutstandingPerReplica;
            dispatch = from.dispatch;
            startMonth = from.startMonth;
            startHour = from.startHour;
            features = from.features;
        }

        SimulationSettings settings() {
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
                    features);
        }
    }
}
