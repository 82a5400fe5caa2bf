package io.ampacity.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request as the ledger knows it, in the form of a journal's line. Where it stood in a trace is not kept; what is unknown
 * is null.
 */
public final class RequestLine {

    private static final String REQUEST = """
            select arrived, key_name, endpoint, model, data_class, streamed, seconds, status, outcome, rescued, cost_usd,
                charged_usd, replica
            from request where id = ?""";
    private static final String ATTEMPTS = """
            select pool, supplier, site, model, why, began_seconds, seconds, first_token_seconds, status, outcome,
                token_basis, doubtful, prompt_tokens, cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens,
                cost_usd, energy_joules, energy_low_joules, energy_high_joules, carbon_grams
            from attempt where request = ? order by number""";

    private RequestLine() {}

    /** The request of an id; null when the ledger does not have it. */
    public static @Nullable ObjectNode of(Ledger ledger, String id) {
        return ledger.database().transaction(connection -> read(connection, id));
    }

    private static @Nullable ObjectNode read(Connection connection, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(REQUEST)) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                ObjectNode line = JsonNodeFactory.instance.objectNode();
                line.put("id", id)
                        .put(
                                "arrivedMillis",
                                row.getObject(1, OffsetDateTime.class)
                                        .toInstant()
                                        .toEpochMilli())
                        .put("key", row.getString(2))
                        .put("endpoint", row.getString(3))
                        .put("model", row.getString(4))
                        .put("dataClass", row.getString(5))
                        .put("stream", row.getBoolean(6))
                        .put("seconds", row.getDouble(7))
                        .put("status", row.getInt(8))
                        .put("outcome", row.getString(9))
                        .put("rescued", row.getBoolean(10))
                        .put("costUsd", number(row, 11))
                        .put("chargedUsd", row.getDouble(12))
                        .put("replica", row.getString(13))
                        .set("attempts", attempts(connection, id));
                return line;
            }
        }
    }

    private static ArrayNode attempts(Connection connection, String id) throws SQLException {
        ArrayNode attempts = JsonNodeFactory.instance.arrayNode();
        try (PreparedStatement select = connection.prepareStatement(ATTEMPTS)) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    attempts.add(attempt(row));
                }
            }
        }
        return attempts;
    }

    private static ObjectNode attempt(ResultSet row) throws SQLException {
        ObjectNode attempt = JsonNodeFactory.instance.objectNode();
        attempt.put("pool", row.getString(1))
                .put("supplier", row.getString(2))
                .put("site", row.getString(3))
                .put("model", row.getString(4))
                .put("why", row.getString(5))
                .put("beganSeconds", row.getDouble(6))
                .put("seconds", row.getDouble(7))
                .put("firstTokenSeconds", number(row, 8))
                .put("status", row.getInt(9))
                .put("outcome", row.getString(10))
                .put("tokenBasis", row.getString(11))
                .put("doubtful", row.getBoolean(12))
                .put("promptTokens", count(row, 13))
                .put("cachedTokens", count(row, 14))
                .put("cacheWriteTokens", count(row, 15))
                .put("outputTokens", count(row, 16))
                .put("reasoningTokens", count(row, 17))
                .put("costUsd", number(row, 18))
                .put("carbonGrams", number(row, 22))
                .putObject("energyJoules")
                .put("value", number(row, 19))
                .put("low", number(row, 20))
                .put("high", number(row, 21));
        return attempt;
    }

    private static @Nullable Double number(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : Double.valueOf(value);
    }

    private static @Nullable Long count(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Long.valueOf(value);
    }
}
