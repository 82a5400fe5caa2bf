package io.ampacity.planner.replan;

import io.ampacity.facts.Deployment;
import io.ampacity.planner.Nearby;
import io.ampacity.planner.Restriction;
import io.ampacity.planner.model.JointModel;
import io.ampacity.planner.model.Use;
import io.ampacity.planner.replan.Pinned.Reach;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Variable;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Placement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Nearness to a plan that stood: its orders before a period stay, its replicas move little, its weights no more than is worth it.
 *
 * @param before the plan that stood
 * @param until the first period whose orders are not placed yet, from 0
 * @param usdPerChip what it costs to move one chip to other work for a period, or to take it up or give it up; 0 for nothing
 */
public record NearPlan(Plan before, int until, double usdPerChip) implements Nearby {

    public NearPlan {
        if (!(usdPerChip >= 0) || Double.isInfinite(usdPerChip)) {
            throw new IllegalArgumentException("a change costs " + usdPerChip + " USD a chip. Maybe 0 is meant");
        }
    }

    @Override
    public Restriction asked() {
        return new Pinned(before, until, Reach.ANYWHERE);
    }

    @Override
    public List<Restriction> reaches() {
        return List.of(new Pinned(before, until, Reach.ADDING), new Pinned(before, until, Reach.NEAR));
    }

    @Override
    public LinearSum costOfChange(JointModel model) {
        LinearSum cost = new LinearSum();
        if (usdPerChip > 0) {
            for (JointModel.Part part : model.parts()) {
                Map<String, Double> was = served(part, Placement::replicas);
                double weight = usdPerChip * part.future().probability();
                for (Use.Serving use : part.model().serving()) {
                    Variable off = off(model.linear(), use.replicas(), was.getOrDefault(Pinned.key(use), 0.0));
                    cost.plus(weight * use.candidate().chips(), off);
                }
            }
        }
        return cost;
    }

    @Override
    public LinearSum swing(JointModel model) {
        LinearSum swing = new LinearSum();
        for (JointModel.Part part : model.parts()) {
            Map<String, Double> was = served(part, Placement::share);
            for (Use.Serving use : part.model().serving()) {
                swing.plus(1, off(model.linear(), use.share(), was.getOrDefault(Pinned.key(use), 0.0)));
            }
        }
        return swing;
    }

    /** A variable that is at least as large as another differs from a value. */
    private static Variable off(LinearModel model, Variable variable, double value) {
        Variable off = model.continuous("off " + variable.name(), 0, Double.POSITIVE_INFINITY);
        model.atMost("above " + variable.name(), LinearSum.of(1, variable).plus(-1, off), value);
        model.atLeast("below " + variable.name(), LinearSum.of(1, variable).plus(1, off), value);
        return off;
    }

    @FunctionalInterface
    private interface Amount {
        double of(Placement placement);
    }

    private Map<String, Double> served(JointModel.Part part, Amount amount) {
        Map<String, Double> served = new HashMap<>();
        for (Placement placement : Pinned.placement(before, part)) {
            Deployment deployment = placement.deployment();
            if (deployment != null) {
                served.merge(Pinned.key(placement, deployment), amount.of(placement), Double::sum);
            }
        }
        return served;
    }
}
