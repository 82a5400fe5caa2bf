package io.ampacity.gateway.settings;

/**
 * When a second upstream is asked beside the first, whoever says a word first being heard.
 *
 * @param afterSeconds without a first token
 * @param share of requests that may be hedged, so that slowness everywhere does not double the load
 */
public record HedgeSettings(double afterSeconds, double share) {}
