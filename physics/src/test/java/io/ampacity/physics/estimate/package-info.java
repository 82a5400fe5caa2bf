/** Tests. */
@NullMarked
package io.ampacity.physics.estimate;

import org.jspecify.annotations.NullMarked;
