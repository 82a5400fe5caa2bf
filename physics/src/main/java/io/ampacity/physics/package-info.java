/**
 * How fast and how hot a model runs on a chip; calibration.
 */
@NullMarked
package io.ampacity.physics;

import org.jspecify.annotations.NullMarked;
