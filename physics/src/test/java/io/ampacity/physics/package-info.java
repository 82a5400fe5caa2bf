/** Tests of speed, memory and power. */
@NullMarked
package io.ampacity.physics;

import org.jspecify.annotations.NullMarked;
