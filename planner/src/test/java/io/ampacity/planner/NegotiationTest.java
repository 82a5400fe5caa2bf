package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ampacity.facts.Contract;
import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.planner.reasons.Alternatives;
import io.ampacity.planner.reasons.Negotiation;
import io.ampacity.planner.reasons.Part;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class NegotiationTest {

    private final Planner planner = new Planner();

    /** Two clouds sell the same chip, one at 2 and one at 3 USD an hour; four chips are needed. */
    private static Scenario twoClouds() {
        return new ScenarioBuilder()
                .supplier("cheap", false)
                .supplier("dear", false)
                .site("c", "cheap", "DE", 10, null, 0.0, null)
                .site("d", "dear", "DE", 10, null, 0.0, null)
                .rent("cheap", "c", "x", new Contract.OnDemand(), 2, 1)
                .rent("dear", "d", "x", new Contract.OnDemand(), 3, 1)
                .serving("w", 4, 1, 0)
                .build();
    }

    private static HandMade numbers() {
        HandMade numbers = new HandMade();
        numbers.serves("w", "x", 1, 1, 100, 0);
        return numbers;
    }

    private Negotiation about(Scenario scenario, HandMade numbers, String part) {
        Plan plan = planner.plan(scenario, numbers, PlannerOptions.exact());
        return Negotiation.of(planner, scenario, plan, Part.parse(part, scenario), numbers, PlannerOptions.exact());
    }

    @Test
    void aSupplierLeavesWhereTheNextBestCostsAsMuch() {
        Negotiation sheet = about(twoClouds(), numbers(), "cheap");
        assertThat(sheet.factor()).isCloseTo(1.5, Offset.offset(0.01));
        assertThat(sheet.usedBelow()).isTrue();
        assertThat(sheet.usedAbove()).isFalse();
        assertThat(sheet.worthUsd()).isCloseTo(sheet.spentUsd() / 2, Offset.offset(1.0));
        assertThat(sheet.replacedBy()).containsEntry("dear/x", 4);
    }

    @Test
    void aSupplierThatIsOutEntersBelowTheCheapest() {
        Negotiation sheet = about(twoClouds(), numbers(), "dear/x");
        assertThat(sheet.spentUsd()).isZero();
        assertThat(sheet.factor()).isCloseTo(2.0 / 3, Offset.offset(0.01));
        assertThat(sheet.usedBelow()).isTrue();
        assertThat(sheet.usedAbove()).isFalse();
    }

    @Test
    void whatNoPlanCanDoWithoutLeavesAtNoPrice() {
        Negotiation sheet = about(twoClouds(), numbers(), "x");
        assertThat(sheet.factor()).isInfinite();
    }

    @Test
    void thePriceOfACompanyIsConfirmedByPlanningAgain() {
        Scenario scenario = Examples.company(1).build();
        int confirmed = 0;
        for (String part : List.of("aurora/h100", "aurora/h200", "borealis/h100", "borealis/spot", "reserved-6m")) {
            Negotiation sheet = about(scenario, Examples.companyNumbers(), part);
            if (Double.isFinite(sheet.factor())) {
                confirmed++;
                assertThat(sheet.usedBelow()).as(part).isTrue();
                assertThat(sheet.usedAbove()).as(part).isFalse();
            }
        }
        assertThat(confirmed).isGreaterThan(1);
    }

    @Test
    void alternativesCostWhatDoingWithoutCosts() {
        Plan plan = planner.plan(twoClouds(), numbers(), PlannerOptions.exact());
        var alternatives = Alternatives.of(planner, twoClouds(), plan, numbers(), PlannerOptions.exact());
        assertThat(alternatives.getFirst().without()).hasToString("cheap");
        assertThat(alternatives.getFirst().share()).isCloseTo(0.5, Offset.offset(1e-6));
        assertThat(alternatives.getLast().moreUsd()).isInfinite();
    }

    @Test
    void aPartThatNobodyOffersIsRefusedWithTheOnesThereAre() {
        assertThatThrownBy(() -> Part.parse("chaep", twoClouds()))
                .isInstanceOf(PlannerException.class)
                .hasMessageContaining("chaep")
                .hasMessageContaining("Maybe one of cheap/x, dear/x");
    }
}
