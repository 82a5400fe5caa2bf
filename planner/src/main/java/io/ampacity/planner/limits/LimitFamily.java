package io.ampacity.planner.limits;

import io.ampacity.planner.model.PlanModel;
import java.util.List;

/** Adds the rows of one kind of limit to a model. */
@FunctionalInterface
public interface LimitFamily {

    void addTo(PlanModel model);

    /** Every family there is, in the order in which their rows stand. */
    static List<LimitFamily> all() {
        return List.of(
                new PeakDemandIsServed(),
                new TrainingMeetsDeadline(),
                new BatchIsFinished(),
                new ChipsAreHeld(),
                new QuotaHolds(),
                new SitePowerHolds(),
                new CoolingIsReady(),
                new ExpansionsHaveSteps(),
                new ProgrammesDeliver(),
                new SkillsAreThere(),
                new RunsFollowTheirData(),
                new LinesCarry(),
                new BudgetHolds(),
                new CarbonHolds(),
                new PeriodLimitsHold(),
                new SharesHold(),
                new LossIsSurvived());
    }
}
