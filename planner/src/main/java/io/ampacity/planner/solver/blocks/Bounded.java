package io.ampacity.planner.solver.blocks;

/**
 * What bounding found.
 *
 * @param bound no answer costs less
 * @param binding values of the binding variables at the best point
 * @param duals of the rows of binding variables
 * @param cost of the relaxation at that point
 */
@SuppressWarnings("ArrayRecordComponent") // a table, never compared
record Bounded(double bound, double[] binding, double[] duals, double cost, int rounds) {}
