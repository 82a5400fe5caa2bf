package io.ampacity.planner.solver;

import org.jspecify.annotations.Nullable;

/**
 * Finds a good first answer by making one stage whole after the other.
 *
 * <p>With the whole numbers of earlier stages fixed and those of later stages still fractions, the search for one stage is short,
 * and it still sees what later stages will want (relax and fix, Pochet and Wolsey 2006). The answer is whole and keeps
 * every row, but is not proven best: it is a start for {@link Solver#solve}.
 */
public final class StageByStage {

    private final Solver solver;

    public StageByStage(Solver solver) {
        this.solver = solver;
    }

    /**
     * A whole answer, or null when the way through the stages ended in a stage without one.
     *
     * @param stageOf by variable the stage in which it is made whole, from 0
     * @param nodesPerStage a stage is cut short after so many nodes, the same ones in every run
     * @param deadline each stage may take an even part of what is left; one that does makes the answer depend on the machine
     */
    public double @Nullable [] answer(
            LinearModel model, int[] stageOf, double gap, int nodesPerStage, Deadline deadline) {
        int stages = 0;
        for (int stage : stageOf) {
            stages = Math.max(stages, stage + 1);
        }
        double[] values = new double[0];
        for (int stage = 0; stage < stages; stage++) {
            LinearModel partly = model.partlyRelaxed(stageOf, stage, values);
            double seconds = deadline.part(1.0 / (stages - stage)).limit();
            MixedIntegerSolution found =
                    solver.solve(partly, SolveOptions.withGap(gap, seconds).withNodeLimit(nodesPerStage));
            if (!found.hasValues()) {
                return null;
            }
            values = found.values();
        }
        return values;
    }
}
