/** Walks over JSON bytes without making objects of them. */
@NullMarked
package io.ampacity.gateway.json;

import org.jspecify.annotations.NullMarked;
