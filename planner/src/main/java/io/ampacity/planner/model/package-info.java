/**
 * The plan as a mixed-integer model: who may run what where, what is held, what it costs.
 *
 * <p>Sets: w workloads, i candidates (a workload on a pool in a layout), g pools (site, operator, chip, firm or spot), o offers,
 * p periods.
 *
 * <table>
 *   <caption>Symbols and where they live</caption>
 *   <tr><th>symbol</th><th>meaning</th><th>field</th></tr>
 *   <tr><td>b(o,p)</td><td>blocks held (flexible) or ordered (committed)</td><td>{@link io.ampacity.planner.model.Holding#blocks}</td></tr>
 *   <tr><td>k(s,p)</td><td>blocks of a stock that work is put on</td><td>{@link io.ampacity.planner.model.Stock#used}</td></tr>
 *   <tr><td>n(i,p)</td><td>replicas of a serving candidate, whole</td><td>{@link io.ampacity.planner.model.Use.Serving#replicas}</td></tr>
 *   <tr><td>x(i,p)</td><td>its share of the traffic</td><td>{@link io.ampacity.planner.model.Use.Serving#share}</td></tr>
 *   <tr><td>κ(i)</td><td>rate of one replica at the objective over the peak</td><td>{@link io.ampacity.planner.model.Use.Serving#peakPerReplica}</td></tr>
 *   <tr><td>y, z</td><td>gang runs, part of the run done</td><td>{@link io.ampacity.planner.model.Use.Training}</td></tr>
 *   <tr><td>v, u</td><td>pool takes batch work, part of it done</td><td>{@link io.ampacity.planner.model.Use.Batch}</td></tr>
 *   <tr><td>H(g,p)</td><td>chips in a pool</td><td>{@link io.ampacity.planner.model.PlanModel#held}</td></tr>
 *   <tr><td>δ(p)</td><td>discount to mid-period</td><td>{@link io.ampacity.scenario.Horizon#discountFactor}</td></tr>
 * </table>
 *
 * <p>Minimised is Σ δ(p) · (capacity + projects + energy + data + carbon price). The rows are in {@code io.ampacity.planner.limits}, one class a
 * family.
 */
@NullMarked
package io.ampacity.planner.model;

import org.jspecify.annotations.NullMarked;
