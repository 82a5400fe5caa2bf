package io.ampacity.physics.calibration;

import io.ampacity.physics.EfficiencyTable;
import java.util.List;

/**
 * The calibration of one chip, engine and precision, with what it rests on.
 *
 * @param points operating points it rests on
 * @param requests requests of runs it rests on
 * @param kernels kernel times it rests on
 * @param drafted points left out because their tokens were drafted
 * @param residuals errors on what was fitted
 * @param check errors on each model under a fit without it; empty when there is one model only
 */
public record Fitted(
        EfficiencyTable.Entry entry,
        int points,
        int requests,
        int kernels,
        int drafted,
        List<FittedParameter> parameters,
        Errors.Summary residuals,
        List<HeldOut> check) {

    public Fitted {
        parameters = List.copyOf(parameters);
        check = List.copyOf(check);
    }

    /** Errors on a model that a fit did not see. */
    public record HeldOut(String model, Errors.Summary errors) {}

    /**
     * A parameter and how well it is known.
     *
     * @param low the value lies above with 90 % confidence
     * @param high the value lies below with 90 % confidence
     * @param typical what is believed without any measurement
     * @param told share of the doubt about it that the measurements removed, 0 to 1
     */
    public record FittedParameter(String name, double value, double low, double high, double typical, double told) {

        /** Standard deviations that 90 % of a bell curve lie below. */
        private static final double NINE_TENTHS = 1.2816;

        static FittedParameter of(Parameter parameter, double value, double freedom) {
            double factor = Math.exp(NINE_TENTHS * freedom);
            double left = freedom / parameter.freedom();
            return new FittedParameter(
                    parameter.name(),
                    value,
                    Math.max(parameter.low(), value / factor),
                    Math.min(parameter.high(), value * factor),
                    parameter.typical(),
                    Math.max(0, 1 - left * left));
        }
    }
}
