/**
 * HiGHS (<a href="https://highs.dev">highs.dev</a>, MIT licence), called through the foreign-function API.
 *
 * <p>The native library lies inside the platform jar of OR-Tools; it is copied once to the user's cache and loaded from
 * there. This package and nothing else of the planner touches files and native memory.
 */
@NullMarked
package io.ampacity.planner.solver.highs;

import org.jspecify.annotations.NullMarked;
