@NullMarked
package io.ampacity.gateway;

import org.jspecify.annotations.NullMarked;
