package io.ampacity.planner;

import io.ampacity.planner.model.JointModel;
import io.ampacity.planner.solver.Deadline;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSolution;
import io.ampacity.planner.solver.MixedIntegerSolution;
import io.ampacity.planner.solver.Outcome;
import io.ampacity.planner.solver.SolveOptions;
import io.ampacity.planner.solver.Solver;
import io.ampacity.planner.solver.StageByStage;
import io.ampacity.planner.solver.blocks.BlockSearch;
import io.ampacity.scenario.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The search for the best answer of one model, all steps of it under one deadline.
 *
 * <p>A large model is searched by blocks. Any other is searched in one piece, from a start that is known or that makes one period
 * whole after the other; where that finds nothing in time, the blocks are tried too, since they come to some answer sooner. The
 * last part of the time is kept for what limits are worth.
 */
final class Search {

    private static final int SMALL = 200;
    private static final int NODES_A_STAGE = 10;
    /** Models with more variables are searched by blocks, one a future and period. */
    private static final int LARGE = 15_000;
    /** Models with more variables are not searched in one piece: not even their relaxation would end in time. */
    private static final int TOO_LARGE = 200_000;

    private static final int FEW_BLOCKS = 3;
    private static final int MOST_THREADS = 8;
    private static final double LEAST_GAP_OF_STAGES = 0.002;
    /** Part of the time for the search by blocks; the rest is for the plan to be made of the answer. */
    private static final double BLOCKS = 0.92;
    /** Part of the time for the search in one piece; the rest is for prices. */
    private static final double ONE_PIECE = 0.9;

    private static final double STAGES = 0.5;
    private static final double AROUND = 0.4;
    private static final int NODES_AROUND = 100;
    /** Part of the time that a search without a start may take before blocks are tried. */
    private static final double WITHOUT_START = 0.65;

    private final Solver solver;
    private final JointModel model;
    private final PlannerOptions options;
    private final Deadline deadline;

    Search(Solver solver, JointModel model, PlannerOptions options, Deadline deadline) {
        this.solver = solver;
        this.model = model;
        this.options = options;
        this.deadline = deadline;
    }

    /**
     * The answer.
     *
     * @param prices what limits are worth; none when time ran out
     */
    record Found(MixedIntegerSolution solution, List<Plan.BindingLimit> prices) {}

    /**
     * Searches.
     *
     * @param known values to start from, NaN where unknown; null for none
     */
    Found found(double @Nullable [] known) {
        LinearModel linear = model.linear();
        if (isForBlocks()) {
            BlockSearch.Found found = byBlocks(deadline.part(BLOCKS));
            if (found.solution().hasValues()) {
                return new Found(found.solution(), ShadowPrices.of(model, found.duals(), found.relaxed()));
            }
            if (linear.variableCount() > TOO_LARGE) {
                return new Found(found.solution(), List.of());
            }
        }
        MixedIntegerSolution solution = inOnePiece(known, deadline.part(ONE_PIECE));
        if (!solution.hasValues()) {
            return new Found(solution, List.of());
        }
        LinearSolution relaxation = solver.solveLinear(linear.relaxed(null), deadline);
        boolean solved = relaxation.outcome() == Outcome.OPTIMAL;
        double least = solved ? relaxation.objective() : linear.leastObjective();
        return new Found(
                bounded(solution, Math.min(least, solution.objective())),
                solved ? ShadowPrices.of(model, relaxation.duals(), relaxation.values()) : List.of());
    }

    /** The answer without prices. */
    MixedIntegerSolution solution(double @Nullable [] known) {
        if (isForBlocks()) {
            MixedIntegerSolution found = byBlocks(deadline.part(BLOCKS)).solution();
            if (found.hasValues() || model.linear().variableCount() > TOO_LARGE) {
                return found;
            }
        }
        return inOnePiece(known, deadline);
    }

    private boolean isForBlocks() {
        return model.linear().variableCount() > LARGE && model.parts().size() * model.periods() > FEW_BLOCKS;
    }

    /** The answer with a bound that it may have been stopped too early to have. */
    private MixedIntegerSolution bounded(MixedIntegerSolution solution, double least) {
        if (solution.bound() >= least) {
            return solution;
        }
        boolean close = solution.objective() - least <= options.relativeGap() * Math.abs(solution.objective());
        Outcome outcome = close ? Outcome.OPTIMAL : solution.outcome();
        return new MixedIntegerSolution(outcome, solution.objective(), least, solution.values());
    }

    private MixedIntegerSolution inOnePiece(double @Nullable [] known, Deadline until) {
        SolveOptions search =
                SolveOptions.withGap(options.relativeGap(), until.limit()).tellingProgress(options.progress());
        if (known != null) {
            MixedIntegerSolution around = new AroundRelaxation(solver)
                    .solve(model.linear(), search.withNodeLimit(NODES_AROUND), known, until.part(AROUND));
            double[] start = around.hasValues() ? around.values() : known;
            MixedIntegerSolution found =
                    solver.solve(model.linear(), search.within(until).startingFrom(start));
            return orByBlocks(found.hasValues() || !around.hasValues() ? found : unproven(start), until);
        }
        if (model.periods() == 1 || model.linear().variableCount() <= SMALL) {
            return orByBlocks(solver.solve(model.linear(), search), until);
        }
        double gap = Math.max(options.relativeGap(), LEAST_GAP_OF_STAGES);
        double[] start =
                new StageByStage(solver).answer(model.linear(), model.stages(), gap, NODES_A_STAGE, until.part(STAGES));
        if (start == null) {
            return orByBlocks(solver.solve(model.linear(), search.within(until.part(WITHOUT_START))), until);
        }
        MixedIntegerSolution found =
                solver.solve(model.linear(), search.within(until).startingFrom(start));
        return found.outcome() == Outcome.UNDECIDED ? unproven(start) : found;
    }

    /** A whole answer of which only the least is known that any answer costs. */
    private MixedIntegerSolution unproven(double[] values) {
        return new MixedIntegerSolution(
                Outcome.FEASIBLE,
                model.linear().objective(values),
                model.linear().leastObjective(),
                values);
    }

    private MixedIntegerSolution orByBlocks(MixedIntegerSolution found, Deadline until) {
        return found.outcome() == Outcome.UNDECIDED && model.periods() > 1
                ? byBlocks(until).solution()
                : found;
    }

    private BlockSearch.Found byBlocks(Deadline until) {
        SolveOptions search =
                SolveOptions.withGap(options.relativeGap(), until.limit()).tellingProgress(options.progress());
        int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        try (BlockSearch blocks = new BlockSearch(
                solver, model.linear(), model.blocks(), model.needless(), model.periods(), threads, search)) {
            return blocks.solve();
        }
    }
}
