/** Tests of json documents. */
@NullMarked
package io.ampacity.scenario.json;

import org.jspecify.annotations.NullMarked;
