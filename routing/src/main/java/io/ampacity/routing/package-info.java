/**
 * Who serves this request: eligibility, weights, breakers, failover. Pure functions, no I/O, no clock.
 *
 * <p>The simulator and the live gateway both call this code, so what is simulated is what runs. A decision goes through
 * four steps, none of which allocates:
 *
 * <ol>
 *   <li>{@link io.ampacity.routing.RoutingTable} gives the pools that may serve the workload at all. It is built once, from
 *       a scenario and a plan, and leaves out every pool that {@link io.ampacity.routing.Eligibility} refuses: a wrong
 *       sub-processor, jurisdiction or distance can therefore not be chosen by any policy.
 *   <li>{@link io.ampacity.routing.CircuitBreakers} take away those that keep failing, by quota group.
 *   <li>A {@link io.ampacity.routing.RoutingPolicy} picks one of what is left.
 *   <li>When nothing is left, the {@linkplain io.ampacity.routing.RoutingTable#failover(int) failover order} is tried.
 * </ol>
 *
 * <p>Time is passed in as seconds; no class here reads a clock.
 */
@NullMarked
package io.ampacity.routing;

import org.jspecify.annotations.NullMarked;
