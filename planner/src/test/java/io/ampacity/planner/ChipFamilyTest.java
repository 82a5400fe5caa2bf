package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.planner.replan.Change;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.BindingLimit;
import io.ampacity.scenario.Plan.Relaxation;
import io.ampacity.scenario.Policy.LossOf;
import io.ampacity.scenario.Supplier;
import org.junit.jupiter.api.Test;

/** The loss of every chip of a family, wherever it stands. */
class ChipFamilyTest {

    private static final double QUARTER = 8766.0 / 4;

    private final Planner planner = new Planner();
    private final HandMade numbers =
            new HandMade().serves("chat", "x", 1, 5, 400, 0).serves("chat", "y", 1, 5, 400, 0);

    /** Two clouds with the cheap chip, one of them with a dearer one of another family as well; peak 40 requests/s: 8 chips. */
    private static ScenarioBuilder clouds() {
        return new ScenarioBuilder()
                .horizon(1, 3, 0)
                .supplier("one", false)
                .supplier("two", false)
                .site("one-fr", "one", "FR", 10, null, 100.0, null)
                .site("two-fr", "two", "FR", 10, null, 100.0, null)
                .rent("one", "one-fr", "x", Examples.ON_DEMAND, 2, 1)
                .rent("two", "two-fr", "x", Examples.ON_DEMAND, 2, 1)
                .rent("two", "two-fr", "y", Examples.ON_DEMAND, 3, 1)
                .family("y", "rocm")
                .serving("chat", 20, 2, 0);
    }

    private Plan plan(ScenarioBuilder builder) {
        return planner.plan(builder.build(), numbers, PlannerOptions.exact());
    }

    @Test
    void aSecondSupplierOfTheSameFamilyDoesNotHelpWhenTheFamilyIsLost() {
        assertThat(plan(clouds().survive(LossOf.SUPPLIER, 0.5)).objectiveUsd())
                .isCloseTo(8 * 2 * QUARTER, within(0.01));
        Plan both = plan(clouds().survive(LossOf.CHIP_FAMILY, 0.5));
        assertThat(both.objectiveUsd()).isCloseTo((4 * 2 + 4 * 3) * QUARTER, within(0.01));
    }

    @Test
    void aPointOfServiceLessIsWorthTheDearerChipsItNeeds() {
        BindingLimit limit = plan(clouds().survive(LossOf.CHIP_FAMILY, 0.5)).bindingLimits().stream()
                .filter(each -> each.limit().equals("policy.survive.chip-family[cuda].chat"))
                .findFirst()
                .orElseThrow();
        // A point of 40 requests/s is 0.08 chips, which would cost 1 USD an hour less each.
        assertThat(limit.shadowPrice()).isCloseTo(0.08 * QUARTER, within(0.01));
        assertThat(limit.unit()).isEqualTo("percentage point");
        assertThat(limit.explanation()).contains("after the loss of chip family cuda");
    }

    @Test
    void whereTheOtherFamilyIsScarceThePlanSaysByHowMuchToAskLess() {
        Plan plan = plan(clouds().quota("two", "y", null, 2, 0).survive(LossOf.CHIP_FAMILY, 0.5));
        assertThat(plan.status()).isEqualTo(Plan.Status.INFEASIBLE);
        assertThat(plan.relaxations())
                .extracting(Relaxation::limit)
                .allMatch(name -> name.startsWith("policy.survive.chip-family[cuda]") || name.contains("quotas[y"));
    }

    @Test
    void withoutTheFamilyNothingOfItIsOffered() {
        var left = Change.parse("chip-family.cuda=lost").applyTo(clouds().build());
        assertThat(left.suppliers().stream()
                        .map(Supplier::offers)
                        .flatMap(offers ->
                                offers.stream().map(offer -> offer.offer().chip())))
                .containsExactly("y");
    }
}
