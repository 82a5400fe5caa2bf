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
 */
public record Fleet(
        RoutingTable table,
        List<Target> targets,
        Map<String, Integer> models,
        Map<String, DataClass> dataClasses,
        List<String> refusals) {

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

    /** The data class with a name; null when no rule is known for it. */
    public @Nullable DataClass dataClass(String name) {
        return dataClasses.get(name);
    }
}
