/** The event loop's primitive data structures: heap, calendar, request slab. */
@NullMarked
package io.ampacity.simulator.engine;

import org.jspecify.annotations.NullMarked;
