/**
 * Replays traffic on a plan: one deterministic event loop.
 *
 * <p>A {@link io.ampacity.simulator.Simulation} is given a {@linkplain io.ampacity.simulator.fleet.Fleet fleet} (built from
 * a plan or by hand), {@linkplain io.ampacity.simulator.SimulationSettings settings} with what shall
 * {@linkplain io.ampacity.simulator.failure.Failure fail}, and a source of requests for each workload. Each request goes
 * the way it would go in life:
 *
 * <ol>
 *   <li>it arrives, and the router of {@code io.ampacity.routing} picks a pool, or turns it away;
 *   <li>it crosses half a network round trip and joins the queue of the replica with least expected work;
 *   <li>the {@linkplain io.ampacity.simulator.replica.Replica replica} batches as vLLM does, in steps whose time and energy
 *       the step model of {@code io.ampacity.physics} tells;
 *   <li>its tokens cross the other half of the round trip; or its replica dies, and it is sent elsewhere within the retry
 *       budget.
 * </ol>
 *
 * <p>TTFT is measured from arrival until the client sees the first token, TPOT is the mean gap between the tokens of a
 * request, inter-token latency each gap. A request attains its objective when its own TTFT and TPOT are within the
 * limits; one that was rejected or lost does not.
 *
 * <p>Checked in every run: each request ends once; tokens produced are tokens delivered or thrown away; the KV cache is
 * never over; time never goes back. A violation throws {@link IllegalStateException}.
 */
@NullMarked
package io.ampacity.simulator;

import org.jspecify.annotations.NullMarked;
