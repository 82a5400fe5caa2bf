package io.ampacity.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** The ledger in a PostgreSQL that runs for the test alone; skipped where there are no binaries for the machine. */
final class PostgresqlLedgerTest extends AbstractLedgerTest {

    private static @Nullable EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        Assumptions.assumeTrue(
                System.getProperty("os.name", "").equals("Linux")
                        && System.getProperty("os.arch", "").equals("amd64"),
                "there are no PostgreSQL binaries for this machine");
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("max_connections", "40")
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        EmbeddedPostgres running = server;
        server = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    LedgerAddress address(Path folder) throws SQLException {
        EmbeddedPostgres running = java.util.Objects.requireNonNull(server);
        String name = "t" + Integer.toHexString(folder.toString().hashCode());
        try (Connection connection = running.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return new LedgerAddress("jdbc:postgresql://localhost:" + running.getPort() + "/" + name, "postgres", "");
    }
}
