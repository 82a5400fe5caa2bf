/** Tests of the scenario reader. */
@NullMarked
package io.ampacity.scenario.reading;

import org.jspecify.annotations.NullMarked;
