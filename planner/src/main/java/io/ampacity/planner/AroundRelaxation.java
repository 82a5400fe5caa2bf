package io.ampacity.planner;

import io.ampacity.planner.solver.Deadline;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSolution;
import io.ampacity.planner.solver.MixedIntegerSolution;
import io.ampacity.planner.solver.Outcome;
import io.ampacity.planner.solver.SolveOptions;
import io.ampacity.planner.solver.Solver;
import org.jspecify.annotations.Nullable;

/**
 * A search among the whole numbers next to those of the relaxation: what that leaves at a bound stays there, the rest may take the
 * whole numbers around it and one more. Nine of ten unknowns are gone then, and what is left out is seldom good. The answer
 * is whole and keeps every row; its bound is none of the model's.
 */
final class AroundRelaxation {

    private static final double WHOLE = 1e-6;
    private static final double ROOM = 1;

    private final Solver solver;

    AroundRelaxation(Solver solver) {
        this.solver = solver;
    }

    /** The best answer there; undecided when there is none. */
    MixedIntegerSolution solve(LinearModel model, SolveOptions options, double @Nullable [] start, Deadline deadline) {
        LinearSolution relaxation = solver.solveLinear(model.relaxed(null), deadline);
        if (relaxation.outcome() != Outcome.OPTIMAL) {
            return nothing(relaxation.outcome());
        }
        LinearModel around = model.copy();
        for (int i = 0; i < model.variableCount(); i++) {
            if (model.isInteger(i)) {
                double value = relaxation.values()[i];
                boolean low = value <= model.lower(i) + WHOLE;
                double least = low ? model.lower(i) : Math.max(model.lower(i), Math.floor(value + WHOLE) - ROOM);
                double most = low ? model.lower(i) : Math.min(model.upper(i), Math.ceil(value - WHOLE) + ROOM);
                around.bound(model.variables().get(i), least, Math.max(least, most));
            }
        }
        // A start keeps what stood open: its own whole numbers are never shut out.
        if (start != null) {
            for (int i = 0; i < start.length; i++) {
                if (model.isInteger(i) && !Double.isNaN(start[i])) {
                    double value = Math.rint(start[i]);
                    around.bound(
                            model.variables().get(i),
                            Math.min(around.lower(i), value),
                            Math.max(around.upper(i), value));
                }
            }
        }
        MixedIntegerSolution found = solver.solve(
                around,
                start == null
                        ? options.within(deadline)
                        : options.within(deadline).startingFrom(start));
        return found.hasValues() ? found : nothing(Outcome.UNDECIDED);
    }

    private static MixedIntegerSolution nothing(Outcome outcome) {
        return new MixedIntegerSolution(outcome, Double.NaN, Double.NaN, new double[0]);
    }
}
