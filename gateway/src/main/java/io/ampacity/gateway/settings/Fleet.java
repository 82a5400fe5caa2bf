package io.ampacity.gateway.settings;

import io.ampacity.routing.RoutingTable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom the gateway may ask for what.
 *
 * @param table pools in their order; a pool that the policy forbids is not in it
 * @param targets one a pool of the table, in the same order
 * @param models what clients may ask for, with the workload of the table that answers
 * @param dataClasses by name
 * @param refusals pools that the policy keeps out, each as a sentence
 * @param trial a plan on trial, whose pools are in the table under workloads of their own; null for none
 */
public record Fleet(
        RoutingTable table,
        List<Target> targets,
        Map<String, Integer> models,
        Map<String, DataClass> dataClasses,
        List<String> refusals,
        @Nullable PlanTrial trial) {

    /** One without a plan on trial. */
    public Fleet(
            RoutingTable table,
            List<Target> targets,
            Map<String, Integer> models,
            Map<String, DataClass> dataClasses,
            List<String> refusals) {
        this(table, targets, models, dataClasses, refusals, null);
    }

    public Fleet {
        targets = List.copyOf(targets);
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
        dataClasses = Collections.unmodifiableMap(new LinkedHashMap<>(dataClasses));
        refusals = List.copyOf(refusals);
        if (targets.size() != table.pools().size()) {
            throw new IllegalArgumentException(
                    table.pools().size() + " pools need as many targets, not " + targets.size());
        }
    }

    /** The workload of the plan on trial that serves those of a workload; -1 for none. */
    public int trialOf(int workload) {
        return trial == null ? -1 : trial.workloads().getOrDefault(workload, -1);
    }

    /** The data class with a name; null when no rule is known for it. */
    public @Nullable DataClass dataClass(String name) {
        return dataClasses.get(name);
    }
}
