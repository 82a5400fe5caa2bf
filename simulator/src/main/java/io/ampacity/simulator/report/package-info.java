/** What came of it: distributions, counts, energy, windows and series. */
@NullMarked
package io.ampacity.simulator.report;

import org.jspecify.annotations.NullMarked;
