/** Replays traffic on a plan: one deterministic event loop. */
@NullMarked
package io.ampacity.simulator;

import org.jspecify.annotations.NullMarked;
