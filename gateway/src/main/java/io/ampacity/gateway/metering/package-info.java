/** What every request and every attempt took: tokens, money, energy, carbon, and whether that is known. */
@NullMarked
package io.ampacity.gateway.metering;

import org.jspecify.annotations.NullMarked;
