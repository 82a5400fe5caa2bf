/** Tests. */
@NullMarked
package io.ampacity.physics.calibration;

import org.jspecify.annotations.NullMarked;
