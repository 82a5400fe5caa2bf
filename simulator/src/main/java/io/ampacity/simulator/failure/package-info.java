/** What goes wrong, when, and to whom. */
@NullMarked
package io.ampacity.simulator.failure;

import org.jspecify.annotations.NullMarked;
