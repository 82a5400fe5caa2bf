/** Why a plan is as it is: what each part of it is worth, at which price it leaves or enters, and what else was near. */
@NullMarked
package io.ampacity.planner.reasons;

import org.jspecify.annotations.NullMarked;
