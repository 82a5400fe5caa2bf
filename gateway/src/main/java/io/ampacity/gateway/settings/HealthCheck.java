package io.ampacity.gateway.settings;

/**
 * How an upstream is asked whether it is well, beside the requests that it serves.
 *
 * @param path that answers below 400 when all is well, from the root of the server
 * @param failures in a row until it is left alone
 */
public record HealthCheck(String path, double everySeconds, double timeoutSeconds, int failures) {}
