package io.ampacity.gateway;

import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.metering.Use;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the gateway says of an answer: its headers, its status when it is our own. */
final class Answers {

    private static final Set<String> HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "content-length",
            "set-cookie",
            "date",
            "server");

    private Answers() {}

    /** Headers of an upstream's answer that pass. */
    static HttpHeaders passing(HttpHeaders upstream) {
        HttpHeaders headers = new DefaultHttpHeaders();
        Iterator<Map.Entry<CharSequence, CharSequence>> each = upstream.iteratorCharSequence();
        while (each.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = each.next();
            String name = header.getKey().toString().toLowerCase(Locale.ROOT);
            if (!HOP.contains(name) && !name.startsWith("x-ampacity-")) {
                headers.add(header.getKey(), header.getValue());
            }
        }
        return headers;
    }

    static HttpHeaders json() {
        return new DefaultHttpHeaders().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    }

    /** Adds what all attempts together took. */
    static void tellUse(HttpHeaders headers, RequestRecord record) {
        if (record.attempts().isEmpty()) {
            return;
        }
        tell(headers, "x-ampacity-cost-usd", record.costUsd());
        Use last = record.attempts().getLast().use();
        tell(headers, "x-ampacity-energy-joules", last.energyJoules());
        tell(headers, "x-ampacity-carbon-grams", last.carbonGrams());
    }

    private static void tell(HttpHeaders headers, String name, double value) {
        headers.set(name, Double.isFinite(value) ? sixDigits(value) : "unknown");
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
