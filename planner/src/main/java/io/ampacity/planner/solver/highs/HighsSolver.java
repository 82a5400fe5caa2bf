package io.ampacity.planner.solver.highs;

import io.ampacity.planner.solver.Certificate;
import io.ampacity.planner.solver.Deadline;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSolution;
import io.ampacity.planner.solver.MixedIntegerSolution;
import io.ampacity.planner.solver.Outcome;
import io.ampacity.planner.solver.SolveOptions;
import io.ampacity.planner.solver.Solver;
import io.ampacity.planner.solver.SolverException;
import io.ampacity.planner.solver.Standing;

/**
 * Solves with HiGHS on one thread. Loading the native library is put off until the first model.
 *
 * <p>After a mixed-integer search the whole numbers are rounded and the rest is solved again as a linear model, so that
 * an integer is exactly whole and the rest exactly fits it. Thread-safe: each call has its own HiGHS instance.
 */
public final class HighsSolver implements Solver {

    private static final int STATUS_MODEL_EMPTY = 6;
    private static final int STATUS_OPTIMAL = 7;
    private static final int STATUS_INFEASIBLE = 8;
    private static final int STATUS_UNBOUNDED_OR_INFEASIBLE = 9;
    private static final int STATUS_UNBOUNDED = 10;
    private static final int STATUS_TIME_LIMIT = 13;
    /** Nodes, too, are limited by this. */
    private static final int STATUS_SOLUTION_LIMIT = 16;

    private static final int SOLUTION_FEASIBLE = 2;
    private static final double FEASIBILITY = 1e-7;

    @Override
    public MixedIntegerSolution solve(LinearModel model, SolveOptions options) {
        Deadline deadline = Deadline.in(options.timeLimitSeconds());
        if (!model.hasIntegers()) {
            LinearSolution linear = solveLinear(model, deadline);
            return new MixedIntegerSolution(linear.outcome(), linear.objective(), linear.objective(), linear.values());
        }
        if (model.asksTheImpossible()) {
            return new MixedIntegerSolution(Outcome.INFEASIBLE, Double.NaN, Double.NaN, new double[0]);
        }
        MixedIntegerSolution polished = searched(model, options, deadline, Care.USUAL);
        if (!polished.hasValues()) {
            return polished;
        }
        Certificate.of(model, polished).require("HiGHS");
        return polished;
    }

    /**
     * How exactly, tried in this order. A point that lies on the tolerance to the last digit makes HiGHS distrust its own
     * answer; it finds the same point again under a narrower tolerance or without presolve, and then trusts it.
     */
    private enum Care {
        USUAL(1e-7, "choose"),
        NARROW(1e-9, "choose"),
        PLAIN(1e-9, "off");

        private final double tolerance;
        private final String presolve;

        Care(double tolerance, String presolve) {
            this.tolerance = tolerance;
            this.presolve = presolve;
        }

        Care more() {
            return this == USUAL ? NARROW : PLAIN;
        }
    }

    private MixedIntegerSolution search(LinearModel model, SolveOptions options, Deadline deadline, Care care) {
        try (HighsSession session = new HighsSession(HighsLibrary.load())) {
            session.set("mip_rel_gap", options.relativeGap());
            session.set("mip_abs_gap", 0.0);
            session.set("mip_feasibility_tolerance", care.tolerance);
            session.set("primal_feasibility_tolerance", FEASIBILITY);
            session.set("presolve", care.presolve);
            if (options.nodeLimit() < Integer.MAX_VALUE) {
                session.set("mip_max_nodes", options.nodeLimit());
            }
            session.pass(model);
            double[] start = options.start();
            if (start != null) {
                session.start(start);
            }
            SolveOptions.Progress progress = options.progress();
            if (progress != null) {
                session.listen(progress);
            }
            if (Double.isFinite(deadline.secondsLeft())) {
                session.set("time_limit", deadline.limit());
            }
            int status = session.run();
            if (status == STATUS_UNBOUNDED_OR_INFEASIBLE && care != Care.PLAIN) {
                return search(model, options, deadline, Care.PLAIN);
            }
            if (status == HighsSession.STATUS_SOLVE_ERROR && care != Care.PLAIN) {
                return search(model, options, deadline, care.more());
            }
            boolean found = session.infoInt("primal_solution_status") == SOLUTION_FEASIBLE;
            Outcome outcome = outcome(status, found);
            if (outcome != Outcome.OPTIMAL && outcome != Outcome.FEASIBLE) {
                return new MixedIntegerSolution(outcome, Double.NaN, Double.NaN, new double[0]);
            }
            double[] values =
                    session.vectors(model.variableCount(), model.rowCount()).values();
            return new MixedIntegerSolution(
                    outcome, session.info("objective_function_value"), session.info("mip_dual_bound"), values);
        }
    }

    /** A polished answer; sought again more exactly where the whole numbers of the first leave none. */
    private MixedIntegerSolution searched(LinearModel model, SolveOptions options, Deadline deadline, Care care) {
        MixedIntegerSolution found = search(model, options, deadline, care);
        if (!found.hasValues()) {
            return found;
        }
        LinearSolution rest = solveLinear(model.relaxed(found.values()));
        if (rest.outcome() != Outcome.OPTIMAL && care != Care.PLAIN) {
            return searched(model, options, deadline, care.more());
        }
        if (rest.outcome() != Outcome.OPTIMAL) {
            throw new SolverException("HiGHS gave whole numbers that leave no answer when rounded (off by up to "
                    + worstFraction(model, found.values())
                    + "). Maybe the numbers of the scenario differ by too many orders of magnitude");
        }
        double bound = Math.min(found.bound(), rest.objective());
        return new MixedIntegerSolution(found.outcome(), rest.objective(), bound, rest.values());
    }

    private static double worstFraction(LinearModel model, double[] values) {
        double worst = 0;
        for (int i = 0; i < values.length; i++) {
            if (model.isInteger(i)) {
                worst = Math.max(worst, Math.abs(values[i] - Math.rint(values[i])));
            }
        }
        return worst;
    }

    @Override
    public LinearSolution solveLinear(LinearModel model, Deadline deadline) {
        if (model.hasIntegers()) {
            throw new IllegalArgumentException("a model with integers has no duals: relax it first");
        }
        if (model.asksTheImpossible()) {
            return new LinearSolution(Outcome.INFEASIBLE, Double.NaN, new double[0], new double[0], new double[0]);
        }
        if (model.variableCount() == 0) {
            // HiGHS forgets the constant of a model without variables.
            return new LinearSolution(
                    Outcome.OPTIMAL, model.offset(), new double[0], new double[model.rowCount()], new double[0]);
        }
        LinearSolution solution = solveLinear(model, deadline, true);
        if (solution.outcome() == Outcome.OPTIMAL) {
            Certificate.of(model, solution).require("HiGHS");
        }
        return solution;
    }

    @Override
    public Standing standing(LinearModel model) {
        if (model.hasIntegers()) {
            throw new IllegalArgumentException("a standing model has no integers: relax it first");
        }
        return new HighsStanding(model);
    }

    private LinearSolution solveLinear(LinearModel model, Deadline deadline, boolean presolve) {
        try (HighsSession session = new HighsSession(HighsLibrary.load())) {
            session.set("primal_feasibility_tolerance", FEASIBILITY);
            session.set("dual_feasibility_tolerance", FEASIBILITY);
            if (!presolve) {
                session.set("presolve", "off");
            }
            session.pass(model);
            if (Double.isFinite(deadline.secondsLeft())) {
                session.set("time_limit", deadline.limit());
            }
            int status = session.run();
            boolean unsure = status == STATUS_UNBOUNDED_OR_INFEASIBLE || status == HighsSession.STATUS_SOLVE_ERROR;
            if (unsure && presolve) {
                return solveLinear(model, deadline, false);
            }
            Outcome outcome = outcome(status, false);
            if (outcome != Outcome.OPTIMAL) {
                return new LinearSolution(outcome, Double.NaN, new double[0], new double[0], new double[0]);
            }
            HighsSession.Vectors vectors = session.vectors(model.variableCount(), model.rowCount());
            return new LinearSolution(
                    outcome,
                    session.info("objective_function_value"),
                    vectors.values(),
                    vectors.duals(),
                    vectors.reducedCosts());
        }
    }

    private static Outcome outcome(int status, boolean found) {
        return switch (status) {
            case STATUS_OPTIMAL, STATUS_MODEL_EMPTY -> Outcome.OPTIMAL;
            case STATUS_INFEASIBLE -> Outcome.INFEASIBLE;
            case STATUS_UNBOUNDED, STATUS_UNBOUNDED_OR_INFEASIBLE -> Outcome.UNBOUNDED;
            case STATUS_TIME_LIMIT, STATUS_SOLUTION_LIMIT -> found ? Outcome.FEASIBLE : Outcome.UNDECIDED;
            default -> {
                if (found) {
                    yield Outcome.FEASIBLE;
                }
                throw new SolverException("HiGHS ended with status " + status + " and no answer");
            }
        };
    }
}
