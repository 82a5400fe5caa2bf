@NullMarked
package io.ampacity.gateway.protocol;

import org.jspecify.annotations.NullMarked;
