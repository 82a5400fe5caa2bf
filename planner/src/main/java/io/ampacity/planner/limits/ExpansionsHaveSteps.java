package io.ampacity.planner.limits;

import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.model.Project;
import io.ampacity.scenario.Expansion;

/** A site is expanded by no more steps than there is ground and grid for, whenever each begins. */
final class ExpansionsHaveSteps implements LimitFamily {

    @Override
    public void addTo(PlanModel model) {
        for (Project project : model.projects()) {
            Expansion expansion = project.expansion();
            // The same in every future, so one row stands for all.
            if (expansion != null
                    && model.isFirst("steps " + project.path())
                    && !project.started().isConstant()) {
                model.linear().atMost("steps[" + project.path() + "]", project.started(), expansion.steps());
            }
        }
    }
}
