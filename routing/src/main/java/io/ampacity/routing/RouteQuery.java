package io.ampacity.routing;

import java.util.Arrays;

/**
 * One request that asks for a pool. Mutable and reused, so that a decision allocates nothing; for one thread.
 */
public final class RouteQuery {

    private int workload;
    private int promptTokens;
    private long affinity;
    private double nowSeconds;
    private int[] tried = new int[4];
    private int triedCount;

    /**
     * Begins a new question.
     *
     * @param workload number in the table
     * @param affinity what requests with a shared prefix or session have in common; 0 when nothing is known
     * @param nowSeconds current time on the caller's clock, never decreasing
     */
    public RouteQuery of(int workload, int promptTokens, long affinity, double nowSeconds) {
        this.workload = workload;
        this.promptTokens = promptTokens;
        this.affinity = affinity;
        this.nowSeconds = nowSeconds;
        triedCount = 0;
        return this;
    }

    /** Leaves a pool out of this question: it has just failed or refused the request. */
    public RouteQuery without(int pool) {
        if (triedCount == tried.length) {
            tried = Arrays.copyOf(tried, tried.length * 2);
        }
        tried[triedCount++] = pool;
        return this;
    }

    public int workload() {
        return workload;
    }

    public int promptTokens() {
        return promptTokens;
    }

    public long affinity() {
        return affinity;
    }

    public double nowSeconds() {
        return nowSeconds;
    }

    /** Whether the pool was left out by {@link #without}. */
    public boolean isTried(int pool) {
        for (int i = 0; i < triedCount; i++) {
            if (tried[i] == pool) {
                return true;
            }
        }
        return false;
    }
}
