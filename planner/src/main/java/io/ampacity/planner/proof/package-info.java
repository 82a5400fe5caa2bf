/** The proof of a plan: traffic replayed on its fleet, with its largest supplier lost on the way. */
@NullMarked
package io.ampacity.planner.proof;

import org.jspecify.annotations.NullMarked;
