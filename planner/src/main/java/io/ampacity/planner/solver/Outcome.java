package io.ampacity.planner.solver;

/** How a search ended. */
public enum Outcome {
    /** The best answer, proven to within the gap asked for. */
    OPTIMAL,
    /** An answer, but the time ran out before the gap closed. */
    FEASIBLE,
    /** There is no answer. */
    INFEASIBLE,
    /** Answers get better without end: the model lacks a limit. */
    UNBOUNDED,
    /** The time ran out before any answer was found. */
    UNDECIDED
}
