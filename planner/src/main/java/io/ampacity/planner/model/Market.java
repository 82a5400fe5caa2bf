package io.ampacity.planner.model;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Contract;
import io.ampacity.facts.Figure;
import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.scenario.OwnedFleet;
import io.ampacity.scenario.Programme;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Supplier.SiteOffer;
import io.ampacity.scenario.Ways;
import io.ampacity.scenario.Workload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A scenario in the planner's order: everything sorted by id, names resolved, offers turned into terms. The order of
 * entries in the scenario leaves no trace in it, and so none in the plan.
 */
public final class Market {

    private final Scenario scenario;
    private final Assumptions assumptions;
    private final Ways ways;
    private final SortedMap<String, Site> sites = new TreeMap<>();
    private final SortedMap<String, Supplier> suppliers = new TreeMap<>();
    private final SortedMap<String, Workload> workloads = new TreeMap<>();
    private final List<Terms> terms = new ArrayList<>();
    private final SortedMap<Pool, int[]> owned = new TreeMap<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    /**
     * Sorts a scenario.
     *
     * @throws PlannerException when a name does not resolve or an entry appears twice
     */
    public Market(Scenario scenario, Assumptions assumptions) {
        this.scenario = scenario;
        this.assumptions = assumptions;
        this.ways = scenario.ways();
        for (Site site : scenario.sites()) {
            once(sites, site.id(), site, "sites");
        }
        for (Supplier supplier : scenario.suppliers()) {
            once(suppliers, supplier.id(), supplier, "suppliers");
        }
        for (Workload workload : scenario.workloads()) {
            once(workloads, workload.id(), workload, "workloads");
        }
        for (Site site : sites.values()) {
            supplier(site.supplier(), "sites." + site.id() + ".supplier");
        }
        suppliers.values().forEach(this::addTerms);
        scenario.projects().programmes().forEach(this::addProgramme);
        terms.sort(Comparator.comparing(Terms::id)
                .thenComparing(t -> t.offer().offer().id()));
        scenario.fleet().forEach(this::addOwned);
    }

    private static <T> void once(Map<String, T> map, String id, T entry, String where) {
        if (map.put(id, entry) != null) {
            throw new PlannerException(where + " has two entries named " + id + ". Maybe rename one of them");
        }
    }

    private void addTerms(Supplier supplier) {
        for (SiteOffer offer : supplier.offers()) {
            String where = "suppliers." + supplier.id() + ".offers." + offer.id();
            Site site = site(offer.site(), where);
            chip(offer.offer().chip(), where);
            boolean purchase = offer.offer().contract() instanceof Contract.Purchase;
            Figure price =
                    purchase ? offer.offer().purchasePrice() : offer.offer().pricePerChipHour();
            if (price == null) {
                warnings.add(where + " has no price and was left out: unknown is not free");
                continue;
            }
            double discounted = price.value() * (1 - supplier.discount().value());
            if (!(discounted >= 0) || Double.isInfinite(discounted)) {
                throw new PlannerException(where + " costs " + discounted + " USD after the discount. "
                        + "Maybe the discount of " + supplier.id() + " is above 100 %");
            }
            Terms stated = Terms.of(supplier.id(), offer, site, discounted, scenario.horizon(), assumptions);
            terms.add(Resold.of(stated, scenario.resale(), scenario.horizon()));
        }
    }

    private void addProgramme(Programme programme) {
        String where = "programmes." + programme.id();
        supplier(programme.supplier(), where + ".supplier");
        chip(programme.chip(), where + ".chip");
        for (String site : programme.sites()) {
            terms.addAll(Terms.of(programme, site(site, where + ".sites"), scenario.horizon(), assumptions));
        }
    }

    private void addOwned(OwnedFleet fleet) {
        Site site = site(fleet.site(), "fleet");
        chip(fleet.chip(), "fleet");
        int[] chips = owned.computeIfAbsent(
                new Pool(site.id(), site.supplier(), fleet.chip(), true), pool -> new int[periods()]);
        Integer until = fleet.untilPeriod();
        for (int p = fleet.fromPeriod(); p < (until == null ? periods() : Math.min(periods(), until)); p++) {
            chips[p] = Math.addExact(chips[p], fleet.chips());
        }
    }

    public Scenario scenario() {
        return scenario;
    }

    public Assumptions assumptions() {
        return assumptions;
    }

    /** The ways between its places. */
    public Ways ways() {
        return ways;
    }

    public int periods() {
        return scenario.horizon().periods();
    }

    public Collection<Site> sites() {
        return sites.values();
    }

    public Collection<Supplier> suppliers() {
        return suppliers.values();
    }

    public Collection<Workload> workloads() {
        return workloads.values();
    }

    /** Terms of every offer that has a price, in order. */
    public List<Terms> terms() {
        return terms;
    }

    /** Every pool that chips can be in. */
    public Set<Pool> pools() {
        Set<Pool> pools = new TreeSet<>(owned.keySet());
        for (Terms term : terms) {
            pools.add(term.pool());
        }
        return pools;
    }

    /** Pools with chips that are already owned. */
    public Set<Pool> ownedPools() {
        return owned.keySet();
    }

    /** Chips already owned in a pool. */
    public int owned(Pool pool, int period) {
        int[] chips = owned.get(pool);
        return chips == null ? 0 : chips[period];
    }

    public Site site(String id) {
        return site(id, "plan");
    }

    private Site site(String id, String where) {
        Site site = sites.get(id);
        if (site == null) {
            throw new PlannerException(where + " names the site " + id + ", which is none of "
                    + String.join(", ", sites.keySet()) + ". Maybe add it under sites");
        }
        return site;
    }

    public Supplier supplier(String id) {
        return supplier(id, "plan");
    }

    private Supplier supplier(String id, String where) {
        Supplier supplier = suppliers.get(id);
        if (supplier == null) {
            throw new PlannerException(where + " names the supplier " + id + ", which is none of "
                    + String.join(", ", suppliers.keySet()) + ". Maybe add it under suppliers");
        }
        return supplier;
    }

    public Chip chip(String id) {
        return chip(id, "plan");
    }

    private Chip chip(String id, String where) {
        Chip chip = scenario.catalogue().chips().get(id);
        if (chip == null) {
            throw new PlannerException(where + " names the chip " + id
                    + ", which the catalogue does not have. Maybe list the known ones with: ampacity facts list chips");
        }
        return chip;
    }

    /** What could not be counted; callers add to it. */
    public Set<String> warnings() {
        return warnings;
    }
}
