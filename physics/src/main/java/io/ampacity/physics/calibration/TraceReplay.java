package io.ampacity.physics.calibration;

import io.ampacity.physics.StepModel;
import io.ampacity.physics.measurement.MeasuredTrace;

/**
 * Serves the requests of a measured trace on a step model, batching as the engine does. The simulator does it, which lies
 * above physics.
 */
@FunctionalInterface
public interface TraceReplay {

    /** For each request seconds from its arrival to its first and to its last token. */
    double[][] times(MeasuredTrace trace, StepModel model);
}
