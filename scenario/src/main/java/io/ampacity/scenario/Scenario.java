package io.ampacity.scenario;

import io.ampacity.facts.Catalogue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The question: what there is, what must be served, and under which rules. Immutable; every name in it resolves.
 *
 * @param catalogue the facts it is answered with: the built-in ones plus those the document itself states
 */
public record Scenario(
        String name,
        @Nullable String description,
        Horizon horizon,
        List<Site> sites,
        List<Supplier> suppliers,
        List<OwnedFleet> fleet,
        List<Workload> workloads,
        Policy policy,
        Catalogue catalogue) {

    public Scenario {
        sites = List.copyOf(sites);
        suppliers = List.copyOf(suppliers);
        fleet = List.copyOf(fleet);
        workloads = List.copyOf(workloads);
    }
}
