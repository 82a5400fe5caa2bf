package io.ampacity.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/** Writes what a ledger holds to a file that other tools read: Parquet or CSV by its name. */
public final class LedgerExport {

    /** What is written. */
    public enum Content {
        /** One row a request. */
        REQUESTS(
                "select id, replica, arrived, key_name, endpoint, model, data_class, streamed, seconds, status, outcome,"
                        + " rescued, cost_usd, charged_usd from request where arrived >= ? and arrived < ? order by arrived, id"),
        /** One row an attempt, with its request's time, key and outcome. */
        ATTEMPTS("""
                select attempt.request, attempt.number, request.arrived, request.key_name, request.endpoint,
                    request.outcome as request_outcome, attempt.pool, attempt.supplier, attempt.site, attempt.model,
                    attempt.why, attempt.began_seconds, attempt.seconds, attempt.first_token_seconds, attempt.status,
                    attempt.outcome, attempt.token_basis, attempt.doubtful, attempt.prompt_tokens,
                    attempt.cached_tokens, attempt.cache_write_tokens, attempt.output_tokens, attempt.reasoning_tokens,
                    attempt.cost_usd, attempt.energy_joules, attempt.energy_low_joules, attempt.energy_high_joules,
                    attempt.carbon_grams
                from request join attempt on attempt.request = request.id
                where request.arrived >= ? and request.arrived < ?
                order by request.arrived, attempt.request, attempt.number"""),
        /** One row a figure at a time. */
        TELEMETRY(
                "select at, source, name, amount, unit from telemetry where at >= ? and at < ? order by at, source, name"),
        /** Charges in the columns of FOCUS 1.2: a row an hour, pool and key. */
        FOCUS(FocusRows.SOURCE);

        private final String sql;

        Content(String sql) {
            this.sql = sql;
        }
    }

    private LedgerExport() {}

    /**
     * Writes rows of [from, to); how many.
     *
     * @throws LedgerException when the ledger, or the writer of Parquet, cannot be used
     */
    public static long write(Ledger ledger, Content content, Instant from, Instant to, Path file) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        try {
            long rows = ledger.database().transaction(connection -> copy(connection, content, from, to, draft, file));
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            return rows;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static long copy(Connection books, Content content, Instant from, Instant to, Path draft, Path file)
            throws SQLException {
        try (Connection duck = new DuckDBDriver().connect("jdbc:duckdb:", new java.util.Properties());
                PreparedStatement select = books.prepareStatement(content.sql)) {
            select.setFetchSize(10_000);
            select.setObject(1, OffsetDateTime.ofInstant(from, ZoneOffset.UTC));
            select.setObject(2, OffsetDateTime.ofInstant(to, ZoneOffset.UTC));
            long rows;
            try (ResultSet result = select.executeQuery();
                    Statement statement = duck.createStatement()) {
                statement.execute("create table rows (" + columns(result.getMetaData()) + ")");
                rows = append((DuckDBConnection) duck, result);
                String source = content == Content.FOCUS ? FocusRows.COLUMNS : "from rows";
                boolean parquet = file.toString().toLowerCase(Locale.ROOT).endsWith(".parquet");
                statement.execute("copy (" + source + ") to '"
                        + draft.toString().replace("'", "''") + "' "
                        + (parquet ? "(format parquet, compression zstd)" : "(format csv, header)"));
            }
            return rows;
        }
    }

    private static String columns(ResultSetMetaData described) throws SQLException {
        StringBuilder columns = new StringBuilder();
        for (int i = 1; i <= described.getColumnCount(); i++) {
            columns.append(i == 1 ? "" : ", ")
                    .append(described.getColumnLabel(i).toLowerCase(Locale.ROOT))
                    .append(' ')
                    .append(type(described.getColumnType(i)));
        }
        return columns.toString();
    }

    private static String type(int type) {
        return switch (type) {
            case java.sql.Types.BIGINT -> "bigint";
            case java.sql.Types.INTEGER -> "integer";
            case java.sql.Types.DOUBLE, java.sql.Types.NUMERIC, java.sql.Types.DECIMAL -> "double";
            case java.sql.Types.BOOLEAN, java.sql.Types.BIT -> "boolean";
            case java.sql.Types.TIMESTAMP, java.sql.Types.TIMESTAMP_WITH_TIMEZONE -> "timestamp";
            default -> "varchar";
        };
    }

    private static long append(DuckDBConnection duck, ResultSet rows) throws SQLException {
        ResultSetMetaData described = rows.getMetaData();
        int columns = described.getColumnCount();
        String[] types = new String[columns + 1];
        for (int i = 1; i <= columns; i++) {
            types[i] = type(described.getColumnType(i));
        }
        long count = 0;
        try (DuckDBAppender appender = duck.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "rows")) {
            while (rows.next()) {
                appender.beginRow();
                for (int i = 1; i <= columns; i++) {
                    append(appender, rows, i, types[i]);
                }
                appender.endRow();
                count++;
            }
        }
        return count;
    }

    private static void append(DuckDBAppender appender, ResultSet rows, int column, String type) throws SQLException {
        if (rows.getObject(column) == null) {
            appender.appendNull();
            return;
        }
        switch (type) {
            case "bigint" -> appender.append(rows.getLong(column));
            case "integer" -> appender.append(rows.getInt(column));
            case "double" -> appender.append(rows.getDouble(column));
            case "boolean" -> appender.append(rows.getBoolean(column));
            case "timestamp" ->
                appender.append(rows.getObject(column, OffsetDateTime.class)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toLocalDateTime());
            default -> appender.append(rows.getString(column));
        }
    }
}
