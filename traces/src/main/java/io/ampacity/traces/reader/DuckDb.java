package io.ampacity.traces.reader;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/** An in-memory DuckDB, for reading and writing Parquet. Naming this class loads its native library. */
public final class DuckDb {

    private DuckDb() {}

    /**
     * Opens a database that streams its results.
     *
     * @param purpose the file it is opened for, for messages
     */
    public static Connection connect(String purpose) {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        try {
            Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
            if (connection == null) {
                throw new SQLException("the driver took no connection");
            }
            return connection;
        } catch (SQLException | LinkageError unavailable) {
            throw Refusal.of(
                    purpose,
                    "needs DuckDB, which does not start here: " + unavailable.getMessage(),
                    "use CSV on this platform");
        }
    }

    /** Text as an SQL literal. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static void close(@Nullable AutoCloseable resource) {
        if (resource != null) {
            try {
                resource.close();
            } catch (Exception ignored) {
                // What was read stays read.
            }
        }
    }
}
