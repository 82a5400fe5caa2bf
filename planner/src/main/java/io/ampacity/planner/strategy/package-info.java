/**
 * How compute is planned today, as strategies on the same facts: what one saves by planning it all together.
 *
 * <p>They are re-implementations of ideas, not of programs, and each is given the benefit of the doubt: whatever its idea leaves
 * open (training, batch work, how many blocks) is decided in the best way there is.
 */
@NullMarked
package io.ampacity.planner.strategy;

import org.jspecify.annotations.NullMarked;
