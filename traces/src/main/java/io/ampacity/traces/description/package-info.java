/**
 * What a trace is like, found in one streaming pass and bounded memory.
 *
 * <p>Burstiness is told twice, because one number hides it: the coefficient of variation of gaps speaks of neighbouring
 * requests, the index of dispersion (variance over mean of counts in windows of 1, 10 and 60 s) of crowds. Both are 1
 * for a Poisson process.
 */
@NullMarked
package io.ampacity.traces.description;

import org.jspecify.annotations.NullMarked;
