package io.ampacity.gateway.settings;

import java.util.Map;

/**
 * A plan on trial beside what is carried out: requests that are its own go to its pools, with its weights.
 *
 * @param name the same for the same plan, wherever it lies
 * @param workloads of the table that requests belong to, with that of the plan which serves them on trial
 */
public record PlanTrial(String name, CanarySettings settings, Map<Integer, Integer> workloads) {

    public PlanTrial {
        workloads = Map.copyOf(workloads);
    }
}
