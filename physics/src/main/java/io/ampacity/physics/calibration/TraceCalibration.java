package io.ampacity.physics.calibration;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.Efficiencies;
import io.ampacity.physics.EfficiencyTable;
import io.ampacity.physics.ErrorBand;
import io.ampacity.physics.estimate.TraceReplay;
import io.ampacity.physics.measurement.MeasuredTrace;
import java.util.Arrays;

/**
 * Fits efficiencies to a measured trace by replaying it: percentiles of the time per output token, of the time to first
 * token and of whole requests are compared, for a single request's wait hangs on chance.
 */
public final class TraceCalibration {

    private static final double[] SHARES = {0.1, 0.25, 0.5, 0.75, 0.9, 0.99};
    private static final double SCALE = 0.05;
    private static final int EVALUATIONS = 30;

    /** Few numbers say little about many parameters. */
    private static final double PULL = 0.5;

    private final Catalogue catalogue;

    public TraceCalibration(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The entry of the trace's chip. */
    public EfficiencyTable.Entry calibrate(MeasuredTrace trace, String source, String asOf) {
        Chip chip = catalogue.chip(trace.chip()).orElseThrow();
        double[] values = RobustFit.fit(
                EfficiencyParameters.TIMES,
                candidate -> errors(trace, EfficiencyParameters.of(candidate, Efficiencies.TYPICAL.power())),
                SCALE,
                PULL,
                EVALUATIONS);
        Efficiencies fitted = EfficiencyParameters.of(values, Efficiencies.TYPICAL.power());
        return new EfficiencyTable.Entry(
                chip.id(),
                trace.deployment().engine(),
                trace.deployment().weights(),
                fitted,
                new ErrorBand(0.85, 1.18),
                new ErrorBand(0.7, 1.45),
                new ErrorBand(0.7, 1.45),
                source,
                asOf,
                trace.arrivals().length);
    }

    /** Logarithms of estimated over measured percentiles: token times, then first-token times, then whole requests. */
    double[] errors(MeasuredTrace trace, Efficiencies efficiencies) {
        Chip chip = catalogue.chip(trace.chip()).orElseThrow();
        LanguageModel model = catalogue.model(trace.model()).orElseThrow();
        double[][] times = TraceReplay.times(trace, chip, model, efficiencies);
        int count = times.length;
        double[][] estimated = new double[3][count];
        double[][] measured = new double[3][count];
        for (int i = 0; i < count; i++) {
            double gaps = Math.max(1, trace.outputs()[i] - 1);
            estimated[0][i] = (times[i][1] - times[i][0]) / gaps;
            measured[0][i] = (trace.lastTokens()[i] - trace.firstTokens()[i]) / gaps;
            estimated[1][i] = times[i][0];
            measured[1][i] = trace.firstTokens()[i];
            estimated[2][i] = times[i][1];
            measured[2][i] = trace.lastTokens()[i];
        }
        double[] errors = new double[3 * SHARES.length];
        for (int metric = 0; metric < 3; metric++) {
            Arrays.sort(estimated[metric]);
            Arrays.sort(measured[metric]);
            for (int share = 0; share < SHARES.length; share++) {
                int at = (int) Math.min(count - 1, SHARES[share] * count);
                errors[metric * SHARES.length + share] = Math.log(estimated[metric][at] / measured[metric][at]);
            }
        }
        return errors;
    }
}
