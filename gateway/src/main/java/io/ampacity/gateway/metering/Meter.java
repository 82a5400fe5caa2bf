package io.ampacity.gateway.metering;

/**
 * Takes down every request once it has ended, before its client sees the end: what a client knows to be complete is
 * recorded. Called on event loops, several at once, so it is thread-safe and quick.
 */
@FunctionalInterface
public interface Meter {

    void record(RequestRecord request);
}
