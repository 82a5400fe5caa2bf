package io.ampacity.planner.solver;

/**
 * One linear constraint of a {@link LinearModel}: lower ≤ Σ coefficient · variable ≤ upper.
 *
 * @param index its place in vectors of duals, from 0
 * @param name unique in its model
 */
public record Row(int index, String name) {}
