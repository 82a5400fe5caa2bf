package io.ampacity.planner;

import io.ampacity.planner.model.JointModel;
import io.ampacity.planner.solver.LinearSum;

/** What is minimised instead of cost. */
@FunctionalInterface
public interface Aim {

    /** The sum that is minimised; it may bring variables and rows of its own. */
    LinearSum of(JointModel model);
}
