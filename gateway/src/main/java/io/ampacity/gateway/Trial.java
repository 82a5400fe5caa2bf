package io.ampacity.gateway;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.settings.CanarySettings;
import io.ampacity.ledger.Trials.Side;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is known of pools on trial against those beside them. Thread-safe. */
sealed interface Trial permits LoneTrial, PooledTrial {

    CanarySettings settings();

    /** Why it was stopped; null while it runs. */
    @Nullable String verdict();

    /** The share of the requests that are its own now, or were when it was stopped. */
    double share();

    /** How it stands, in words. */
    String state();

    /** Takes in how an attempt ended; what changes, when that is known at once and that is the one that decides it. */
    @Nullable TrialTurn add(AttemptRecord attempt, boolean ofCanary, boolean stream);

    /** What one attempt says; null when it says nothing. */
    static @Nullable Side said(AttemptRecord attempt, boolean stream) {
        if (saysNothing(attempt.outcome())) {
            return null;
        }
        double seconds = stream ? attempt.firstTokenSeconds() - attempt.beganSeconds() : Double.NaN;
        return new Side(
                1,
                attempt.outcome() == Outcome.COMPLETED ? 0 : 1,
                Double.isFinite(seconds) ? 1 : 0,
                Double.isFinite(seconds) ? seconds : 0);
    }

    /** Refusals count: clients send as many bad requests to either side, so more of them are the canary's own. */
    private static boolean saysNothing(Outcome outcome) {
        return switch (outcome) {
            case ABORTED, HEDGED, BUDGET_SPENT, STALE, POLICY, NO_ROOM -> true;
            case COMPLETED,
                    REFUSED,
                    FILTERED,
                    THROTTLED,
                    NAME_UNKNOWN,
                    CONNECT_FAILED,
                    TLS_FAILED,
                    UNAUTHORISED,
                    SERVER_ERROR,
                    RESET,
                    HEAD_LATE,
                    FIRST_TOKEN_LATE,
                    STALLED,
                    CUT,
                    MALFORMED,
                    ERROR_EVENT,
                    PREFILL_REFUSED,
                    TOO_LARGE,
                    TOTAL_LATE -> false;
        };
    }

    /** A share in words. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.4g", share * 100).replaceFirst("\\.?0+$", "") + " %";
    }

    /** A stage's share, in words. */
    static String place(CanarySettings settings, int stage) {
        return percent(settings.share(stage)) + " of the requests, stage " + (stage + 1) + " of " + settings.stages();
    }
}
