/**
 * Finds what cannot be right in facts, before a plan is built on it.
 *
 * <p>Each check looks for one fault that was met in published data:
 *
 * <table>
 * <caption>Checks</caption>
 * <tr><td>{@code spot-above-on-demand}, {@code spot-equals-on-demand}</td><td>a spot price that is none</td></tr>
 * <tr><td>{@code placeholder-price}</td><td>700 where "not sold here" is meant</td></tr>
 * <tr><td>{@code more-chips-than-server}</td><td>12 GPUs in a machine of 8</td></tr>
 * <tr><td>{@code two-price-levels}</td><td>a commitment price under the on-demand label</td></tr>
 * <tr><td>{@code price-class-outlier}</td><td>a price far from all others for that chip</td></tr>
 * <tr><td>{@code one-price-everywhere}</td><td>a list that does not say where the machine exists</td></tr>
 * <tr><td>{@code memory-unit}, {@code total-memory-of-one}</td><td>GB in a MiB field; eight chips with one chip's memory</td></tr>
 * <tr><td>{@code marginal-in-average}</td><td>marginal intensity in an average column</td></tr>
 * <tr><td>{@code basis-mixed}, {@code direct-above-life-cycle}</td><td>direct and life-cycle intensities side by side</td></tr>
 * <tr><td>{@code stale-year}, {@code constant-column}</td><td>last year's values, or a fleet mean, under this year's date</td></tr>
 * <tr><td>{@code duplicate-region}, {@code misspelt-region}</td><td>one region twice, or under a wrong name</td></tr>
 * <tr><td>{@code cell-count}, {@code lost-decimal-point}, {@code not-a-number}, {@code out-of-range}</td><td>shifted columns</td></tr>
 * <tr><td>{@code sparse-peak}, {@code peak-per-watt}, {@code precision-ratio}</td><td>a peak that counts sparsity</td></tr>
 * <tr><td>{@code bidirectional-link}</td><td>both directions of a link taken for one</td></tr>
 * <tr><td>{@code bandwidth-ahead-of-its-year}, {@code sram-as-memory}</td><td>implausible memory</td></tr>
 * <tr><td>{@code shares-do-not-add-up}, {@code share-is-not-the-quotient}</td><td>percentages that contradict their counts</td></tr>
 * <tr><td>{@code parameter-count}</td><td>an architecture that does not hold the parameters it is said to have</td></tr>
 * <tr><td>{@code unknown-reference}, {@code profile-differs-from-region}</td><td>facts that contradict each other</td></tr>
 * <tr><td>{@code disagrees-with-catalogue}</td><td>far from what the catalogue has, which may be wrong too</td></tr>
 * </table>
 */
@NullMarked
package io.ampacity.facts.check;

import org.jspecify.annotations.NullMarked;
