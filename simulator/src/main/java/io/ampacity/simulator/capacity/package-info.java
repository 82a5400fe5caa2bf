/** How much one replica carries at its objective: the planner's coefficients. */
@NullMarked
package io.ampacity.simulator.capacity;

import org.jspecify.annotations.NullMarked;
