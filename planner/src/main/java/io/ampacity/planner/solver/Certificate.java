package io.ampacity.planner.solver;

import java.util.ArrayList;
import java.util.List;

/**
 * What proves an answer, recomputed from the model and the answer alone.
 *
 * <p>Feasibility is measured relative to the size of a row's terms, so that a sum of millions may be off by its
 * rounding and a sum of ones may not.
 *
 * @param worstPrimal largest relative violation of a bound, row or integrality
 * @param worstDual largest relative violation of dual feasibility (linear models); 0 otherwise
 * @param dualityGap |primal − dual objective| relative to their size (linear models); 0 otherwise
 * @param faults in words, the worst first found; empty when the answer stands
 */
public record Certificate(double worstPrimal, double worstDual, double dualityGap, List<String> faults) {

    private static final double PRIMAL_TOLERANCE = 2e-6;
    private static final double DUAL_TOLERANCE = 1e-5;
    private static final double DUALITY_TOLERANCE = 1e-6;
    private static final double OBJECTIVE_TOLERANCE = 1e-6;

    public Certificate {
        faults = List.copyOf(faults);
    }

    public boolean holds() {
        return faults.isEmpty();
    }

    /**
     * Refuses an answer that does not hold.
     *
     * @throws SolverException when a fault was found
     */
    public void require(String solver) {
        if (!holds()) {
            throw new SolverException(solver + " gave an answer that fails its proof: " + String.join("; ", faults)
                    + ". Maybe the numbers of the scenario differ by too many orders of magnitude");
        }
    }

    /** Checks a mixed-integer answer: feasible, whole, objective as reported, bound not above it. */
    public static Certificate of(LinearModel model, MixedIntegerSolution solution) {
        List<String> faults = new ArrayList<>();
        double primal = primal(model, solution.values(), true, faults);
        objective(model, solution.values(), solution.objective(), faults);
        double size = Math.max(1, Math.abs(solution.objective()));
        if (!(solution.bound() <= solution.objective() + OBJECTIVE_TOLERANCE * size)) {
            faults.add("the bound " + solution.bound() + " is above the objective " + solution.objective());
        }
        return new Certificate(primal, 0, 0, faults);
    }

    /** Checks a linear answer: feasible, dual feasible, strong duality. */
    public static Certificate of(LinearModel model, LinearSolution solution) {
        List<String> faults = new ArrayList<>();
        double primal = primal(model, solution.values(), false, faults);
        objective(model, solution.values(), solution.objective(), faults);
        double dual = dual(model, solution, faults);
        double dualObjective = dualObjective(model, solution);
        double size = Math.max(1, Math.abs(solution.objective()));
        double gap = Math.abs(solution.objective() - dualObjective) / size;
        if (!(gap <= DUALITY_TOLERANCE)) {
            faults.add("strong duality fails: primal " + solution.objective() + ", dual " + dualObjective);
        }
        return new Certificate(primal, dual, gap, faults);
    }

    private static double primal(LinearModel model, double[] x, boolean whole, List<String> faults) {
        double worst = 0;
        for (Variable variable : model.variables()) {
            int i = variable.index();
            double size = Math.max(1, Math.abs(x[i]));
            double violation = Math.max(model.lower(i) - x[i], x[i] - model.upper(i)) / size;
            if (whole && model.isInteger(i)) {
                violation = Math.max(violation, Math.abs(x[i] - Math.rint(x[i])));
            }
            worst = noted(violation, worst, PRIMAL_TOLERANCE, "variable " + variable.name() + " = " + x[i], faults);
        }
        for (Row row : model.rows()) {
            int i = row.index();
            double sum = 0;
            double size = 1;
            int[] indices = model.rowIndices(i);
            double[] coefficients = model.rowCoefficients(i);
            for (int k = 0; k < indices.length; k++) {
                double term = coefficients[k] * x[indices[k]];
                sum += term;
                size = Math.max(size, Math.abs(term));
            }
            double violation = Math.max(model.rowLower(i) - sum, sum - model.rowUpper(i)) / size;
            worst = noted(violation, worst, PRIMAL_TOLERANCE, "row " + row.name() + " = " + sum, faults);
        }
        return worst;
    }

    private static void objective(LinearModel model, double[] x, double reported, List<String> faults) {
        double sum = model.offset();
        double size = Math.max(1, Math.abs(sum));
        for (int i = 0; i < model.variableCount(); i++) {
            sum += model.cost(i) * x[i];
            size = Math.max(size, Math.abs(model.cost(i) * x[i]));
        }
        if (!(Math.abs(sum - reported) <= OBJECTIVE_TOLERANCE * size)) {
            faults.add("the objective is " + sum + ", not " + reported + " as reported");
        }
    }

    /** The reduced cost c − Aᵀy must be the reported one, and a dual may press only against a bound that is there. */
    private static double dual(LinearModel model, LinearSolution solution, List<String> faults) {
        double[] reduced = new double[model.variableCount()];
        double[] size = new double[model.variableCount()];
        for (int i = 0; i < reduced.length; i++) {
            reduced[i] = model.cost(i);
            size[i] = Math.max(1, Math.abs(model.cost(i)));
        }
        double worst = 0;
        for (Row row : model.rows()) {
            int r = row.index();
            double y = solution.duals()[r];
            int[] indices = model.rowIndices(r);
            double[] coefficients = model.rowCoefficients(r);
            for (int k = 0; k < indices.length; k++) {
                reduced[indices[k]] -= coefficients[k] * y;
                size[indices[k]] = Math.max(size[indices[k]], Math.abs(coefficients[k] * y));
            }
            double violation = y > 0 && model.rowLower(r) == Double.NEGATIVE_INFINITY
                    ? y
                    : y < 0 && model.rowUpper(r) == Double.POSITIVE_INFINITY ? -y : 0;
            worst = noted(violation, worst, DUAL_TOLERANCE, "dual of row " + row.name() + " = " + y, faults);
        }
        for (Variable variable : model.variables()) {
            int i = variable.index();
            double d = solution.reducedCosts()[i];
            double violation = Math.abs(reduced[i] - d) / size[i];
            if ((d > 0 && model.lower(i) == Double.NEGATIVE_INFINITY)
                    || (d < 0 && model.upper(i) == Double.POSITIVE_INFINITY)) {
                violation = Math.max(violation, Math.abs(d) / size[i]);
            }
            worst = noted(violation, worst, DUAL_TOLERANCE, "reduced cost of " + variable.name() + " = " + d, faults);
        }
        return worst;
    }

    private static double dualObjective(LinearModel model, LinearSolution solution) {
        double sum = model.offset();
        for (int i = 0; i < model.variableCount(); i++) {
            sum += pressed(solution.reducedCosts()[i], model.lower(i), model.upper(i));
        }
        for (int r = 0; r < model.rowCount(); r++) {
            sum += pressed(solution.duals()[r], model.rowLower(r), model.rowUpper(r));
        }
        return sum;
    }

    private static double pressed(double dual, double lower, double upper) {
        double bound = dual > 0 ? lower : upper;
        return dual == 0 || Double.isInfinite(bound) ? 0 : dual * bound;
    }

    private static double noted(double violation, double worst, double tolerance, String what, List<String> faults) {
        if (violation > tolerance || Double.isNaN(violation)) {
            if (faults.size() < 3) {
                faults.add(what + " is off by " + violation);
            }
            return Double.isNaN(violation) ? Double.POSITIVE_INFINITY : Math.max(worst, violation);
        }
        return Math.max(worst, violation);
    }
}
