package io.ampacity.routing;

import java.util.Arrays;

/**
 * One circuit breaker for each quota group: closed (all pass), open (none pass), half open (a few probes pass). A pure
 * state machine: time is passed in. Mutable; for one thread.
 */
public final class CircuitBreakers {

    /** The three states. */
    public enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    private final BreakerSettings settings;
    private final State[] states;
    private final int[] failures;
    private final int[] probesInFlight;
    private final double[] openUntilSeconds;
    private final double[] waitSeconds;
    private final double[] throttledUntilSeconds;
    private long opened;

    public CircuitBreakers(int groups, BreakerSettings settings) {
        this.settings = settings;
        states = new State[groups];
        Arrays.fill(states, State.CLOSED);
        failures = new int[groups];
        probesInFlight = new int[groups];
        openUntilSeconds = new double[groups];
        waitSeconds = new double[groups];
        throttledUntilSeconds = new double[groups];
    }

    /** Whether a request may be sent to the group now. */
    public boolean allows(int group, double nowSeconds) {
        if (isThrottled(group, nowSeconds)) {
            return false;
        }
        return switch (states[group]) {
            case CLOSED -> true;
            case OPEN -> nowSeconds >= openUntilSeconds[group];
            case HALF_OPEN -> probesInFlight[group] < settings.probes();
        };
    }

    /** State of a group, for display: an open breaker whose wait is over counts as half open. */
    public State state(int group, double nowSeconds) {
        return states[group] == State.OPEN && nowSeconds >= openUntilSeconds[group] ? State.HALF_OPEN : states[group];
    }

    /** How often a closed breaker opened. */
    public long opened() {
        return opened;
    }

    /** A request is being sent to the group. */
    public void sent(int group, double nowSeconds) {
        if (states[group] == State.OPEN && nowSeconds >= openUntilSeconds[group]) {
            states[group] = State.HALF_OPEN;
            probesInFlight[group] = 0;
        }
        if (states[group] == State.HALF_OPEN) {
            probesInFlight[group]++;
        }
    }

    /** The group answered. One answer closes a half-open breaker; late answers to an open one say nothing new. */
    public void succeeded(int group) {
        switch (states[group]) {
            case CLOSED -> failures[group] = 0;
            case HALF_OPEN -> {
                states[group] = State.CLOSED;
                failures[group] = 0;
                probesInFlight[group] = 0;
            }
            case OPEN -> {}
        }
    }

    /** The group did not answer, or answered with an error that is its own fault. */
    public void failed(int group, double nowSeconds) {
        switch (states[group]) {
            case CLOSED -> {
                if (++failures[group] >= settings.failuresToOpen()) {
                    opened++;
                    waitSeconds[group] = settings.openSeconds();
                    open(group, nowSeconds);
                }
            }
            case HALF_OPEN -> {
                waitSeconds[group] = Math.min(settings.maximumOpenSeconds(), waitSeconds[group] * 2);
                open(group, nowSeconds);
            }
            case OPEN -> {}
        }
    }

    /** A request ended that says nothing of the group's health, such as one its client gave up or the group throttled. */
    public void ended(int group) {
        if (states[group] == State.HALF_OPEN && probesInFlight[group] > 0) {
            probesInFlight[group]--;
        }
    }

    /** The group asked to be left alone until then; an earlier wish that reaches further stands. */
    public void throttled(int group, double untilSeconds) {
        throttledUntilSeconds[group] = Math.max(throttledUntilSeconds[group], untilSeconds);
    }

    /** Whether the group asked to be left alone now, which says nothing of its health. */
    public boolean isThrottled(int group, double nowSeconds) {
        return nowSeconds < throttledUntilSeconds[group];
    }

    /** When the group's last wish to be left alone ends; in the past when there is none. */
    public double throttledUntilSeconds(int group) {
        return throttledUntilSeconds[group];
    }

    /**
     * What another knew of one of its groups holds for a group here. Requests that are under way report to the other, so a
     * half-open breaker may try anew.
     */
    void learnFrom(CircuitBreakers other, int otherGroup, int group) {
        states[group] = other.states[otherGroup];
        failures[group] = other.failures[otherGroup];
        openUntilSeconds[group] = other.openUntilSeconds[otherGroup];
        waitSeconds[group] = other.waitSeconds[otherGroup];
        throttledUntilSeconds[group] = other.throttledUntilSeconds[otherGroup];
    }

    private void open(int group, double nowSeconds) {
        states[group] = State.OPEN;
        openUntilSeconds[group] = nowSeconds + waitSeconds[group];
        probesInFlight[group] = 0;
    }
}
