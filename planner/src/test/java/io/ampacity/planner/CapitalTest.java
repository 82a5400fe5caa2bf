package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.Contract;
import io.ampacity.scenario.Expansion;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.BindingLimit;
import io.ampacity.scenario.Plan.Relaxation;
import io.ampacity.scenario.Policy;
import io.ampacity.units.Money;
import io.ampacity.units.Power;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Budgets for what is bought and built, and for everything else. */
class CapitalTest {

    private static final double QUARTER = 8766.0 / 4;
    private static final double PRICE = 10_000;

    private final Planner planner = new Planner();
    private final HandMade numbers = new HandMade().serves("chat", "x", 1, 5, 400, 0);

    /** Eight chips are needed: rented for 4 USD/h or bought for 10,000 USD and a quarter's wait. */
    private static ScenarioBuilder rentOrBuy() {
        return new ScenarioBuilder()
                .horizon(4, 3, 0)
                .supplier("cloud", false)
                .supplier("home", true)
                .site("cloud-fr", "cloud", "FR", 10, null, 100.0, null)
                .site("home-fr", "home", "FR", 10, 0.1, 100.0, null)
                .rent("cloud", "cloud-fr", "x", Examples.ON_DEMAND, 4, 1)
                .offer("cloud", "home-fr", "x", new Contract.Purchase(48, 3), PRICE, 1)
                .serving("chat", 20, 2, 0);
    }

    private Plan plan(ScenarioBuilder builder) {
        return planner.plan(builder.build(), numbers, PlannerOptions.exact());
    }

    private static int bought(Plan plan) {
        return plan.capacity().stream()
                .filter(Plan.Capacity::isBought)
                .mapToInt(Plan.Capacity::added)
                .sum();
    }

    @Test
    void wholePricesCountWhenTheChipsCome() {
        Plan plan = plan(rentOrBuy());
        assertThat(bought(plan)).isEqualTo(8);
        assertThat(plan.totals().get(0).capitalUsd()).isZero();
        assertThat(plan.totals().get(1).capitalUsd()).isCloseTo(8 * PRICE, within(0.01));
        assertThat(plan.totals().get(2).capitalUsd()).isZero();
        assertThat(plan.totals().get(0).operatingUsd()).isCloseTo(8 * 4 * QUARTER, within(0.01));
        double home = 8 * 0.05 * QUARTER + 8 * 0.4 * 1.25 * QUARTER * 0.1;
        assertThat(plan.totals().get(2).operatingUsd()).isCloseTo(home, within(0.01));
    }

    @Test
    void asManyChipsAreBoughtAsTheCapitalBudgetPays() {
        Plan plan = plan(rentOrBuy().capital(null, 3.5 * PRICE));
        assertThat(bought(plan)).isEqualTo(3);
        assertThat(bought(plan(rentOrBuy().capital(0.0, null)))).isZero();
        BindingLimit limit = plan.bindingLimits().stream()
                .filter(each -> each.limit().equals("policy.capital-budget-total"))
                .findFirst()
                .orElseThrow();
        // A chip bought saves three quarters of rent and costs its recovery, its space and its energy.
        double saved = 3 * 4 * QUARTER - PRICE * 3 / 16 - 3 * (0.05 + 0.4 * 1.25 * 0.1) * QUARTER;
        assertThat(limit.shadowPrice()).isCloseTo(saved / PRICE, within(1e-6));
        assertThat(limit.explanation()).startsWith("To raise the capital budget by one USD");
    }

    @Test
    void aSmallOperatingBudgetMakesOneBuyAndATooSmallOneIsRaised() {
        Policy.PeriodLimit later = new Policy.PeriodLimit(1, 3, null, null, new Money(8 * 1.5 * QUARTER), null, null);
        assertThat(bought(plan(rentOrBuy().periodLimit(later)))).isPositive();
        Plan none = plan(rentOrBuy().operating(7 * 4 * QUARTER, null));
        assertThat(none.status()).isEqualTo(Plan.Status.INFEASIBLE);
        assertThat(none.relaxations()).hasSize(1);
        Relaxation relaxation = none.relaxations().getFirst();
        assertThat(relaxation.limit()).isEqualTo("policy.operating-budget-per-period");
        assertThat(relaxation.by()).isBetween(4 * QUARTER, 4 * QUARTER * 1.002);
        assertThat(plan(rentOrBuy().operating(7 * 4 * QUARTER + relaxation.by(), null))
                        .status())
                .isEqualTo(Plan.Status.OPTIMAL);
    }

    @Test
    void anExpansionIsPaidWholeWhenItIsReady() {
        Plan plan = plan(rentOrBuy()
                .site("home-fr", "home", "FR", 10, 0.1, 100.0, 1_000.0)
                .expansion(new Expansion(
                        "home-fr", "hall", new Power(2_000), new Money(500), new Money(400), 2, 0, 3, 120, List.of())));
        assertThat(plan.projects()).isNotEmpty();
        int steps = plan.projects().getFirst().count();
        assertThat(plan.totals().get(1).capitalUsd()).isCloseTo(bought(plan) * PRICE + steps * 500, within(0.01));
    }
}
