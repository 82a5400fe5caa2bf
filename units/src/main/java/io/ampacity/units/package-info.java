/** Quantities with units: parse "40 MW", print "40 MW". */
@NullMarked
package io.ampacity.units;

import org.jspecify.annotations.NullMarked;
