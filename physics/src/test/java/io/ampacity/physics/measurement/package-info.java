/** Tests. */
@NullMarked
package io.ampacity.physics.measurement;

import org.jspecify.annotations.NullMarked;
