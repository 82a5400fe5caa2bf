/**
 * What a plan must keep to, one class a family, each named for what it means to the user.
 *
 * <p>A limit that is written and cannot be built is an error. In an elastic model each gives way at a price, which is how
 * the cheapest set of limits to relax is found.
 */
@NullMarked
package io.ampacity.planner.limits;

import org.jspecify.annotations.NullMarked;
