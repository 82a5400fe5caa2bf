/** What serving engines and fleets do beyond batching: classes of urgency, hedging, scaling, and the like. */
@NullMarked
package io.ampacity.simulator.serving;

import org.jspecify.annotations.NullMarked;
