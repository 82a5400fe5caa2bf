/**
 * Fits efficiencies to measurements and says how far they stray from others.
 *
 * <p>A fit minimises Σ ρ(log(estimate / measured)) with Huber's ρ, plus a weak pull of each parameter towards its typical
 * value; parameters live on scales that keep them inside physical bounds. Checks split by model, never by row.
 */
@NullMarked
package io.ampacity.physics.calibration;

import org.jspecify.annotations.NullMarked;
