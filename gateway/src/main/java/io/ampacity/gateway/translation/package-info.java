/**
 * Requests and answers carried from one protocol to another. What the other protocol cannot say is refused by name, never
 * left out: a client learns that before anybody is asked.
 */
@NullMarked
package io.ampacity.gateway.translation;

import org.jspecify.annotations.NullMarked;
