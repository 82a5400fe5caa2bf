package io.ampacity.gateway;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.settings.CanarySettings;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one canary against the pools beside it. It is compared over so many of its requests, then anew, so
 * that one that becomes worse later is found too. Thread-safe.
 */
final class Trial {

    private final CanarySettings settings;
    private Side canary = new Side();
    private Side others = new Side();
    private @Nullable String verdict;

    Trial(CanarySettings settings) {
        this.settings = settings;
    }

    private static final class Side {
        private int ended;
        private int failed;
        private int firstTokens;
        private double firstTokenSeconds;

        void add(boolean failure, double seconds) {
            ended++;
            failed += failure ? 1 : 0;
            if (Double.isFinite(seconds)) {
                firstTokens++;
                firstTokenSeconds += seconds;
            }
        }

        double meanFirstToken() {
            return firstTokenSeconds / firstTokens;
        }
    }

    CanarySettings settings() {
        return settings;
    }

    /** Why it was stopped; null while it runs. */
    synchronized @Nullable String verdict() {
        return verdict;
    }

    /** Takes in how an attempt ended; why the canary is stopped, when that is the one that decides it. */
    synchronized @Nullable String add(AttemptRecord attempt, boolean ofCanary, boolean stream) {
        if (verdict != null || saysNothing(attempt.outcome())) {
            return null;
        }
        (ofCanary ? canary : others)
                .add(
                        attempt.outcome() != Outcome.COMPLETED,
                        stream ? attempt.firstTokenSeconds() - attempt.beganSeconds() : Double.NaN);
        if (!ofCanary) {
            return null;
        }
        verdict = judged();
        if (verdict == null && canary.ended >= settings.requests()) {
            canary = new Side();
            others = new Side();
        }
        return verdict;
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

    private @Nullable String judged() {
        // So many failures are too many even if all that is left of the count went well: nobody waits for that.
        double allowed =
                others.ended == 0 ? 0 : settings.worseBy() * others.failed / others.ended * settings.requests();
        if (canary.failed >= CanarySettings.FEWEST_FAILURES && canary.failed > allowed) {
            return String.format(
                    Locale.ROOT,
                    "%d of %d requests failed; of the others %d of %d",
                    canary.failed,
                    canary.ended,
                    others.failed,
                    others.ended);
        }
        if (canary.ended >= settings.requests()
                && canary.firstTokens > 0
                && others.firstTokens > 0
                && canary.meanFirstToken() > settings.worseBy() * others.meanFirstToken()) {
            return String.format(
                    Locale.ROOT,
                    "the first token takes %.3g s; that of the others %.3g s",
                    canary.meanFirstToken(),
                    others.meanFirstToken());
        }
        return null;
    }
}
