package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.planner.verify.Violation;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Capacity;
import io.ampacity.scenario.Plan.PeriodTotals;
import io.ampacity.scenario.Plan.Placement;
import io.ampacity.scenario.Policy.LossOf;
import io.ampacity.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PlanVerifierTest {

    private static final HandMade NUMBERS = Examples.companyNumbers();
    private static final Scenario SCENARIO = Examples.company(1).build();
    private static final Plan PLAN = new Planner().plan(SCENARIO, NUMBERS, PlannerOptions.exact());

    private static List<Violation> verify(Scenario scenario, Plan plan) {
        return new PlanVerifier(scenario, NUMBERS, Assumptions.usual()).verify(plan);
    }

    private static Plan with(List<Capacity> capacity, List<Placement> placement, List<PeriodTotals> totals) {
        return new Plan(
                PLAN.version(),
                PLAN.scenarioName(),
                PLAN.scenarioHash(),
                PLAN.status(),
                PLAN.objectiveUsd(),
                PLAN.boundUsd(),
                PLAN.gap(),
                PLAN.periods(),
                capacity,
                placement,
                totals,
                PLAN.bindingLimits(),
                PLAN.relaxations(),
                PLAN.warnings());
    }

    private static <T> List<List<T>> eachChanged(List<T> list, UnaryOperator<T> change) {
        List<List<T>> changed = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            T other = change.apply(list.get(i));
            if (other != null) {
                List<T> copy = new ArrayList<>(list);
                copy.set(i, other);
                changed.add(copy);
            }
        }
        assertThat(changed).isNotEmpty();
        return changed;
    }

    private static Placement placed(
            Placement p, String site, String supplier, int replicas, int chips, double share, double tokens) {
        return new Placement(
                p.period(),
                p.workload(),
                site,
                supplier,
                p.chip(),
                p.deployment(),
                replicas,
                chips,
                p.requestsPerSecond(),
                p.peakRequestsPerSecond(),
                p.capacityRequestsPerSecond(),
                share,
                tokens);
    }

    private static Capacity held(Capacity c, int count, int added, double usd) {
        return new Capacity(c.period(), c.site(), c.supplier(), c.chip(), c.contract(), count, added, usd);
    }

    @Test
    void thePlanItselfStands() {
        assertThat(verify(SCENARIO, PLAN)).isEmpty();
    }

    @Test
    void everyCapacityLineThatIsChangedIsFound() {
        for (UnaryOperator<Capacity> change : List.<UnaryOperator<Capacity>>of(
                c -> held(c, c.count() + 1, c.added(), c.costUsd()),
                c -> c.count() == 0 ? null : held(c, c.count() - 2, c.added(), c.costUsd()),
                c -> held(c, c.count(), c.added() + 2, c.costUsd()),
                c -> held(c, c.count(), c.added(), c.costUsd() * 0.9 - 1),
                c -> new Capacity(
                        c.period(), c.site(), c.supplier(), "b300", c.contract(), c.count(), c.added(), c.costUsd()),
                c -> new Capacity(
                        c.period(), "nowhere", c.supplier(), c.chip(), c.contract(), c.count(), c.added(), c.costUsd()),
                c -> new Capacity(
                        9, c.site(), c.supplier(), c.chip(), c.contract(), c.count(), c.added(), c.costUsd()))) {
            for (List<Capacity> capacity : eachChanged(PLAN.capacity(), change)) {
                assertThat(verify(SCENARIO, with(capacity, PLAN.placement(), PLAN.totals())))
                        .as(capacity.toString())
                        .isNotEmpty();
            }
        }
    }

    @Test
    void everyPlacementThatIsChangedIsFound() {
        for (UnaryOperator<Placement> change : List.<UnaryOperator<Placement>>of(
                p -> placed(p, p.site(), p.supplier(), p.replicas(), p.chips(), p.share() + 0.01, p.tokens() * 1.01),
                p -> placed(p, p.site(), p.supplier(), p.replicas(), p.chips(), p.share() - 0.01, p.tokens() * 0.99),
                p -> p.share() == 0
                        ? null
                        : placed(p, p.site(), p.supplier(), p.replicas() + 1, p.chips(), p.share(), p.tokens()),
                p -> placed(p, "nowhere", p.supplier(), p.replicas(), p.chips(), p.share(), p.tokens()),
                p -> placed(p, p.site(), "nobody", p.replicas(), p.chips(), p.share(), p.tokens()))) {
            for (List<Placement> placement : eachChanged(PLAN.placement(), change)) {
                assertThat(verify(SCENARIO, with(PLAN.capacity(), placement, PLAN.totals())))
                        .as(placement.toString())
                        .isNotEmpty();
            }
        }
    }

    @Test
    void everyPlacementOrCapacityLineThatIsMissingIsFound() {
        for (int i = 0; i < PLAN.placement().size(); i++) {
            List<Placement> fewer = new ArrayList<>(PLAN.placement());
            fewer.remove(i);
            assertThat(verify(SCENARIO, with(PLAN.capacity(), fewer, PLAN.totals())))
                    .isNotEmpty();
        }
        for (int i = 0; i < PLAN.capacity().size(); i++) {
            List<Capacity> fewer = new ArrayList<>(PLAN.capacity());
            fewer.remove(i);
            assertThat(verify(SCENARIO, with(fewer, PLAN.placement(), PLAN.totals())))
                    .isNotEmpty();
        }
    }

    @Test
    void everyTotalThatIsChangedIsFound() {
        for (UnaryOperator<PeriodTotals> change : List.<UnaryOperator<PeriodTotals>>of(
                t -> new PeriodTotals(
                        t.period(),
                        t.costUsd() - 1,
                        t.capacityUsd(),
                        t.energyUsd(),
                        t.carbonPriceUsd(),
                        t.energyKwh(),
                        t.carbonKg(),
                        t.waterLitres()),
                t -> new PeriodTotals(
                        t.period(),
                        t.costUsd(),
                        t.capacityUsd() - 1,
                        t.energyUsd(),
                        t.carbonPriceUsd(),
                        t.energyKwh(),
                        t.carbonKg(),
                        t.waterLitres()),
                t -> new PeriodTotals(
                        t.period(),
                        t.costUsd(),
                        t.capacityUsd(),
                        t.energyUsd() - 1,
                        t.carbonPriceUsd(),
                        t.energyKwh(),
                        t.carbonKg(),
                        t.waterLitres()),
                t -> new PeriodTotals(
                        t.period(),
                        t.costUsd(),
                        t.capacityUsd(),
                        t.energyUsd(),
                        t.carbonPriceUsd() - 1,
                        t.energyKwh(),
                        t.carbonKg(),
                        t.waterLitres()),
                t -> new PeriodTotals(
                        t.period(),
                        t.costUsd(),
                        t.capacityUsd(),
                        t.energyUsd(),
                        t.carbonPriceUsd(),
                        t.energyKwh() - 1,
                        t.carbonKg(),
                        t.waterLitres()),
                t -> new PeriodTotals(
                        t.period(),
                        t.costUsd(),
                        t.capacityUsd(),
                        t.energyUsd(),
                        t.carbonPriceUsd(),
                        t.energyKwh(),
                        t.carbonKg() * 0.99,
                        t.waterLitres()))) {
            for (List<PeriodTotals> totals : eachChanged(PLAN.totals(), change)) {
                assertThat(verify(SCENARIO, with(PLAN.capacity(), PLAN.placement(), totals)))
                        .isNotEmpty();
            }
        }
    }

    @Test
    void aPlanThatIsHeldAgainstStricterPoliciesBreaksThem() {
        double spent = PLAN.totals().stream()
                .mapToDouble(t -> t.capacityUsd() + t.energyUsd())
                .sum();
        double kilograms =
                PLAN.totals().stream().mapToDouble(PeriodTotals::carbonKg).sum();
        breaks(Examples.company(1).budget(null, spent * 0.999), "policy.budget-total");
        breaks(Examples.company(1).budget(spent * 0.4, null), "policy.budget-per-period");
        breaks(Examples.company(1).carbon(null, kilograms * 0.999, 80.0), "policy.carbon-total");
        breaks(Examples.company(1).carbon(kilograms * 0.4, null, 80.0), "policy.carbon-per-period");
        breaks(Examples.company(1).operating(null, 1_000.0), "policy.operating-budget-total");
        breaks(Examples.company(1).operating(1_000.0, null), "policy.operating-budget-per-period");
        double capital =
                PLAN.totals().stream().mapToDouble(PeriodTotals::capitalUsd).sum();
        if (capital > 0) {
            breaks(Examples.company(1).capital(null, capital * 0.99), "policy.capital-budget-total");
        }
        breaks(Examples.company(1).shareCap(0.05), "policy.supplier-share-cap");
        breaks(Examples.company(1).survive(LossOf.SUPPLIER, 1), "policy.survive.supplier");
        breaks(Examples.company(1).survive(LossOf.SITE, 1), "policy.survive.site");
        breaks(Examples.company(1).survive(LossOf.CHIP_FAMILY, 0.1), "policy.survive.chip-family");
        breaks(Examples.company(1).quota("aurora", null, null, 1, 0), "suppliers.aurora.quotas");
        breaks(Examples.company(1).dataClass("personal", Set.of(), Set.of("DE", "FR")), "sub-processors");
        breaks(Examples.company(1).dataClass("personal", null, Set.of("IE")), "jurisdictions");
        breaks(Examples.company(1).site("home-fr", "home", "FR", 10, 0.12, 50.0, 2_000.0), "sites.home-fr.power");
        breaks(Examples.company(1).site("home-fr", "home", "FR", 90, 0.12, 50.0, 60_000.0), "latency-class");
    }

    private static void breaks(ScenarioBuilder stricter, String limit) {
        assertThat(verify(stricter.build(), PLAN))
                .extracting(Violation::limit)
                .as(limit)
                .anyMatch(name -> name.contains(limit));
    }
}
