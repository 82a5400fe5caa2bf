/** Who serves this request: eligibility, weights, breakers, failover. Pure functions, no I/O, no clock. */
@NullMarked
package io.ampacity.routing;

import org.jspecify.annotations.NullMarked;
