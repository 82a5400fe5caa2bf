/** The commands a person types. */
@NullMarked
package io.ampacity.cli;

import org.jspecify.annotations.NullMarked;
