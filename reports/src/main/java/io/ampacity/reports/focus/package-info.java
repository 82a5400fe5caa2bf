/**
 * What a plan will cost as rows of FOCUS, the FinOps Open Cost and Usage Specification (version 1.2,
 * focus.finops.org), and how a bill in that form differs from it.
 *
 * <table>
 * <caption>What becomes which rows</caption>
 * <tr><th>of the plan</th><th>rows</th></tr>
 * <tr><td>chips by the hour</td><td>{@code Usage}; billed and effective cost alike</td></tr>
 * <tr><td>reserved chips</td><td>{@code Purchase} with the cash, effective cost 0; {@code Usage} with the level cost, billed
 * 0, {@code Used} and {@code Unused} apart</td></tr>
 * <tr><td>bought chips</td><td>{@code Purchase} with the price on delivery; {@code Usage} with the capital
 * recovery</td></tr>
 * <tr><td>owned chips, energy</td><td>{@code Usage}</td></tr>
 * <tr><td>the inner price of carbon</td><td>{@code Usage} with billed cost 0</td></tr>
 * </table>
 *
 * <p>Effective costs add up to the cost of the plan. A row covers a calendar month, as bills do.
 */
@NullMarked
package io.ampacity.reports.focus;

import org.jspecify.annotations.NullMarked;
