package io.ampacity.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes requests and their attempts; one that is there already stays as it is. */
final class RequestTable {

    private static final String REQUEST = """
            insert into request (id, replica, arrived, key_name, endpoint, model, data_class, streamed, seconds, status,
                outcome, rescued, cost_usd, charged_usd)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""";
    private static final String ATTEMPT = """
            insert into attempt (request, number, pool, supplier, site, model, why, began_seconds, seconds,
                first_token_seconds, status, outcome, token_basis, doubtful, prompt_tokens, cached_tokens,
                cache_write_tokens, output_tokens, reasoning_tokens, cost_usd, energy_joules, energy_low_joules,
                energy_high_joules, carbon_grams)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""";

    private RequestTable() {}

    static void write(Connection connection, List<RequestRow> rows) throws SQLException {
        try (PreparedStatement requests = connection.prepareStatement(REQUEST);
                PreparedStatement attempts = connection.prepareStatement(ATTEMPT)) {
            for (RequestRow row : rows) {
                new Filling(requests)
                        .text(row.id())
                        .text(row.replica())
                        .time(row.arrived())
                        .text(row.key())
                        .text(row.endpoint())
                        .text(row.model())
                        .text(row.dataClass())
                        .flag(row.streamed())
                        .number(row.seconds())
                        .whole(row.status())
                        .text(row.outcome())
                        .flag(row.rescued())
                        .number(row.costUsd())
                        .number(row.chargedUsd())
                        .add();
                for (int number = 0; number < row.attempts().size(); number++) {
                    fill(attempts, row.id(), number, row.attempts().get(number));
                }
            }
            requests.executeBatch();
            attempts.executeBatch();
        }
    }

    private static void fill(PreparedStatement attempts, String id, int number, RequestRow.AttemptRow row)
            throws SQLException {
        new Filling(attempts)
                .text(id)
                .whole(number)
                .text(row.pool())
                .text(row.supplier())
                .text(row.site())
                .text(row.model())
                .text(row.why())
                .number(row.beganSeconds())
                .number(row.seconds())
                .number(row.firstTokenSeconds())
                .whole(row.status())
                .text(row.outcome())
                .text(row.tokenBasis())
                .flag(row.doubtful())
                .count(row.promptTokens())
                .count(row.cachedTokens())
                .count(row.cacheWriteTokens())
                .count(row.outputTokens())
                .count(row.reasoningTokens())
                .number(row.costUsd())
                .number(row.energyJoules())
                .number(row.energyLowJoules())
                .number(row.energyHighJoules())
                .number(row.carbonGrams())
                .add();
    }

    /** Fills a statement from left to right. */
    static final class Filling {
        private final PreparedStatement statement;
        private int next = 1;

        Filling(PreparedStatement statement) {
            this.statement = statement;
        }

        Filling text(String value) throws SQLException {
            statement.setString(next++, value);
            return this;
        }

        Filling time(Instant value) throws SQLException {
            statement.setObject(next++, OffsetDateTime.ofInstant(value, ZoneOffset.UTC));
            return this;
        }

        Filling flag(boolean value) throws SQLException {
            statement.setBoolean(next++, value);
            return this;
        }

        Filling whole(int value) throws SQLException {
            statement.setInt(next++, value);
            return this;
        }

        Filling count(@Nullable Long value) throws SQLException {
            if (value == null) {
                statement.setNull(next++, Types.BIGINT);
            } else {
                statement.setLong(next++, value);
            }
            return this;
        }

        Filling number(@Nullable Double value) throws SQLException {
            if (value == null) {
                statement.setNull(next++, Types.DOUBLE);
            } else {
                statement.setDouble(next++, value);
            }
            return this;
        }

        void add() throws SQLException {
            statement.addBatch();
        }

        int update() throws SQLException {
            return statement.executeUpdate();
        }
    }
}
