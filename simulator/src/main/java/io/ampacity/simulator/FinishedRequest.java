package io.ampacity.simulator;

import io.ampacity.simulator.report.Part;
import org.jspecify.annotations.Nullable;

/**
 * A completed request as an observer is shown it. One instance serves a whole run: what it says holds until the observer
 * returns. Times are seconds from the start of the simulation.
 */
public final class FinishedRequest {

    String workload = "";
    long id;
    String pool = "";
    int replica;

    @Nullable String tenant;

    @Nullable String serviceClass;

    int attempts;
    int promptTokens;
    int outputTokens;
    double arrivalSeconds;
    double admittedSeconds;
    double firstStepEndSeconds;
    double lastStepEndSeconds;
    double firstTokenSeconds;
    double lastTokenSeconds;
    boolean attained;
    final double[] parts = new double[Part.COUNT];

    FinishedRequest() {}

    public String workload() {
        return workload;
    }

    /** Number in its workload's source, from 0. */
    public long id() {
        return id;
    }

    public String pool() {
        return pool;
    }

    /** Number of the replica in its pool, from 0. */
    public int replica() {
        return replica;
    }

    /** Null when the trace does not tell. */
    public @Nullable String tenant() {
        return tenant;
    }

    /** Null when the trace does not tell. */
    public @Nullable String serviceClass() {
        return serviceClass;
    }

    /** How often it was sent, at least 1. */
    public int attempts() {
        return attempts;
    }

    public int promptTokens() {
        return promptTokens;
    }

    public int outputTokens() {
        return outputTokens;
    }

    /** When the client sent it. */
    public double arrivalSeconds() {
        return arrivalSeconds;
    }

    /** When the replica first took it into a step. */
    public double admittedSeconds() {
        return admittedSeconds;
    }

    /** When the replica had its first token. */
    public double firstStepEndSeconds() {
        return firstStepEndSeconds;
    }

    /** When the replica had its last token. */
    public double lastStepEndSeconds() {
        return lastStepEndSeconds;
    }

    /** When the client saw the first token. */
    public double firstTokenSeconds() {
        return firstTokenSeconds;
    }

    /** When the client saw the last token. */
    public double lastTokenSeconds() {
        return lastTokenSeconds;
    }

    /** Whether it attained the objective of its workload; true when nothing was promised. */
    public boolean attained() {
        return attained;
    }

    /** What it spent on one thing. */
    public double seconds(Part part) {
        return parts[part.index()];
    }
}
