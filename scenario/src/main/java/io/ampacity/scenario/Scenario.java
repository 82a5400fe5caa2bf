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
 * @param network how places are connected
 * @param resale what bought chips are sold for
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
        Network network,
        Resale resale,
        Catalogue catalogue) {

    public Scenario {
        sites = List.copyOf(sites);
        suppliers = List.copyOf(suppliers);
        fleet = List.copyOf(fleet);
        workloads = List.copyOf(workloads);
    }

    /** A scenario in which no data moves that is counted. */
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
            Projects projects,
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
                futures,
                projects,
                Network.NONE,
                Resale.NONE,
                catalogue);
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

    public Scenario withSites(List<Site> other) {
        return new Scenario(
                name,
                description,
                horizon,
                other,
                suppliers,
                fleet,
                workloads,
                policy,
                futures,
                projects,
                network,
                resale,
                catalogue);
    }

    public Scenario withSuppliers(List<Supplier> other) {
        return new Scenario(
                name,
                description,
                horizon,
                sites,
                other,
                fleet,
                workloads,
                policy,
                futures,
                projects,
                network,
                resale,
                catalogue);
    }

    public Scenario withFleet(List<OwnedFleet> other) {
        return new Scenario(
                name,
                description,
                horizon,
                sites,
                suppliers,
                other,
                workloads,
                policy,
                futures,
                projects,
                network,
                resale,
                catalogue);
    }

    public Scenario withWorkloads(List<Workload> other) {
        return new Scenario(
                name,
                description,
                horizon,
                sites,
                suppliers,
                fleet,
                other,
                policy,
                futures,
                projects,
                network,
                resale,
                catalogue);
    }

    public Scenario withPolicy(Policy other) {
        return new Scenario(
                name,
                description,
                horizon,
                sites,
                suppliers,
                fleet,
                workloads,
                other,
                futures,
                projects,
                network,
                resale,
                catalogue);
    }

    public Scenario withFutures(Futures other) {
        return new Scenario(
                name,
                description,
                horizon,
                sites,
                suppliers,
                fleet,
                workloads,
                policy,
                other,
                projects,
                network,
                resale,
                catalogue);
    }

    public Scenario withProjects(Projects other) {
        return new Scenario(
                name,
                description,
                horizon,
                sites,
                suppliers,
                fleet,
                workloads,
                policy,
                futures,
                other,
                network,
                resale,
                catalogue);
    }

    public Scenario withNetwork(Network other) {
        return new Scenario(
                name,
                description,
                horizon,
                sites,
                suppliers,
                fleet,
                workloads,
                policy,
                futures,
                projects,
                other,
                resale,
                catalogue);
    }

    public Scenario withResale(Resale other) {
        return new Scenario(
                name,
                description,
                horizon,
                sites,
                suppliers,
                fleet,
                workloads,
                policy,
                futures,
                projects,
                network,
                other,
                catalogue);
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

    /** The ways between its places. */
    public Ways ways() {
        return new Ways(this);
    }

    /** The scenario as it is when a future has come: nothing else may come then. */
    public Scenario under(Future future) {
        return new FutureScenario(this, future).scenario();
    }
}
