/** The routing policies, one class each, and their register by name. */
@NullMarked
package io.ampacity.routing.policy;

import org.jspecify.annotations.NullMarked;
