package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.Contract;
import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.reasons.Choice;
import io.ampacity.planner.reasons.Different;
import io.ampacity.planner.reasons.Flips;
import io.ampacity.planner.reasons.Flips.Flip;
import io.ampacity.planner.reasons.Lever;
import io.ampacity.planner.replan.Pinned;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What would flip a decision, and what else could be decided at hardly more cost. */
class FlipsTest {

    private final Planner planner = new Planner();
    private final HandMade numbers =
            new HandMade().serves("chat", "x", 1, 5, 400, 0).serves("chat", "y", 1, 5, 400, 0);

    /** Eight chips: x of one for 2.00 USD/h, y of two for 2.03. */
    private static ScenarioBuilder clouds() {
        return new ScenarioBuilder()
                .horizon(2, 3, 0)
                .supplier("one", false)
                .supplier("two", false)
                .supplier("home", true)
                .site("one-fr", "one", "FR", 10, null, 100.0, null)
                .site("two-fr", "two", "FR", 10, null, 100.0, null)
                .site("home-fr", "home", "FR", 10, 0.1, 100.0, null)
                .rent("one", "one-fr", "x", Examples.ON_DEMAND, 2, 1)
                .rent("two", "two-fr", "y", Examples.ON_DEMAND, 2.03, 1)
                .serving("chat", 20, 2, 0);
    }

    private List<Flip> flips(ScenarioBuilder builder) {
        Scenario scenario = builder.build();
        Plan plan = planner.plan(scenario, numbers, PlannerOptions.exact());
        Flips.Answer answer =
                Flips.of(planner, scenario, plan, numbers, PlannerOptions.exact(), from(plan), change -> {});
        assertThat(answer.untried()).isEmpty();
        return answer.flips();
    }

    private static Restriction from(Plan plan) {
        return new Pinned(plan, 0, Pinned.Reach.ANYWHERE);
    }

    private static Flip of(List<Flip> flips, Choice choice, Lever.Kind kind) {
        return flips.stream()
                .filter(flip -> flip.choice() == choice && flip.lever().kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theFirstSupplierFlipsWhereItsPricePassesThatOfTheOther() {
        List<Flip> flips = flips(clouds());
        Flip dearer = of(flips, Choice.FIRST_SUPPLIER, Lever.Kind.DEARER);
        assertThat(dearer.from()).isEqualTo("one");
        assertThat(dearer.to()).isEqualTo("two");
        assertThat(2 * (1 + dearer.same())).isLessThan(2.03);
        assertThat(2 * (1 + dearer.other())).isGreaterThan(2.03);
        assertThat(dearer.other() - dearer.same()).isLessThan(0.01);
        Flip cheaper = of(flips, Choice.CHIP, Lever.Kind.CHEAPER);
        assertThat(cheaper.to()).isEqualTo("y");
        assertThat(2.03 * (1 - cheaper.same())).isGreaterThan(2);
        assertThat(2.03 * (1 - cheaper.other())).isLessThan(2);
    }

    @Test
    void aLaterDeliveryMakesOneRent() {
        ScenarioBuilder builder = clouds().offer("one", "home-fr", "x", new Contract.Purchase(48, 0), 5_000, 1);
        Flip later = of(flips(builder), Choice.BUY_OR_RENT, Lever.Kind.LATER);
        assertThat(later.from()).isEqualTo("buy");
        assertThat(later.to()).isEqualTo("rent");
        assertThat(later.lever().spoken(later.other())).startsWith("deliveries ");
    }

    @Test
    void whatNoChangeTriedFlipsIsNotTold() {
        assertThat(flips(clouds()))
                .noneMatch(flip -> flip.lever().kind() == Lever.Kind.MORE_DEMAND)
                .noneMatch(flip -> flip.choice() == Choice.BUY_OR_RENT);
    }

    @Test
    void whatTimeRunsOutForIsTold() {
        Scenario scenario = clouds().build();
        Plan plan = planner.plan(scenario, numbers, PlannerOptions.exact());
        PlannerOptions noTime = PlannerOptions.exact().within(1e-9);
        Flips.Answer answer = Flips.of(planner, scenario, plan, numbers, noTime, from(plan), change -> {});
        assertThat(answer.flips()).isEmpty();
        assertThat(answer.untried())
                .extracting(untried -> untried.lever().spoken(untried.from()))
                .containsExactly("one 10.0 % dearer", "two 10.0 % cheaper", "10.0 % more demand", "10.0 % less demand");
    }

    @Test
    void eachChangeIsHeardBeforeItIsTriedTheSmallOnesFirst() {
        Scenario scenario = clouds().build();
        Plan plan = planner.plan(scenario, numbers, PlannerOptions.exact());
        List<String> heard = new ArrayList<>();
        Flips.of(planner, scenario, plan, numbers, PlannerOptions.exact(), from(plan), heard::add);
        assertThat(heard)
                .startsWith("one 10.0 % dearer", "two 10.0 % cheaper", "10.0 % more demand", "10.0 % less demand")
                .doesNotHaveDuplicates();
    }

    @Test
    void theMostDifferentPlanUsesNothingOfTheCheapest() {
        Scenario scenario = clouds().build();
        Plan plan = planner.plan(scenario, numbers, PlannerOptions.exact());
        List<Different.Alternative> others =
                Different.of(planner, scenario, plan, numbers, PlannerOptions.exact(), 0.02, 3);
        assertThat(others).isNotEmpty();
        Different.Alternative first = others.getFirst();
        assertThat(first.kept()).isZero();
        assertThat(first.plan().capacity()).allMatch(line -> line.supplier().equals("two"));
        assertThat(first.moreUsd()).isCloseTo(plan.objectiveUsd() * 0.015, within(0.01));
        assertThat(new PlanVerifier(scenario, numbers, Assumptions.usual()).verify(first.plan()))
                .isEmpty();
    }

    @Test
    void withinACostTooSmallForAnotherSupplierOnlyAPartMoves() {
        Scenario scenario = clouds().build();
        Plan plan = planner.plan(scenario, numbers, PlannerOptions.exact());
        // Half a per cent pays for a third of all chips at the dearer price: 5 of 16 chips for a quarter.
        Different.Alternative first = Different.of(planner, scenario, plan, numbers, PlannerOptions.exact(), 0.005, 1)
                .getFirst();
        assertThat(first.plan().capacity().stream()
                        .filter(line -> line.supplier().equals("two"))
                        .mapToInt(Plan.Capacity::count)
                        .sum())
                .isEqualTo(5);
        assertThat(first.moreUsd()).isLessThanOrEqualTo(plan.objectiveUsd() * 0.005 + 0.01);
    }
}
