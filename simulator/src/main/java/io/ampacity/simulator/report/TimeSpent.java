package io.ampacity.simulator.report;

/**
 * Time that completed requests spent on one thing.
 *
 * @param totalSeconds of all requests together
 * @param share of the end-to-end time of all requests, 0 to 1; NaN when there were none
 * @param seconds over requests, those that spent nothing on it included; percentiles to a part in a hundred
 */
public record TimeSpent(Part part, double totalSeconds, double share, Distribution seconds) {}
