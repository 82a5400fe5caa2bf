/**
 * Failures drawn by chance, or taken from a record of what happened.
 *
 * <p><b>Renewal.</b> Each thing that can fail works for a time drawn with mean {@code meanTimeBetween} (MTBF), is mended for
 * one drawn with mean {@code meanTimeToRepair} (MTTR), and works again as new. Its long-run availability is
 * MTBF / (MTBF + MTTR). With exponential times and short repairs its failures are a Poisson process.
 *
 * <p><b>Chips.</b> A replica of c chips fails with the first of them. The least of c exponential times is exponential with
 * mean MTBF / c; the least of c Weibull times of shape k is Weibull with the same shape and a scale smaller by c^(1/k).
 *
 * <p><b>Common causes</b> (Marshall and Olkin, JASA 62, 1967). A share β of the failures of a thing comes from shocks to
 * the group it stands in: a site, a region, a supplier. Shocks of a group are a Poisson process of rate β / (p · MTBF), and
 * each thing of the group is hit with chance p, so every thing still fails once in MTBF on average. Over the same
 * time, the counts of failures of two things in a group have the correlation β · p.
 *
 * <p><b>Seeds.</b> Each thing, and each group, has a chance of its own, drawn from the seed and its name. So adding a pool
 * changes nothing for the others, and two plans compared with one seed see the same failures where they are alike.
 */
@NullMarked
package io.ampacity.simulator.failure.process;

import org.jspecify.annotations.NullMarked;
