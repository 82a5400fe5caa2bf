package io.ampacity.planner.verify;

import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.verify.PlacementCheck.Drawn;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Capacity;
import io.ampacity.scenario.Plan.Placement;
import io.ampacity.scenario.Policy.Survival;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Workload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Says what a plan breaks: policies, capacity, deadlines, or its own arithmetic. It reads the scenario and the plan, with the
 * coefficients and assumptions they rest on, and shares no code with the planner's model.
 */
public final class PlanVerifier {

    private final Scenario scenario;
    private final Coefficients coefficients;
    private final Assumptions assumptions;

    public PlanVerifier(Scenario scenario, Coefficients coefficients, Assumptions assumptions) {
        this.scenario = scenario;
        this.coefficients = coefficients;
        this.assumptions = assumptions;
    }

    /** What the plan breaks; empty when it stands. A plan that says "infeasible" has nothing to check. */
    public List<Violation> verify(Plan plan) {
        if (plan.status() == Plan.Status.INFEASIBLE) {
            return List.of();
        }
        Findings findings = new Findings();
        if (!scenario.futures().isEmpty()) {
            new FuturesCheck(
                            scenario,
                            plan,
                            (future, answer) -> new PlanVerifier(future, coefficients, assumptions).verify(answer),
                            findings)
                    .run();
            return findings.violations();
        }
        CapacityCheck capacity = new CapacityCheck(scenario, plan, assumptions, findings);
        capacity.run();
        ProjectsCheck projects = new ProjectsCheck(scenario, plan, assumptions, findings);
        projects.run();
        List<Drawn> drawn = drawn(plan, findings);
        for (int p = 0; p < scenario.horizon().periods(); p++) {
            int period = p;
            List<Drawn> now =
                    drawn.stream().filter(d -> d.placement().period() == period).toList();
            work(now, p, findings);
            pools(plan, now, p, findings);
            power(now, p, projects, findings);
            survival(now, p, findings);
        }
        training(drawn, findings);
        double[] capital = new double[scenario.horizon().periods()];
        for (int p = 0; p < capital.length; p++) {
            capital[p] = capacity.paidOnDelivery(p) + projects.capital(p);
        }
        new MoneyCheck(scenario, plan, drawn, projects, capital, findings).run();
        return findings.violations();
    }

    private List<Drawn> drawn(Plan plan, Findings findings) {
        PlacementCheck check = new PlacementCheck(scenario, coefficients, findings);
        List<Drawn> drawn = new ArrayList<>();
        for (Placement placement : plan.placement()) {
            boolean inRange = placement.period() >= 0
                    && placement.period() < scenario.horizon().periods();
            if (!inRange || placement.replicas() < 0 || placement.chips() < 0) {
                findings.add(
                        "placement." + placement.workload(), placement.period(), "period or count is out of range");
                continue;
            }
            Drawn one = check.check(placement);
            if (one != null) {
                drawn.add(one);
            }
        }
        return drawn;
    }

    private double held(Plan plan, Placement at, boolean spot) {
        double chips = 0;
        for (Capacity line : plan.capacity()) {
            if (line.period() == at.period()
                    && line.site().equals(at.site())
                    && line.chip().equals(at.chip())
                    && line.contract().equals("spot") == spot
                    && operator(line).equals(at.supplier())) {
                chips += line.count();
            }
        }
        return chips;
    }

    /** Who runs the chips of a line: the seller of rented ones, the operator of the site for own and bought ones. */
    private String operator(Capacity line) {
        return line.standsOnOwnGround() ? site(line.site()).supplier() : line.supplier();
    }

    private Site site(String id) {
        for (Site site : scenario.sites()) {
            if (site.id().equals(id)) {
                return site;
            }
        }
        throw new IllegalArgumentException("no site " + id);
    }

    private void work(List<Drawn> now, int period, Findings findings) {
        for (Workload workload : scenario.workloads()) {
            List<Drawn> mine = now.stream()
                    .filter(d -> d.workload().id().equals(workload.id()))
                    .toList();
            switch (workload) {
                case Workload.Serving serving -> {
                    if (serving.traffic().peakRate(scenario.horizon(), period) > 0) {
                        double shares = mine.stream()
                                .mapToDouble(d -> d.placement().share())
                                .sum();
                        findings.same("workloads." + workload.id() + ".traffic", period, "served share", shares, 1);
                    }
                }
                case Workload.Training training -> {
                    if (mine.size() > 1) {
                        findings.add("workloads." + training.id(), period, "trains in two places at once");
                    }
                }
                case Workload.Batch batch -> {
                    double growth = Math.exp(Math.log1p(batch.growthPerYear())
                            * period
                            * scenario.horizon().monthsPerPeriod()
                            / 12.0);
                    double tokens = mine.stream()
                            .mapToDouble(d -> d.placement().tokens())
                            .sum();
                    findings.same(
                            "workloads." + batch.id() + ".output-tokens-per-period",
                            period,
                            "tokens",
                            tokens,
                            batch.outputTokensPerPeriod() * growth);
                }
            }
        }
    }

    private void pools(Plan plan, List<Drawn> now, int period, Findings findings) {
        Set<String> seen = new HashSet<>();
        for (Drawn first : now) {
            Placement at = first.placement();
            String pool = at.site() + "/" + at.supplier() + "/" + at.chip();
            if (!seen.add(pool)) {
                continue;
            }
            double peak = 0;
            double mean = 0;
            double gangs = 0;
            double batch = 0;
            double largestReplica = 0;
            for (Drawn other : now) {
                Placement place = other.placement();
                if (place.site().equals(at.site())
                        && place.supplier().equals(at.supplier())
                        && place.chip().equals(at.chip())) {
                    peak += other.peakChips();
                    gangs += other.gangChips();
                    if (other.workload() instanceof Workload.Batch && place.deployment() != null) {
                        batch += other.meanChips();
                        largestReplica =
                                Math.max(largestReplica, place.deployment().chips());
                    } else {
                        mean += other.meanChips();
                    }
                }
            }
            double held = held(plan, at, false);
            findings.atMost("capacity." + pool, period, "chips in use at the peak", peak, held);
            if (batch > 0) {
                // Spot chips beside the firm ones of the pool take part in batch work while they are there.
                double spot = held(plan, at, true);
                findings.atMost(
                        "capacity." + pool,
                        period,
                        "chips in use on average, with batch work",
                        mean + batch / assumptions.usableValley(),
                        held + spot * assumptions.spotAvailability());
                findings.atMost(
                        "capacity." + pool,
                        period,
                        "chips of a batch replica",
                        largestReplica,
                        Math.max(held - gangs, spot));
            }
        }
    }

    private void power(List<Drawn> now, int period, ProjectsCheck projects, Findings findings) {
        for (Site site : scenario.sites()) {
            if (site.power() != null) {
                double watts = 0;
                for (Drawn drawn : now) {
                    if (drawn.site().id().equals(site.id())) {
                        boolean batch = drawn.workload() instanceof Workload.Batch;
                        watts += drawn.fullWatts() / (batch ? assumptions.usableValley() : 1);
                    }
                }
                findings.atMost(
                        "sites." + site.id() + ".power",
                        period,
                        "watts",
                        watts * site.pue(),
                        site.power().watts() + projects.wattsAdded(site.id(), period));
            }
            projects.cooling(site, now, period);
        }
    }

    private void survival(List<Drawn> now, int period, Findings findings) {
        for (Survival survival : scenario.policy().survivals()) {
            switch (survival.loss()) {
                case SITE ->
                    losses(
                            scenario.sites().stream().map(Site::id).toList(),
                            survival.atOnce(),
                            lost -> lose(
                                    now,
                                    period,
                                    survival,
                                    lost,
                                    d -> lost.contains(d.site().id()),
                                    findings));
                case SUPPLIER ->
                    losses(
                            scenario.suppliers().stream()
                                    .filter(supplier -> !supplier.own())
                                    .map(Supplier::id)
                                    .toList(),
                            survival.atOnce(),
                            lost -> lose(
                                    now,
                                    period,
                                    survival,
                                    lost,
                                    d -> lost.contains(d.placement().supplier())
                                            || lost.contains(d.site().supplier()),
                                    findings));
                case CHIP_FAMILY ->
                    losses(
                            families(),
                            survival.atOnce(),
                            lost -> lose(
                                    now,
                                    period,
                                    survival,
                                    lost,
                                    d -> lost.contains(familyOf(d.placement().chip())),
                                    findings));
            }
        }
    }

    /** Families of all chips that are owned or offered, or may be made. */
    private List<String> families() {
        Set<String> families = new TreeSet<>();
        scenario.fleet().forEach(fleet -> families.add(familyOf(fleet.chip())));
        for (Supplier supplier : scenario.suppliers()) {
            supplier.offers()
                    .forEach(offer -> families.add(familyOf(offer.offer().chip())));
        }
        scenario.projects().programmes().forEach(programme -> families.add(familyOf(programme.chip())));
        return List.copyOf(families);
    }

    private String familyOf(String chip) {
        var known = scenario.catalogue().chips().get(chip);
        return known == null ? chip : known.family();
    }

    /** Every set of so many names, or of all where there are fewer. */
    private static void losses(List<String> names, int atOnce, Consumer<Set<String>> each) {
        for (int i = 0; i < names.size(); i++) {
            boolean alone = atOnce == 1 || names.size() == 1;
            for (int j = alone ? i : i + 1; j < (alone ? i + 1 : names.size()); j++) {
                Set<String> lost = new TreeSet<>(List.of(names.get(i)));
                lost.add(names.get(j));
                each.accept(lost);
            }
        }
    }

    private void lose(
            List<Drawn> now, int period, Survival survival, Set<String> what, Predicate<Drawn> hit, Findings findings) {
        for (Workload workload : scenario.workloads()) {
            if (workload instanceof Workload.Serving serving) {
                double left = 0;
                for (Drawn drawn : now) {
                    boolean mine = drawn.workload().id().equals(workload.id());
                    left += mine && !hit.test(drawn) ? drawn.survivingRate() : 0;
                }
                findings.atLeast(
                        "policy.survive." + survival.loss().word() + "[" + String.join("+", what) + "]."
                                + workload.id(),
                        period,
                        "requests/s that remain",
                        left,
                        survival.service() * serving.traffic().peakRate(scenario.horizon(), period));
            }
        }
    }

    private void training(List<Drawn> drawn, Findings findings) {
        for (Workload workload : scenario.workloads()) {
            if (workload instanceof Workload.Training training) {
                double tokens = 0;
                for (Drawn one : drawn) {
                    tokens += one.workload().id().equals(workload.id())
                            ? one.placement().tokens()
                            : 0;
                }
                findings.atLeast(
                        "workloads." + training.id() + ".deadline", null, "tokens trained", tokens, training.tokens());
            }
        }
    }
}
