/**
 * One replica of a serving engine, by ideas:
 *
 * <ul>
 *   <li><b>State.</b> {@code Batch} holds the requests of a replica in lists, {@code DecodeSet} and {@code PrefillBatch} those of
 *       a step, {@code KvCache} the blocks with {@code PrefixCache} and {@code KvTiers} beside it. What is known of a request
 *       stands in flat columns of the slab.
 *   <li><b>Policy.</b> {@code StepScheduler} plans a step; {@code Admission} lets requests in, {@code Preemption} puts them out.
 *   <li><b>Time.</b> {@code FastForward} makes as many steps as are alike one event, on the sums of {@code RunOfSteps}.
 *   <li><b>Outcome.</b> {@code StepOutcome} tells what requests have when steps have ended, {@code Losses} what they lose when
 *       the replica dies; {@code ReplicaMeter} counts, {@code ReplicaGauges} reads.
 * </ul>
 *
 * {@code Replica} is the face of all this, and {@code ReplicaEvents} what it tells its surroundings.
 */
@NullMarked
package io.ampacity.simulator.replica;

import org.jspecify.annotations.NullMarked;
