package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.ChipPart;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.BindingLimit;
import io.ampacity.scenario.Plan.Relaxation;
import io.ampacity.scenario.ShareCaps.PartCap;
import io.ampacity.scenario.ShareCaps.ShareOf;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What rests on one foundry, packager or maker of memory, and on one supplier's compute. */
class PartSharesTest {

    private static final double QUARTER = 8766.0 / 4;

    private final Planner planner = new Planner();
    private final HandMade numbers =
            new HandMade().serves("chat", "x", 1, 5, 400, 0).serves("chat", "y", 1, 5, 400, 0);

    /** Ten chips are needed: x of foundry f1 for 2 USD/h at either cloud, or y of f2 for 3 USD/h, both of one peak. */
    private static ScenarioBuilder clouds() {
        return new ScenarioBuilder()
                .horizon(1, 3, 0)
                .supplier("one", false)
                .supplier("two", false)
                .site("one-fr", "one", "FR", 10, null, 100.0, null)
                .site("two-fr", "two", "FR", 10, null, 100.0, null)
                .rent("one", "one-fr", "x", Examples.ON_DEMAND, 2, 1)
                .rent("two", "two-fr", "x", Examples.ON_DEMAND, 2.5, 1)
                .rent("two", "two-fr", "y", Examples.ON_DEMAND, 3, 1)
                .made("x", List.of("f1"), 1)
                .made("y", List.of("f2"), 1)
                .serving("chat", 25, 2, 0);
    }

    private static PartCap foundry(@Nullable String maker, ShareOf of, double cap) {
        return new PartCap(ChipPart.FOUNDRY, maker, of, cap);
    }

    private Plan plan(ScenarioBuilder builder) {
        return planner.plan(builder.build(), numbers, PlannerOptions.exact());
    }

    private static int chips(Plan plan, String name) {
        return plan.capacity().stream()
                .filter(line -> line.chip().equals(name) || line.supplier().equals(name))
                .mapToInt(Plan.Capacity::count)
                .sum();
    }

    @Test
    void aCapOnOneFoundryMakesOneTakeChipsOfAnother() {
        Plan plan = plan(clouds().partCap(foundry(null, ShareOf.COMPUTE, 0.7)));
        assertThat(chips(plan, "x")).isEqualTo(7);
        assertThat(chips(plan, "y")).isEqualTo(3);
        BindingLimit limit = plan.bindingLimits().stream()
                .filter(each -> each.limit().equals("policy.part-shares.foundry.compute[f1]"))
                .findFirst()
                .orElseThrow();
        // A point of ten chips is a tenth of a chip, which is then 1 USD an hour cheaper.
        assertThat(limit.shadowPrice()).isCloseTo(0.1 * QUARTER, within(0.01));
        assertThat(limit.explanation()).contains("may rest on foundry by f1");
    }

    @Test
    void aChipThatSeveralFoundriesMakeRestsOnNone() {
        Plan plan = plan(clouds().made("x", List.of("f1", "f2"), 1).partCap(foundry(null, ShareOf.COMPUTE, 0.1)));
        assertThat(chips(plan, "x")).isEqualTo(10);
    }

    @Test
    void aCapOnOneMakerLeavesTheOthersAlone() {
        assertThat(chips(plan(clouds().partCap(foundry("f2", ShareOf.COMPUTE, 0.0))), "x"))
                .isEqualTo(10);
        assertThat(chips(plan(clouds().partCap(foundry("f1", ShareOf.COMPUTE, 0.0))), "y"))
                .isEqualTo(10);
    }

    @Test
    void sharesOfSpendingCountMoneyInsteadOfChips() {
        Plan plan = plan(clouds().partCap(foundry("f1", ShareOf.SPENDING, 0.6)));
        int x = chips(plan, "x");
        int y = chips(plan, "y");
        assertThat(2.0 * x / (2 * x + 3 * y)).isLessThanOrEqualTo(0.6);
        assertThat(2.0 * (x + 1) / (2 * (x + 1) + 3 * (y - 1))).isGreaterThan(0.6);
    }

    @Test
    void aSupplierRentsOutNoMoreThanItsShareOfCompute() {
        Plan plan = plan(clouds().computeCap(0.5));
        assertThat(chips(plan, "one")).isEqualTo(5);
        assertThat(plan.bindingLimits()).extracting(BindingLimit::limit).contains("policy.supplier-compute-cap[one]");
    }

    @Test
    void whereNobodyElseMakesChipsTheCapIsRaised() {
        Plan plan = plan(clouds().made("y", List.of("f1"), 1).partCap(foundry("f1", ShareOf.COMPUTE, 0.8)));
        assertThat(plan.status()).isEqualTo(Plan.Status.INFEASIBLE);
        assertThat(plan.relaxations()).hasSize(1);
        Relaxation relaxation = plan.relaxations().getFirst();
        assertThat(relaxation.limit()).isEqualTo("policy.part-shares.foundry.compute[f1]");
        assertThat(relaxation.by()).isCloseTo(20, within(0.1));
    }
}
