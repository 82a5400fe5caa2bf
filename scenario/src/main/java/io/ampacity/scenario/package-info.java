/** The question and the answer: Scenario in, Plan out. */
@NullMarked
package io.ampacity.scenario;

import org.jspecify.annotations.NullMarked;
