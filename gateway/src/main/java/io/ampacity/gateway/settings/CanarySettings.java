package io.ampacity.gateway.settings;

import java.util.List;

/**
 * A pool on trial: it gets a small part of the requests, more once it has shown itself, and none once it is worse than the
 * others.
 *
 * @param share of the model's requests that it begins with, above 0 and at most a half
 * @param worseBy factor of the others' failures, or of their time to the first token, above which it is worse; above 1
 * @param requests over which it is compared, at least {@link #FEWEST_FAILURES}
 * @param expand the shares that it gets after the first, one after another, each larger; empty when its share stays
 * @param holdSeconds that it keeps a share at the least, 0 or more
 */
public record CanarySettings(double share, double worseBy, int requests, List<Double> expand, double holdSeconds) {

    /** Fewer failures than these may be chance. */
    public static final int FEWEST_FAILURES = 3;

    public CanarySettings {
        expand = List.copyOf(expand);
        if (!(share > 0 && share <= 0.5)
                || !(worseBy > 1)
                || requests < FEWEST_FAILURES
                || !(holdSeconds >= 0)
                || !rises(share, expand)) {
            throw new IllegalArgumentException("no trial: share " + share + ", then " + expand + ", worse by " + worseBy
                    + ", over " + requests + ", for " + holdSeconds + " s");
        }
    }

    /** One whose share stays. */
    public CanarySettings(double share, double worseBy, int requests) {
        this(share, worseBy, requests, List.of(), 0);
    }

    /** Whether each of these shares is larger than the one before, and none above all. */
    public static boolean rises(double first, List<Double> others) {
        double before = first;
        for (double each : others) {
            if (!(each > before && each <= 1)) {
                return false;
            }
            before = each;
        }
        return true;
    }

    /** How many shares it may get, one after another. */
    public int stages() {
        return 1 + expand.size();
    }

    /** The share of a stage, from 0. */
    public double share(int stage) {
        return stage == 0 ? share : expand.get(stage - 1);
    }

    /** The share that it gets in the end. */
    public double largestShare() {
        return share(stages() - 1);
    }
}
