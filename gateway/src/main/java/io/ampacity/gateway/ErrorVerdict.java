package io.ampacity.gateway;

import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream's refusal means.
 *
 * @param isFinal whether nobody else may be asked: the client gets the upstream's own words
 * @param retryAfterSeconds when it may be asked again; negative when it did not say
 */
record ErrorVerdict(Outcome outcome, String detail, boolean isFinal, double retryAfterSeconds) {

    private static final int LONGEST_RETRY_AFTER = 3600;

    /**
     * Judges an answer whose status is not 200.
     *
     * @param retryAfter as the upstream said; negative when it did not
     * @param goesOn whether it was asked to go on from words of the assistant
     */
    static ErrorVerdict of(int status, byte[] body, double retryAfter, boolean goesOn) {
        if (isFilter(ErrorCode.in(body))) {
            return last(Outcome.FILTERED, "a content filter refused it");
        }
        if (status == 429 || (status >= 500 && retryAfter >= 0)) {
            return new ErrorVerdict(
                    Outcome.THROTTLED,
                    "it has no room (" + status + ")",
                    false,
                    Math.min(retryAfter, LONGEST_RETRY_AFTER));
        }
        if (status == 401 || status == 403) {
            return other(Outcome.UNAUTHORISED, "it does not take our credential (" + status + ")");
        }
        if (status >= 500 || status == 404 || status == 408 || status < 400) {
            return other(Outcome.SERVER_ERROR, "it answered " + status);
        }
        if (goesOn) {
            return other(Outcome.PREFILL_REFUSED, "it will not go on from words of the assistant (" + status + ")");
        }
        return last(Outcome.REFUSED, "it refused the request");
    }

    /** What an error event within a stream means. */
    static Outcome ofEvent(@Nullable String code) {
        return isFilter(code) ? Outcome.FILTERED : Outcome.ERROR_EVENT;
    }

    private static ErrorVerdict last(Outcome outcome, String detail) {
        return new ErrorVerdict(outcome, detail, true, -1);
    }

    private static ErrorVerdict other(Outcome outcome, String detail) {
        return new ErrorVerdict(outcome, detail, false, -1);
    }

    private static boolean isFilter(@Nullable String code) {
        return code != null && (code.contains("content_filter") || code.contains("content_policy"));
    }
}
