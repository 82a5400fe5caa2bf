/**
 * Checks a plan against its scenario, by its own arithmetic.
 *
 * <p>Nothing here uses the planner's model: it reads the scenario, the plan, the coefficients and the assumptions, and computes
 * everything again. A mistake in the model is therefore found here and not repeated.
 */
@NullMarked
package io.ampacity.planner.verify;

import org.jspecify.annotations.NullMarked;
