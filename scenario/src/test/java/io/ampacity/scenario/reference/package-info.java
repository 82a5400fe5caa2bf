/** Tests of reference documents. */
@NullMarked
package io.ampacity.scenario.reference;

import org.jspecify.annotations.NullMarked;
