/** Request and demand traces: read, describe, fit and synthesise. */
@NullMarked
package io.ampacity.traces;

import org.jspecify.annotations.NullMarked;
