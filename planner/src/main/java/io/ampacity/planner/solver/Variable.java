package io.ampacity.planner.solver;

/**
 * One unknown of a {@link LinearModel}.
 *
 * @param index its place in vectors of values, from 0
 * @param name unique in its model; it appears in messages about the model
 */
public record Variable(int index, String name) {}
