package io.ampacity.planner;

import io.ampacity.planner.model.JointModel;
import io.ampacity.planner.solver.LinearSum;
import java.util.List;

/** What it means to be near a plan that stood: for a question that is asked again after a small change. */
public interface Nearby {

    /** What is asked for: what stays of the plan that stood whatever it costs. */
    Restriction asked();

    /** Where to look, the smallest part first; each search starts from what the one before found. */
    List<Restriction> reaches();

    /** What it costs to differ from the plan that stood, in USD; may add variables and rows. */
    LinearSum costOfChange(JointModel model);

    /** By how much weights differ from those that stood; may add variables and rows. */
    LinearSum swing(JointModel model);
}
