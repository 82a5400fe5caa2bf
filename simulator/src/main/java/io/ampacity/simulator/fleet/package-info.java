/** What is simulated: pools of replicas with their sites, suppliers and promises. */
@NullMarked
package io.ampacity.simulator.fleet;

import org.jspecify.annotations.NullMarked;
