package io.ampacity.planner.solver.blocks;

import io.ampacity.planner.solver.LinearModel;

/**
 * One block of a model: its own variables, and rows whose bounds move with the variables that bind blocks together.
 *
 * @param variables by index in the block, the index in the whole model
 * @param linear the block with whole numbers where the model has them; bounds of rows as if all binding variables were 0
 * @param binders by row, the binding variables in it, as indices into the vector of binding variables
 * @param weights by row, their coefficients
 */
@SuppressWarnings("ArrayRecordComponent") // tables, never compared
record Block(int[] variables, LinearModel linear, int[][] binders, double[][] weights) {

    /** Rows that have binding variables, ascending. */
    int[] boundRows() {
        return java.util.stream.IntStream.range(0, binders.length)
                .filter(row -> binders[row].length > 0)
                .toArray();
    }

    /** What the binding variables of a row come to. */
    double shift(int row, double[] binding) {
        double sum = 0;
        for (int k = 0; k < binders[row].length; k++) {
            sum += weights[row][k] * binding[binders[row][k]];
        }
        return sum;
    }
}
