package io.ampacity.planner.solver.highs;

import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSolution;
import io.ampacity.planner.solver.Outcome;
import io.ampacity.planner.solver.SolverException;
import io.ampacity.planner.solver.Standing;

/** A model that stays in one HiGHS instance, which keeps its basis from one solution to the next. */
final class HighsStanding implements Standing {

    private static final int STATUS_OPTIMAL = 7;

    private final HighsSession session;
    private final int columns;
    private int rows;

    HighsStanding(LinearModel model) {
        session = new HighsSession(HighsLibrary.load());
        columns = model.variableCount();
        rows = model.rowCount();
        session.set("solver", "simplex");
        session.pass(model);
    }

    @Override
    public void boundRows(int[] changed, double[] lower, double[] upper) {
        if (changed.length > 0) {
            session.boundRows(changed, lower, upper);
        }
    }

    @Override
    public void addRow(double lower, double upper, int[] variables, double[] coefficients) {
        session.addRow(lower, upper, variables, coefficients);
        rows++;
    }

    @Override
    public LinearSolution solve() {
        int status = session.run();
        if (status != STATUS_OPTIMAL) {
            // An old basis can mislead it; so can presolve on numbers of very different sizes.
            session.forget();
            status = session.run();
        }
        if (status != STATUS_OPTIMAL) {
            session.forget();
            session.set("presolve", "off");
            status = session.run();
            session.set("presolve", "choose");
        }
        if (status != STATUS_OPTIMAL) {
            session.forget();
            session.set("solver", "ipm");
            status = session.run();
            session.set("solver", "choose");
        }
        if (status != STATUS_OPTIMAL) {
            throw new SolverException("HiGHS ended with status " + status + " on a model that has an answer");
        }
        HighsSession.Vectors vectors = session.vectors(columns, rows);
        return new LinearSolution(
                Outcome.OPTIMAL,
                session.info("objective_function_value"),
                vectors.values(),
                vectors.duals(),
                vectors.reducedCosts());
    }

    @Override
    public void close() {
        session.close();
    }
}
