/** Decision papers for the terminal and the browser. */
@NullMarked
package io.ampacity.reports;

import org.jspecify.annotations.NullMarked;
