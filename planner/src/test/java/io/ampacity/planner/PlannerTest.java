package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.Contract;
import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Capacity;
import io.ampacity.scenario.Policy.LossOf;
import io.ampacity.scenario.Scenario;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private final Planner planner = new Planner();
    private final HandMade numbers = Examples.companyNumbers();

    private Plan exact(Scenario scenario) {
        return planner.plan(scenario, numbers, PlannerOptions.exact());
    }

    @Test
    void aCompanyIsPlannedToProvenOptimumAndItsPlanStands() {
        Scenario scenario = Examples.company(1).build();
        Plan plan = exact(scenario);
        assertThat(plan.status()).isEqualTo(Plan.Status.OPTIMAL);
        assertThat(plan.gap()).isLessThan(1e-6);
        assertThat(plan.periods()).containsExactly("2027-Q1", "2027-Q2");
        assertThat(new PlanVerifier(scenario, numbers, Assumptions.usual()).verify(plan))
                .isEmpty();
    }

    @Test
    @Tag("nightly")
    void anEnterpriseIsPlannedInAMinuteWithAnHonestGapAndItsPlanStands() {
        Scenario scenario = Examples.enterprise().build();
        HandMade table = Examples.enterpriseNumbers();
        Plan plan = planner.plan(scenario, table, PlannerOptions.usual());
        assertThat(plan.status()).isIn(Plan.Status.OPTIMAL, Plan.Status.FEASIBLE);
        assertThat(plan.gap()).isLessThan(0.1);
        assertThat(new PlanVerifier(scenario, table, Assumptions.usual()).verify(plan))
                .isEmpty();
    }

    @Test
    void theDiscountedTotalsAreTheObjectiveToTheCent() {
        Scenario scenario = Examples.company(1).build();
        Plan plan = exact(scenario);
        double sum = 0;
        for (Plan.PeriodTotals total : plan.totals()) {
            sum += scenario.horizon().discountFactor(total.period()) * total.costUsd();
            assertThat(total.costUsd())
                    .isCloseTo(total.capacityUsd() + total.energyUsd() + total.carbonPriceUsd(), within(1e-6));
        }
        assertThat(sum).isCloseTo(plan.objectiveUsd(), within(0.005));
    }

    @Test
    void theOrderOfEntriesNeverChangesThePlan() {
        Scenario scenario = Examples.company(1).build();
        Plan plan = exact(scenario);
        for (int seed = 1; seed <= 3; seed++) {
            assertThat(exact(ScenarioBuilder.shuffled(scenario, new Random(seed))))
                    .isEqualTo(plan);
        }
    }

    @Test
    void theLocaleNeverChangesThePlan() {
        Scenario scenario = Examples.company(1).build();
        Plan plan = exact(scenario);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(exact(scenario)).isEqualTo(plan);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void twiceThePricesCostTwice() {
        double once = exact(Examples.company(1).build()).objectiveUsd();
        double twice = exact(Examples.company(2).build()).objectiveUsd();
        assertThat(twice).isCloseTo(2 * once, within(1e-6 * twice));
    }

    @Test
    void moreQuotaNeverCostsMore() {
        double less = exact(Examples.company(1).build()).objectiveUsd();
        double more = exact(Examples.company(1)
                        .quota("borealis", "h100", null, 40, 1)
                        .quota("aurora", null, null, 999, 0)
                        .build())
                .objectiveUsd();
        double few = exact(
                        Examples.company(1).quota("borealis", null, null, 8, 0).build())
                .objectiveUsd();
        assertThat(more).isLessThanOrEqualTo(less + 0.01);
        assertThat(few).isGreaterThanOrEqualTo(less - 0.01);
    }

    @Test
    void oneMoreOfferNeverCostsMore() {
        double before = exact(Examples.company(1).build()).objectiveUsd();
        double after = exact(Examples.company(1)
                        .rent("borealis", "borealis-fi", "h200", Examples.ON_DEMAND, 3.9, 2)
                        .build())
                .objectiveUsd();
        assertThat(after).isLessThanOrEqualTo(before + 0.01);
    }

    @Test
    void survivingMoreNeverCostsLess() {
        double before = exact(Examples.company(1).build()).objectiveUsd();
        double after =
                exact(Examples.company(1).survive(LossOf.SITE, 0.5).build()).objectiveUsd();
        assertThat(after).isGreaterThanOrEqualTo(before - 0.01);
    }

    @Test
    void aPurchaseIsOrderedALeadTimeBeforeItServes() {
        Scenario scenario = new ScenarioBuilder()
                .horizon(4, 3, 0.05)
                .supplier("vendor", false)
                .supplier("cloud", false)
                .supplier("home", true)
                .site("home-fr", "home", "FR", 10, 0.1, 50.0, null)
                .site("cloud-fr", "cloud", "FR", 10, null, 50.0, null)
                .offer("vendor", "home-fr", "h100", new Contract.Purchase(48, 5), 20_000, 1)
                .rent("cloud", "cloud-fr", "h100", Examples.ON_DEMAND, 5, 1)
                .serving("chat", 10, 1, 0)
                .build();
        HandMade table = new HandMade().serves("chat", "h100", 1, 5, 300, 50);
        Plan plan = planner.plan(scenario, table, PlannerOptions.exact());
        List<Capacity> bought = plan.capacity().stream()
                .filter(line -> line.contract().equals("purchase"))
                .toList();
        assertThat(bought).extracting(Capacity::period).containsExactly(0, 2, 3);
        assertThat(bought).extracting(Capacity::added).containsExactly(2, 0, 0);
        assertThat(bought).extracting(Capacity::count).containsExactly(0, 2, 2);
        assertThat(plan.placement())
                .filteredOn(place -> place.site().equals("home-fr"))
                .allSatisfy(place -> assertThat(place.supplier()).isEqualTo("home"));
    }

    @Test
    void aReservationThatOutlastsTheHorizonMustPayOffInsideIt() {
        ScenarioBuilder builder = new ScenarioBuilder()
                .horizon(4, 3, 0)
                .supplier("cloud", false)
                .site("cloud-fr", "cloud", "FR", 10, null, 50.0, null)
                .rent("cloud", "cloud-fr", "h100", Examples.ON_DEMAND, 4, 1)
                .rent("cloud", "cloud-fr", "h100", new Contract.Reserved(36, 0), 2, 1)
                .serving("chat", 10, 1, 0);
        HandMade table = new HandMade().serves("chat", "h100", 1, 5, 300, 50);
        Plan strict = planner.plan(builder.build(), table, PlannerOptions.exact());
        assertThat(strict.capacity()).extracting(Capacity::contract).containsOnly("on-demand");
        Assumptions usedOn = new Assumptions(0.55, 0.8, 1, 1);
        Plan lenient =
                planner.plan(builder.build(), table, PlannerOptions.exact().withAssumptions(usedOn));
        assertThat(lenient.capacity()).extracting(Capacity::contract).containsOnly("reserved-36m");
        assertThat(new PlanVerifier(builder.build(), table, usedOn).verify(lenient))
                .isEmpty();
    }

    @Test
    void carbonThatIsLimitedButUnknownIsAnErrorWithItsPlace() {
        Scenario scenario = new ScenarioBuilder()
                .supplier("cloud", false)
                .site("cloud-fr", "cloud", "FR", 10, null, null, null)
                .rent("cloud", "cloud-fr", "h100", Examples.ON_DEMAND, 4, 1)
                .serving("chat", 10, 1, 0)
                .carbon(null, 100.0, null)
                .build();
        HandMade table = new HandMade().serves("chat", "h100", 1, 5, 300, 50);
        assertThatThrownBy(() -> planner.plan(scenario, table, PlannerOptions.exact()))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("sites.cloud-fr.carbon-intensity")
                .hasMessageContaining("Maybe");
    }

    @Test
    void whatIsUnknownAndNotLimitedIsWarnedOf() {
        Scenario scenario = new ScenarioBuilder()
                .supplier("home", true)
                .site("home-fr", "home", "FR", 10, null, null, null)
                .owned("home-fr", "h100", 8, 0, null)
                .serving("chat", 10, 1, 0)
                .build();
        HandMade table = new HandMade().serves("chat", "h100", 1, 5, 300, 50);
        Plan plan = planner.plan(scenario, table, PlannerOptions.exact());
        assertThat(plan.warnings())
                .anyMatch(text -> text.contains("sites.home-fr.tariff"))
                .anyMatch(text -> text.contains("sites.home-fr.carbon-intensity"));
    }

    @Test
    void dataStaysWithItsSubProcessorsAndCountries() {
        Plan plan = exact(Examples.company(1).build());
        assertThat(plan.placement())
                .filteredOn(place -> place.workload().equals("chat"))
                .isNotEmpty()
                .allSatisfy(place -> assertThat(Set.of("aurora-de", "home-fr")).contains(place.site()));
    }
}
