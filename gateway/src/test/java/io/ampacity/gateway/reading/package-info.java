@NullMarked
package io.ampacity.gateway.reading;

import org.jspecify.annotations.NullMarked;
