package io.ampacity.planner.solver.highs;

import io.ampacity.planner.solver.Deadline;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSolution;
import io.ampacity.planner.solver.Outcome;
import io.ampacity.planner.solver.SolverException;
import io.ampacity.planner.solver.Standing;

/** A model that stays in one HiGHS instance, which keeps its basis from one solution to the next. */
final class HighsStanding implements Standing {

    private static final int STATUS_OPTIMAL = 7;

    private static final int STATUS_TIME_LIMIT = 13;

    /** How to go on after a failure: an old basis can mislead HiGHS; so can presolve on numbers of very different sizes. */
    private enum Way {
        ANEW("choose", "simplex"),
        PLAIN("off", "simplex"),
        INSIDE("off", "ipm");

        private final String presolve;
        private final String solver;

        Way(String presolve, String solver) {
            this.presolve = presolve;
            this.solver = solver;
        }
    }

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
    public LinearSolution solve(Deadline deadline) {
        int status = run(deadline);
        for (Way way : Way.values()) {
            if (status == STATUS_OPTIMAL || status == STATUS_TIME_LIMIT) {
                break;
            }
            session.forget();
            session.set("presolve", way.presolve);
            session.set("solver", way.solver);
            status = run(deadline);
        }
        session.set("presolve", "choose");
        session.set("solver", "simplex");
        if (status == STATUS_TIME_LIMIT) {
            return new LinearSolution(Outcome.UNDECIDED, Double.NaN, new double[0], new double[0], new double[0]);
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

    private int run(Deadline deadline) {
        session.stopIn(deadline.limit());
        return session.run();
    }

    @Override
    public void close() {
        session.close();
    }
}
