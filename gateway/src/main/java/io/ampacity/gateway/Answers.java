package io.ampacity.gateway;

import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.metering.Use;

/** What the gateway says of an answer: what it took, its status when it is our own. */
final class Answers {

    private Answers() {}

    /** Adds what all attempts together took. */
    static void tellUse(AnswerHead head, RequestRecord record) {
        if (record.attempts().isEmpty()) {
            return;
        }
        tell(head, "x-ampacity-cost-usd", record.costUsd());
        Use last = record.attempts().getLast().use();
        tell(head, "x-ampacity-energy-joules", last.energyJoules());
        tell(head, "x-ampacity-carbon-grams", last.carbonGrams());
    }

    private static void tell(AnswerHead head, String name, double value) {
        head.put(name, Double.isFinite(value) ? sixDigits(value) : "unknown");
    }

    /** A number with six digits that count, written as Java writes numbers: quicker than a format. */
    static String sixDigits(double value) {
        if (value == 0) {
            return "0";
        }
        double scale = Math.pow(10, 5 - Math.floor(Math.log10(Math.abs(value))));
        return Double.isFinite(scale) ? String.valueOf(Math.rint(value * scale) / scale) : String.valueOf(value);
    }

    /** The kind of error that a client is told of. */
    static String type(Outcome outcome) {
        return switch (status(outcome)) {
            case 400 -> "invalid_request_error";
            case 403 -> "permission_error";
            case 429 -> outcome == Outcome.BUDGET_SPENT ? "insufficient_quota" : "rate_limit_error";
            default -> "upstream_error";
        };
    }

    /** The status that a client sees when an outcome is the last word. */
    static int status(Outcome outcome) {
        return switch (outcome) {
            case COMPLETED -> 200;
            case REFUSED, FILTERED -> 400;
            case ABORTED, HEDGED -> 499;
            case POLICY -> 403;
            case THROTTLED, NO_ROOM, BUDGET_SPENT -> 429;
            case CONNECT_FAILED,
                    NAME_UNKNOWN,
                    TLS_FAILED,
                    UNAUTHORISED,
                    SERVER_ERROR,
                    RESET,
                    STALE,
                    CUT,
                    MALFORMED,
                    ERROR_EVENT,
                    PREFILL_REFUSED,
                    TOO_LARGE -> 502;
            case HEAD_LATE, FIRST_TOKEN_LATE, STALLED, TOTAL_LATE -> 504;
        };
    }
}
