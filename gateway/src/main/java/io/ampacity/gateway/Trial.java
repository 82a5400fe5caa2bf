package io.ampacity.gateway;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.settings.CanarySettings;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one canary against the pools beside it. It is compared over so many of its requests, then anew, so
 * that one that becomes worse later is found too. One that was not worse over a whole count gets its next share, once it
 * has had this one for long enough. Thread-safe.
 */
final class Trial {

    private final CanarySettings settings;
    private final LongSupplier nanos;
    private Side canary = new Side();
    private Side others = new Side();
    /** The others over the last whole count of theirs: what is compared with while a new one is small. */
    private @Nullable Side othersBefore;

    private int stage;
    private long stageBegan;
    private boolean passed;
    private @Nullable String verdict;

    Trial(CanarySettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
        stageBegan = nanos.getAsLong();
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

    /** Goes on where a former one stood; its counts begin anew. */
    synchronized void resume(int atStage, boolean hasPassed, @Nullable String stoppedFor) {
        stage = Math.clamp(atStage, 0, settings.stages() - 1);
        passed = hasPassed;
        verdict = stoppedFor;
    }

    /** Why it was stopped; null while it runs. */
    synchronized @Nullable String verdict() {
        return verdict;
    }

    /** The share of the requests that are its own now, or were when it was stopped. */
    synchronized double share() {
        return settings.share(stage);
    }

    /** How it stands, in words. */
    synchronized String state() {
        if (verdict != null) {
            return "stopped: " + verdict;
        }
        return settings.stages() == 1
                ? "on trial"
                : String.format(
                        Locale.ROOT,
                        "%s: %s; %d of %d requests compared",
                        passed ? "passed" : "on trial",
                        place(),
                        canary.ended,
                        settings.requests());
    }

    /** Its share and its stage, in words. */
    synchronized String place() {
        return percent(settings.share(stage)) + " of the requests, stage " + (stage + 1) + " of " + settings.stages();
    }

    /** A share in words. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.4g", share * 100).replaceFirst("\\.?0+$", "") + " %";
    }

    /** Takes in how an attempt ended; what changes, when that is the one that decides it. */
    synchronized @Nullable TrialTurn add(AttemptRecord attempt, boolean ofCanary, boolean stream) {
        if (verdict != null || saysNothing(attempt.outcome())) {
            return null;
        }
        if (!ofCanary && settings.share(stage) >= 1) {
            // Only what the canary failed comes to the others now, which is nothing to compare with.
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
        if (verdict != null) {
            return new TrialTurn(TrialTurn.Kind.STOPPED, verdict);
        }
        if (canary.ended < settings.requests()) {
            return null;
        }
        TrialTurn turn = shown();
        canary = new Side();
        if (others.ended >= settings.requests()) {
            othersBefore = others;
            others = new Side();
        }
        return turn;
    }

    private Side compared() {
        Side before = othersBefore;
        return before != null && others.ended < settings.requests() ? before : others;
    }

    /** Failures that its whole count may have and not be worse than the others. */
    private double allowed() {
        Side rest = compared();
        return rest.ended == 0 ? 0 : settings.worseBy() * rest.failed / rest.ended * settings.requests();
    }

    /** What a whole count that did not stop it earns. */
    private @Nullable TrialTurn shown() {
        Side rest = compared();
        if (settings.stages() == 1
                || passed
                || rest.ended < settings.requests()
                || canary.failed > allowed()
                || (nanos.getAsLong() - stageBegan) / 1e9 < settings.holdSeconds()) {
            return null;
        }
        String earned = String.format(
                Locale.ROOT,
                "after %d of %d requests failed; of the others %d of %d",
                canary.failed,
                canary.ended,
                rest.failed,
                rest.ended);
        if (stage + 1 < settings.stages()) {
            stage++;
            stageBegan = nanos.getAsLong();
            return new TrialTurn(TrialTurn.Kind.WIDENED, place() + ", " + earned);
        }
        passed = true;
        return new TrialTurn(TrialTurn.Kind.PASSED, place() + ", " + earned);
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
        Side rest = compared();
        // So many failures are too many even if all that is left of the count went well: nobody waits for that.
        if (canary.failed >= CanarySettings.FEWEST_FAILURES && canary.failed > allowed()) {
            return String.format(
                    Locale.ROOT,
                    "%d of %d requests failed; of the others %d of %d",
                    canary.failed,
                    canary.ended,
                    rest.failed,
                    rest.ended);
        }
        if (canary.ended >= settings.requests()
                && canary.firstTokens > 0
                && rest.firstTokens > 0
                && canary.meanFirstToken() > settings.worseBy() * rest.meanFirstToken()) {
            return String.format(
                    Locale.ROOT,
                    "the first token takes %.3g s; that of the others %.3g s",
                    canary.meanFirstToken(),
                    rest.meanFirstToken());
        }
        return null;
    }
}
