package io.ampacity.scenario;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The question: what there is, what must be served, and under which rules. Immutable; every name in it resolves.
 *
 * @param futures ways in which things may come instead; none when they come as stated
 * @param projects what may be undertaken beside renting and buying chips
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
        Futures futures,
        Projects projects,
        Catalogue catalogue) {

    public Scenario {
        sites = List.copyOf(sites);
        suppliers = List.copyOf(suppliers);
        fleet = List.copyOf(fleet);
        workloads = List.copyOf(workloads);
    }

    /** A scenario without projects. */
    public Scenario(
            String name,
            @Nullable String description,
            Horizon horizon,
            List<Site> sites,
            List<Supplier> suppliers,
            List<OwnedFleet> fleet,
            List<Workload> workloads,
            Policy policy,
            Futures futures,
            Catalogue catalogue) {
        this(name, description, horizon, sites, suppliers, fleet, workloads, policy, futures, Projects.NONE, catalogue);
    }

    /** A scenario in which things come as stated. */
    public Scenario(
            String name,
            @Nullable String description,
            Horizon horizon,
            List<Site> sites,
            List<Supplier> suppliers,
            List<OwnedFleet> fleet,
            List<Workload> workloads,
            Policy policy,
            Catalogue catalogue) {
        this(
                name,
                description,
                horizon,
                sites,
                suppliers,
                fleet,
                workloads,
                policy,
                Futures.NONE,
                Projects.NONE,
                catalogue);
    }

    public Scenario withSites(List<Site> others) {
        return new Scenario(
                name, description, horizon, others, suppliers, fleet, workloads, policy, futures, projects, catalogue);
    }

    public Scenario withSuppliers(List<Supplier> others) {
        return new Scenario(
                name, description, horizon, sites, others, fleet, workloads, policy, futures, projects, catalogue);
    }

    public Scenario withFleet(List<OwnedFleet> others) {
        return new Scenario(
                name, description, horizon, sites, suppliers, others, workloads, policy, futures, projects, catalogue);
    }

    public Scenario withWorkloads(List<Workload> others) {
        return new Scenario(
                name, description, horizon, sites, suppliers, fleet, others, policy, futures, projects, catalogue);
    }

    public Scenario withPolicy(Policy other) {
        return new Scenario(
                name, description, horizon, sites, suppliers, fleet, workloads, other, futures, projects, catalogue);
    }

    public Scenario withFutures(Futures others) {
        return new Scenario(
                name, description, horizon, sites, suppliers, fleet, workloads, policy, others, projects, catalogue);
    }

    public Scenario withProjects(Projects others) {
        return new Scenario(
                name, description, horizon, sites, suppliers, fleet, workloads, policy, futures, others, catalogue);
    }

    /** The family of a chip, such as {@code cuda}; of an unknown chip its own id, for nothing is known that it shares. */
    public String family(String chip) {
        Chip known = catalogue.chips().get(chip);
        return known == null ? chip : known.family();
    }

    /** Chips that are owned, offered, or may be made, in order of their ids. */
    public SortedSet<String> chips() {
        SortedSet<String> chips = new TreeSet<>();
        fleet.forEach(owned -> chips.add(owned.chip()));
        suppliers.forEach(supplier ->
                supplier.offers().forEach(offer -> chips.add(offer.offer().chip())));
        projects.programmes().forEach(programme -> chips.add(programme.chip()));
        return chips;
    }

    /** The scenario as it is when a future has come: nothing else may come then. */
    public Scenario under(Future future) {
        return new FutureScenario(this, future).scenario();
    }
}
