package io.ampacity.physics.calibration;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.MultivariateJacobianFunction;
import org.hipparchus.util.Pair;

/**
 * Robust bounded least squares: Levenberg–Marquardt on Huber's pseudo-residuals.
 *
 * <p>A residual beyond {@code scale} counts linearly, so a few rows that were measured under other conditions do not pull
 * the fit. Each parameter adds one residual that pulls it to its typical value; with few rows the fit stays near
 * physics, with many the rows decide.
 */
public final class RobustFit {

    static final double STEP = 1e-4;

    /** Step of derivatives where residuals jump, as percentiles of a replay do: wide enough to see past the jumps. */
    static final double WIDE_STEP = 0.05;

    private RobustFit() {}

    /**
     * Fits.
     *
     * @param residuals from parameter values, in the order given, to residuals of fixed number
     * @param scale residual beyond which a row counts linearly
     * @param pull weight of what is believed against one row; above 1 when rows repeat each other's errors
     * @return fitted values in the order of {@code parameters}
     */
    public static double[] fit(
            List<Parameter> parameters,
            Function<double[], double[]> residuals,
            double scale,
            double pull,
            int evaluations) {
        return robust(
                        parameters,
                        values -> {
                            double[] rows = residuals.apply(values);
                            for (int i = 0; i < rows.length; i++) {
                                rows[i] = huber(rows[i] / scale);
                            }
                            return rows;
                        },
                        pull,
                        STEP,
                        evaluations)
                .values();
    }

    /**
     * What a fit found.
     *
     * @param values in the order of the parameters
     * @param freedoms standard deviation of each logarithm that is left; at most what was believed before
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Fit(double[] values, double[] freedoms) {}

    /**
     * Fits residuals that are scaled and made robust already.
     *
     * @param pull weight of what is believed against one row; above 1 when rows repeat each other's errors
     * @param step step of derivatives, in the parameters' unbounded coordinates
     */
    static Fit robust(
            List<Parameter> parameters,
            Function<double[], double[]> residuals,
            double pull,
            double step,
            int evaluations) {
        double[] start = new double[parameters.size()];
        for (int i = 0; i < start.length; i++) {
            start[i] = parameters.get(i).coordinate(parameters.get(i).typical());
        }
        Function<double[], double[]> penalised = coordinates -> {
            double[] rows = residuals.apply(values(parameters, coordinates));
            double[] all = Arrays.copyOf(rows, rows.length + coordinates.length);
            for (int i = 0; i < coordinates.length; i++) {
                Parameter parameter = parameters.get(i);
                all[rows.length + i] = pull * parameter.pull(parameter.value(coordinates[i]));
            }
            return all;
        };
        int rows = penalised.apply(start).length;
        MultivariateJacobianFunction model = point -> evaluate(penalised, point.toArray(), step);
        double[][] best = {start};
        double[] least = {Double.POSITIVE_INFINITY};
        MultivariateJacobianFunction watched = point -> {
            Pair<RealVector, RealMatrix> at = model.value(point);
            if (at.getFirst().getNorm() < least[0]) {
                least[0] = at.getFirst().getNorm();
                best[0] = point.toArray();
            }
            return at;
        };
        try {
            new LevenbergMarquardtOptimizer()
                    .withCostRelativeTolerance(1e-7)
                    .withParameterRelativeTolerance(1e-5)
                    .optimize(new LeastSquaresBuilder()
                            .start(start)
                            .model(watched)
                            .target(new double[rows])
                            .maxEvaluations(evaluations)
                            .maxIterations(evaluations)
                            .build());
        } catch (MathIllegalStateException stopped) {
            // The best point so far stands: bounds and Huber's kink can keep the last digits moving.
        }
        return new Fit(values(parameters, best[0]), freedoms(parameters, penalised, best[0], pull, step));
    }

    /**
     * The inverse of the normal equations holds the variance of each coordinate. The rows count less than one each by
     * {@code pull}, so it is told in units of what was believed.
     */
    private static double[] freedoms(
            List<Parameter> parameters,
            Function<double[], double[]> penalised,
            double[] point,
            double pull,
            double step) {
        RealMatrix jacobian = evaluate(penalised, point, step).getSecond();
        double[] freedoms = new double[point.length];
        RealMatrix normal = jacobian.transposeMultiply(jacobian);
        for (int i = 0; i < point.length; i++) {
            // A parameter at its bound has no slope; what is left of it must not make the whole singular.
            normal.addToEntry(i, i, 1e-12 + 1e-9 * normal.getEntry(i, i));
        }
        RealMatrix inverse = new QRDecomposition(normal).getSolver().getInverse();
        for (int i = 0; i < point.length; i++) {
            Parameter parameter = parameters.get(i);
            double spread = pull * Math.sqrt(inverse.getEntry(i, i)) * parameter.slope(point[i]);
            freedoms[i] = spread <= parameter.freedom() ? spread : parameter.freedom();
        }
        return freedoms;
    }

    private static double[] values(List<Parameter> parameters, double[] coordinates) {
        double[] values = new double[coordinates.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = parameters.get(i).value(coordinates[i]);
        }
        return values;
    }

    /** The residual whose square is twice Huber's loss. */
    static double huber(double residual) {
        double size = Math.abs(residual);
        return size <= 1 ? residual : Math.copySign(Math.sqrt(2 * size - 1), residual);
    }

    private static Pair<RealVector, RealMatrix> evaluate(
            Function<double[], double[]> function, double[] point, double step) {
        double[] value = function.apply(point);
        RealMatrix jacobian = new Array2DRowRealMatrix(value.length, point.length);
        for (int column = 0; column < point.length; column++) {
            double[] moved = point.clone();
            moved[column] += step;
            double[] other = function.apply(moved);
            for (int row = 0; row < value.length; row++) {
                jacobian.setEntry(row, column, (other[row] - value[row]) / step);
            }
        }
        return new Pair<>(new ArrayRealVector(value, false), jacobian);
    }
}
