/** A plan made again after something changed: what was ordered stays, and the search starts from what stood. */
@NullMarked
package io.ampacity.planner.replan;

import org.jspecify.annotations.NullMarked;
