/**
 * What a gateway tells a collector of OpenTelemetry: a span for each request, one beneath it for each attempt, and metrics, in
 * the words of the semantic conventions for generative AI.
 *
 * <p>Spans are made of a request's record once it has ended, by a thread of their own: an event loop only hands the record
 * over, and never waits. When that thread cannot keep up, records are left out and counted.
 */
@NullMarked
package io.ampacity.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
