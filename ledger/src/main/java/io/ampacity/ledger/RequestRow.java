package io.ampacity.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One request as a journal's line tells it. What is null is unknown.
 *
 * @param replica the gateway that served it
 * @param chargedUsd what it took of its key's budget, which is an upper bound where the cost is unknown
 */
record RequestRow(
        String id,
        String replica,
        Instant arrived,
        String key,
        String endpoint,
        String model,
        String dataClass,
        boolean streamed,
        double seconds,
        int status,
        String outcome,
        boolean rescued,
        @Nullable Double costUsd,
        double chargedUsd,
        List<AttemptRow> attempts) {

    RequestRow {
        attempts = List.copyOf(attempts);
    }

    /** One attempt. */
    record AttemptRow(
            String pool,
            String supplier,
            String site,
            String model,
            String why,
            double beganSeconds,
            double seconds,
            @Nullable Double firstTokenSeconds,
            int status,
            String outcome,
            String tokenBasis,
            boolean doubtful,
            @Nullable Long promptTokens,
            @Nullable Long cachedTokens,
            @Nullable Long cacheWriteTokens,
            @Nullable Long outputTokens,
            @Nullable Long reasoningTokens,
            @Nullable Double costUsd,
            @Nullable Double energyJoules,
            @Nullable Double energyLowJoules,
            @Nullable Double energyHighJoules,
            @Nullable Double carbonGrams) {

        private static AttemptRow of(JsonNode json) {
            JsonNode energy = json.path("energyJoules");
            return new AttemptRow(
                    text(json, "pool", 500),
                    text(json, "supplier", 200),
                    text(json, "site", 200),
                    text(json, "model", 500),
                    text(json, "why", 1000),
                    json.path("beganSeconds").asDouble(0),
                    json.path("seconds").asDouble(0),
                    number(json.path("firstTokenSeconds")),
                    json.path("status").asInt(0),
                    text(json, "outcome", 40),
                    text(json, "tokenBasis", 40),
                    json.path("doubtful").asBoolean(false),
                    count(json.path("promptTokens")),
                    count(json.path("cachedTokens")),
                    count(json.path("cacheWriteTokens")),
                    count(json.path("outputTokens")),
                    count(json.path("reasoningTokens")),
                    number(json.path("costUsd")),
                    number(energy.path("value")),
                    number(energy.path("low")),
                    number(energy.path("high")),
                    number(json.path("carbonGrams")));
        }
    }

    /** Reads a line; null when it tells of no request. */
    static @Nullable RequestRow of(JsonNode json, String replica) {
        String id = text(json, "id", 80);
        JsonNode arrived = json.path("arrivedMillis");
        if (id.isEmpty() || !arrived.isNumber()) {
            return null;
        }
        return new RequestRow(
                id,
                replica,
                Instant.ofEpochMilli(arrived.asLong()),
                text(json, "key", 200),
                text(json, "endpoint", 40),
                text(json, "model", 500),
                text(json, "dataClass", 500),
                json.path("stream").asBoolean(false),
                json.path("seconds").asDouble(0),
                json.path("status").asInt(0),
                text(json, "outcome", 40),
                json.path("rescued").asBoolean(false),
                number(json.path("costUsd")),
                json.path("chargedUsd").asDouble(0),
                json.path("attempts").valueStream().map(AttemptRow::of).toList());
    }

    private static String text(JsonNode json, String member, int longest) {
        String text = json.path(member).asString("");
        // PostgreSQL takes no zero characters.
        String clean = text.indexOf('\0') < 0 ? text : text.replace("\0", "");
        return clean.length() <= longest ? clean : clean.substring(0, longest);
    }

    private static @Nullable Double number(JsonNode json) {
        return json.isNumber() ? Double.valueOf(json.asDouble()) : null;
    }

    private static @Nullable Long count(JsonNode json) {
        return json.isNumber() ? Long.valueOf(json.asLong()) : null;
    }
}
