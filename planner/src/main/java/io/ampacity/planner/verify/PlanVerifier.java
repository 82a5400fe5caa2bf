package io.ampacity.planner.verify;

import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.verify.PlacementCheck.Drawn;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Capacity;
import io.ampacity.scenario.Plan.Placement;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Workload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
            pools(plan, now, p, findings);
            power(now, p, projects, findings);
            new SurvivalCheck(scenario, now, p, findings).run();
        }
        new WorkCheck(scenario, drawn, findings).run();
        NetworkCheck network = new NetworkCheck(scenario, drawn, findings);
        network.run();
        double[] capital = new double[scenario.horizon().periods()];
        for (int p = 0; p < capital.length; p++) {
            capital[p] = capacity.paidOnDelivery(p) + projects.capital(p);
        }
        new MoneyCheck(scenario, plan, drawn, projects, network, capital, findings).run();
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
}
