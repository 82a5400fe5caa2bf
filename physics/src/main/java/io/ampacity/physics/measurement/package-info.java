/** Reads what others measured: one reader a source, all into {@link io.ampacity.physics.measurement.Measurement}. */
@NullMarked
package io.ampacity.physics.measurement;

import org.jspecify.annotations.NullMarked;
