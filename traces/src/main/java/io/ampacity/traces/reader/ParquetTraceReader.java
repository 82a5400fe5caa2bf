package io.ampacity.traces.reader;

import io.ampacity.documents.DocumentException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns of {@link RequestCsvReader} from a Parquet file, through DuckDB: {@code arrival_s},
 * {@code prompt_tokens}, {@code output_tokens}, and where present {@code session}, {@code prefix_blocks} (a list of
 * whole numbers) and {@code prefix_block_tokens}.
 *
 * <p>Rows are streamed, but through JDBC: convert a trace that is read often to CSV. DuckDB's native library is loaded
 * when the first reader is made, so nobody else pays for it.
 */
public final class ParquetTraceReader extends OrderedReader {

    private final String name;
    private final String query;
    private final boolean hasSession;
    private final boolean hasBlocks;
    private final Connection connection;
    private @Nullable Statement statement;
    private @Nullable ResultSet rows;
    private long row;
    private int tokensOfBlock;

    public ParquetTraceReader(Path file) {
        super(false);
        name = file.toString();
        if (!Files.isRegularFile(file)) {
            throw Refusal.of(
                    name,
                    "there is no such file",
                    "check the path from " + Path.of("").toAbsolutePath());
        }
        connection = DuckDb.connect(name);
        try {
            String source = "read_parquet(" + DuckDb.literal(name) + ")";
            Set<String> columns = columns(source);
            require(columns, "arrival_s");
            require(columns, "prompt_tokens");
            require(columns, "output_tokens");
            hasSession = columns.contains("session");
            hasBlocks = columns.contains("prefix_blocks");
            if (hasBlocks) {
                require(columns, "prefix_block_tokens");
            }
            query = "SELECT TRY_CAST(arrival_s AS DOUBLE), TRY_CAST(prompt_tokens AS DOUBLE),"
                    + " TRY_CAST(output_tokens AS DOUBLE), "
                    + (hasSession ? "TRY_CAST(session AS BIGINT)" : "NULL") + ", "
                    + (hasBlocks
                            ? "TRY_CAST(prefix_blocks AS BIGINT[]), TRY_CAST(prefix_block_tokens AS DOUBLE)"
                            : "NULL, NULL")
                    + " FROM " + source;
        } catch (RuntimeException refused) {
            close();
            throw refused;
        }
    }

    private Set<String> columns(String source) {
        Set<String> names = new LinkedHashSet<>();
        try (Statement describe = connection.createStatement();
                ResultSet found = describe.executeQuery("DESCRIBE SELECT * FROM " + source)) {
            while (found.next()) {
                names.add(found.getString(1).toLowerCase(Locale.ROOT));
            }
        } catch (SQLException broken) {
            throw unreadable(broken);
        }
        return names;
    }

    private void require(Set<String> columns, String column) {
        if (!columns.contains(column)) {
            throw Refusal.at(
                    name,
                    1,
                    1,
                    column,
                    "has the columns " + String.join(", ", columns) + " but not \"" + column + "\"",
                    "rename the column that holds it");
        }
    }

    @Override
    boolean readRow() {
        try {
            ResultSet from = rows;
            if (from == null) {
                Statement opened = connection.createStatement();
                statement = opened;
                from = opened.executeQuery(query);
                rows = from;
            }
            if (!from.next()) {
                if (row == 0) {
                    throw Refusal.of(name, "holds no request", "the copy was cut off");
                }
                return false;
            }
            row++;
            rowArrival = number(from, 1, "arrival_s");
            if (rowArrival < 0) {
                throw refuse("arrival_s", rowArrival + " is negative", "times count from the start of the trace");
            }
            rowPrompt = tokens(from, 2, "prompt_tokens");
            rowOutput = tokens(from, 3, "output_tokens");
            if (hasSession) {
                long session = from.getLong(4);
                rowSession = from.wasNull() || session < 0 ? UNKNOWN_SESSION : session;
            }
            if (hasBlocks) {
                readBlocks(from);
            }
            return true;
        } catch (SQLException broken) {
            throw unreadable(broken);
        }
    }

    private void readBlocks(ResultSet from) throws SQLException {
        java.sql.Array list = from.getArray(5);
        Object[] names = list == null ? new Object[0] : (Object[]) list.getArray();
        if (names.length > rowBlocks.length) {
            rowBlocks = Arrays.copyOf(rowBlocks, names.length * 2);
        }
        for (int i = 0; i < names.length; i++) {
            if (!(names[i] instanceof Long block)) {
                throw refuse("prefix_blocks", "block " + i + " is empty", "leave it out of the list");
            }
            rowBlocks[i] = block;
        }
        rowBlockCount = names.length;
        if (names.length > 0) {
            int tokens = tokens(from, 6, "prefix_block_tokens");
            if (tokens == 0 || (tokensOfBlock != 0 && tokens != tokensOfBlock)) {
                throw refuse("prefix_block_tokens", tokens + " differs", "one trace has one size of block, above 0");
            }
            tokensOfBlock = tokens;
        }
    }

    private double number(ResultSet from, int column, String columnName) throws SQLException {
        double value = from.getDouble(column);
        if (from.wasNull() || Double.isNaN(value) || Double.isInfinite(value)) {
            throw refuse(columnName, "the value is empty or not a finite number", "leave such rows out");
        }
        return value;
    }

    private int tokens(ResultSet from, int column, String columnName) throws SQLException {
        double value = number(from, column, columnName);
        if (value < 0 || value > Integer.MAX_VALUE || value != Math.rint(value)) {
            throw refuse(
                    columnName,
                    value + " is not a whole number of tokens from 0 to " + Integer.MAX_VALUE,
                    "leave rows out whose length is unknown");
        }
        return (int) value;
    }

    private DocumentException refuse(String column, String problem, String advice) {
        return Refusal.at(name, row, 1, column, problem, advice);
    }

    private DocumentException unreadable(SQLException cause) {
        return Refusal.of(
                name,
                "cannot be read as Parquet: "
                        + String.valueOf(cause.getMessage()).lines().findFirst().orElse(""),
                "it is another format or was not copied whole");
    }

    @Override
    DocumentException refuseArrival(String problem, String advice) {
        return refuse("arrival_s", rowArrival + " is out of order: " + problem, advice);
    }

    @Override
    public int prefixBlockTokens() {
        return tokensOfBlock;
    }

    @Override
    void restart() {
        closeRows();
        row = 0;
    }

    private void closeRows() {
        DuckDb.close(rows);
        DuckDb.close(statement);
        rows = null;
        statement = null;
    }

    @Override
    public void close() {
        closeRows();
        DuckDb.close(connection);
    }
}
