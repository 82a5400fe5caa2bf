@NullMarked
package io.ampacity.gateway.json;

import org.jspecify.annotations.NullMarked;
