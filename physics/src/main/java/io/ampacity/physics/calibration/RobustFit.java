package io.ampacity.physics.calibration;

import java.util.List;
import java.util.function.Function;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
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

    private static final double STEP = 1e-4;

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
        double[] start = new double[parameters.size()];
        for (int i = 0; i < start.length; i++) {
            start[i] = parameters.get(i).coordinate(parameters.get(i).typical());
        }
        Function<double[], double[]> penalised = coordinates -> {
            double[] rows = residuals.apply(values(parameters, coordinates));
            double[] all = new double[rows.length + coordinates.length];
            for (int i = 0; i < rows.length; i++) {
                all[i] = huber(rows[i] / scale);
            }
            for (int i = 0; i < coordinates.length; i++) {
                Parameter parameter = parameters.get(i);
                all[rows.length + i] = pull * parameter.pull(parameter.value(coordinates[i]));
            }
            return all;
        };
        int rows = penalised.apply(start).length;
        MultivariateJacobianFunction model = point -> evaluate(penalised, point.toArray());
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
        return values(parameters, best[0]);
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

    private static Pair<RealVector, RealMatrix> evaluate(Function<double[], double[]> function, double[] point) {
        double[] value = function.apply(point);
        RealMatrix jacobian = new Array2DRowRealMatrix(value.length, point.length);
        for (int column = 0; column < point.length; column++) {
            double[] moved = point.clone();
            moved[column] += STEP;
            double[] other = function.apply(moved);
            for (int row = 0; row < value.length; row++) {
                jacobian.setEntry(row, column, (other[row] - value[row]) / STEP);
            }
        }
        return new Pair<>(new ArrayRealVector(value, false), jacobian);
    }
}
