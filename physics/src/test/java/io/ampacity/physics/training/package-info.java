/** Tests. */
@NullMarked
package io.ampacity.physics.training;

import org.jspecify.annotations.NullMarked;
