package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.Contract;
import io.ampacity.planner.reasons.SkillsWorth;
import io.ampacity.planner.reasons.SkillsWorth.Family;
import io.ampacity.scenario.Learning;
import io.ampacity.scenario.Learning.Way;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Projects;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Skills;
import io.ampacity.units.Money;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Skills are worth what planning again without their want saves. */
class SkillsWorthTest {

    private static final double QUARTER_HOURS = 8766.0 / 4;

    /** Four quarters; the other family is 1 USD/h cheaper, and learned in two quarters for 1,000 USD. */
    private static Scenario scenario(int leadMonths) {
        return new ScenarioBuilder()
                .horizon(4, 3, 0)
                .supplier("a", false)
                .site("a1", "a", "DE", 20, null, 100.0, null)
                .rent("a", "a1", "x", new Contract.OnDemand(), 3, 1)
                .rent("a", "a1", "y", new Contract.OnDemand(), 2, 1)
                .family("y", "rocm")
                .serving("w", 1, 1, 0)
                .build()
                .withProjects(Projects.NONE.withSkills(new Skills(
                        new TreeSet<>(Set.of("cuda")),
                        List.of(new Learning("rocm", Way.TRAIN, new Money(1000), new Money(0), leadMonths)))));
    }

    @Test
    void aFamilyAndAMonthAreWorthWhatTheySave() {
        HandMade numbers = new HandMade().serves("w", "x", 1, 1, 0, 0).serves("w", "y", 1, 1, 0, 0);
        for (int lead : new int[] {4, 6}) {
            Scenario scenario = scenario(lead);
            Plan plan = new Planner().plan(scenario, numbers, PlannerOptions.exact());
            assertThat(plan.objectiveUsd()).isCloseTo(10 * QUARTER_HOURS + 1000, within(0.01));
            SkillsWorth worth = SkillsWorth.of(new Planner(), scenario, numbers, PlannerOptions.exact(), plan);
            Family rocm = worth.families().getFirst();
            assertThat(rocm.family()).isEqualTo("rocm");
            assertThat(rocm.knownUsd()).isCloseTo(2 * QUARTER_HOURS + 1000, within(0.01));
            assertThat(rocm.ways()).hasSize(1);
            int months = lead - 3;
            assertThat(rocm.ways().getFirst().months()).isEqualTo(months);
            assertThat(rocm.ways().getFirst().usdPerMonth()).isCloseTo(QUARTER_HOURS / months, within(0.01));
        }
    }

    @Test
    void whoCanRunEverythingGainsNothing() {
        HandMade numbers = new HandMade().serves("w", "x", 1, 1, 0, 0).serves("w", "y", 1, 1, 0, 0);
        Scenario scenario = scenario(3)
                .withProjects(Projects.NONE.withSkills(new Skills(new TreeSet<>(Set.of("cuda", "rocm")), List.of())));
        Plan plan = new Planner().plan(scenario, numbers, PlannerOptions.exact());
        assertThat(SkillsWorth.of(new Planner(), scenario, numbers, PlannerOptions.exact(), plan)
                        .families())
                .isEmpty();
    }
}
