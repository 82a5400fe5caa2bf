package io.ampacity.simulator.serving;

import java.util.List;

/** How many replicas a pool should have. */
public sealed interface ScalingPolicy {

    /**
     * Reacts to requests in flight.
     *
     * @param requestsPerReplica how many of them one replica should have
     */
    record Queue(double requestsPerReplica) implements ScalingPolicy {}

    /**
     * Reacts to the KV cache.
     *
     * @param share how much of it should be in use
     */
    record KvCache(double share) implements ScalingPolicy {}

    /**
     * Reacts to utilisation.
     *
     * @param share part of the time in which a step should run
     */
    record Utilisation(double share) implements ScalingPolicy {}

    /**
     * Looks ahead by the time that a new replica takes: what came at the same time of the last season, as much higher or
     * lower as the present is than that time was.
     *
     * @param requestsPerSecondPerReplica what one replica carries
     * @param seasonSeconds after which traffic repeats, such as a day
     */
    record Forecast(double requestsPerSecondPerReplica, double seasonSeconds) implements ScalingPolicy {}

    /**
     * Follows a plan, and orders ahead of it.
     *
     * @param steps by time
     */
    record Schedule(List<Step> steps) implements ScalingPolicy {

        public Schedule {
            steps = List.copyOf(steps);
            for (int i = 1; i < steps.size(); i++) {
                if (!(steps.get(i).atSeconds() > steps.get(i - 1).atSeconds())) {
                    throw new IllegalArgumentException("--scale: the plan's steps are not in order of time at "
                            + steps.get(i).atSeconds() + " s. Maybe sort them");
                }
            }
            if (steps.isEmpty() || steps.getFirst().atSeconds() > 0) {
                throw new IllegalArgumentException("--scale: the plan does not begin at 0 s. Maybe add 0s:1");
            }
        }

        /** Replicas that the plan wants most between two moments. */
        int most(double from, double until) {
            int most = 0;
            for (int i = 0; i < steps.size(); i++) {
                double end = i + 1 < steps.size() ? steps.get(i + 1).atSeconds() : Double.POSITIVE_INFINITY;
                if (steps.get(i).atSeconds() <= until && end > from) {
                    most = Math.max(most, steps.get(i).replicas());
                }
            }
            return most;
        }
    }

    /** From a moment on, so many replicas. */
    record Step(double atSeconds, int replicas) {}
}
