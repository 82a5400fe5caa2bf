package io.ampacity.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.scenario.Plan;

/**
 * What planning a tiny scenario came to, beside trying every plan of it.
 *
 * @param plan accepted by the verifier
 * @param compared whether trying every plan reached as many chips as the plan holds, so that the costs are the same
 */
record Tried(Plan plan, boolean compared) {

    boolean isFeasible() {
        return plan.status() != Plan.Status.INFEASIBLE;
    }

    /** Plans and tries every plan; fails where the two differ. */
    static Tried of(TinyScenarios tiny) {
        Plan plan = new Planner().plan(tiny.scenario(), tiny.numbers(), PlannerOptions.exact());
        boolean none = plan.status() == Plan.Status.INFEASIBLE;
        double cutoff =
                none ? Double.POSITIVE_INFINITY : plan.objectiveUsd() + 0.01 + 1e-6 * Math.abs(plan.objectiveUsd());
        double cheapest = new BruteForce(tiny.scenario(), tiny.numbers(), TinyScenarios.MOST_BLOCKS).cheapest(cutoff);
        if (none) {
            assertThat(cheapest).isInfinite();
            assertThat(plan.relaxations()).isNotEmpty();
            return new Tried(plan, true);
        }
        assertThat(new PlanVerifier(tiny.scenario(), tiny.numbers(), Assumptions.usual()).verify(plan))
                .isEmpty();
        boolean fewBlocks = plan.capacity().stream()
                .allMatch(line -> line.contract().equals("owned") || line.count() <= TinyScenarios.MOST_BLOCKS);
        if (fewBlocks) {
            assertThat(plan.objectiveUsd()).isCloseTo(cheapest, within(0.01 + 1e-6 * Math.abs(cheapest)));
        } else if (Double.isFinite(cheapest)) {
            assertThat(plan.objectiveUsd()).isLessThanOrEqualTo(cheapest + 0.01);
        }
        return new Tried(plan, fewBlocks);
    }
}
