/**
 * Requests in order of arrival: the contract every trace is read through, and the adapters that bend one.
 *
 * <p>A trace may hold 10<sup>8</sup> requests, so nothing here keeps one whole in memory and nothing allocates per
 * request: a {@link io.ampacity.traces.RequestSource} is a cursor whose accessors tell of the current request. The
 * readers live in {@code reader}, the synthesiser and its fitting in {@code model}, the one-pass summary in
 * {@code description}.
 */
@NullMarked
package io.ampacity.traces;

import org.jspecify.annotations.NullMarked;
