package io.ampacity.physics.calibration;

import io.ampacity.physics.Efficiencies;
import java.util.List;

/** Something measured that a fit compares with: an operating point, a run of requests or a kernel. */
interface Sample {

    /** The model it measured; empty for what has none. */
    String model();

    /** How far the physics with these efficiencies lies from it. */
    List<Deviation> deviations(Efficiencies efficiencies);

    /**
     * One figure.
     *
     * @param logRatio logarithm of estimated over measured
     * @param scale size of an error from which on it counts linearly
     * @param weight against a figure of an operating point
     */
    record Deviation(Errors.Metric metric, double logRatio, double scale, double weight) {

        double residual() {
            return weight * RobustFit.huber(logRatio / scale);
        }
    }
}
