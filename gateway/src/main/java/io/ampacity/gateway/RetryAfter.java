package io.ampacity.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** When an upstream wants to be asked again. */
final class RetryAfter {

    private static final double MILLIS = 1000;

    private RetryAfter() {}

    /** Seconds that the headers ask for, whichever way they say it; −1 when they do not. */
    static double seconds(HttpHeaders headers) {
        double millis = number(headers.get("retry-after-ms"));
        if (millis >= 0) {
            return millis / MILLIS;
        }
        String text = headers.get(HttpHeaderNames.RETRY_AFTER);
        double seconds = number(text);
        if (seconds >= 0 || text == null) {
            return seconds;
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Math.max(0, Duration.between(Instant.now(), until).toMillis() / MILLIS);
        } catch (DateTimeParseException neither) {
            return -1;
        }
    }

    private static double number(@org.jspecify.annotations.Nullable String text) {
        if (text == null) {
            return -1;
        }
        try {
            double number = Double.parseDouble(text.strip());
            return number >= 0 && number < 1e9 ? number : -1;
        } catch (NumberFormatException none) {
            return -1;
        }
    }
}
