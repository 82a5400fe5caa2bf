@NullMarked
package io.ampacity.gateway.upstream;

import org.jspecify.annotations.NullMarked;
