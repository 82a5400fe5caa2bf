/** What a gateway is told: where it listens, whom it asks, what it must never do. Immutable, checked before it is used. */
@NullMarked
package io.ampacity.gateway.settings;

import org.jspecify.annotations.NullMarked;
