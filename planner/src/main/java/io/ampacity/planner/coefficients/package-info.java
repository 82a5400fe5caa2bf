/** What the planner must know of each workload on each chip, as the few numbers that enter its model. */
@NullMarked
package io.ampacity.planner.coefficients;

import org.jspecify.annotations.NullMarked;
