/** Reads what a gateway is told: a YAML document, and the plan it carries out. */
@NullMarked
package io.ampacity.gateway.reading;

import org.jspecify.annotations.NullMarked;
