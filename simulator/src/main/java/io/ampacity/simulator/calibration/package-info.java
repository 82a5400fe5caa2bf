/** Runs of real servers, served again, so that physics can be fitted to them. */
@NullMarked
package io.ampacity.simulator.calibration;

import org.jspecify.annotations.NullMarked;
