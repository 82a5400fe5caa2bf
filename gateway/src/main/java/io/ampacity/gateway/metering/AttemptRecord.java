package io.ampacity.gateway.metering;

/**
 * One attempt to have a request answered.
 *
 * @param why it went to this pool
 * @param beganSeconds after the request arrived
 * @param firstTokenSeconds after the request arrived; NaN when none came
 * @param status of the upstream; 0 when it gave none
 */
public record AttemptRecord(
        String pool,
        String supplier,
        String site,
        String model,
        String why,
        double beganSeconds,
        double seconds,
        double firstTokenSeconds,
        int status,
        Outcome outcome,
        Use use) {}
