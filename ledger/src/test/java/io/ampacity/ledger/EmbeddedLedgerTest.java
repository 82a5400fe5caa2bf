package io.ampacity.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger in a folder. */
final class EmbeddedLedgerTest extends AbstractLedgerTest {

    @TempDir
    private Path elsewhere;

    @Override
    LedgerAddress address(Path folder) {
        return LedgerAddress.folder(folder);
    }

    /** Tables that no version tells of, and a version that failed: what a kill leaves of a first start. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from \"ledger_version\"",
                "delete from \"ledger_version\" where \"version\" = '3'",
                "update \"ledger_version\" set \"success\" = false where \"version\" = '3'",
                "update \"ledger_version\" set \"checksum\" = 1 where \"version\" = '1'"
            })
    void aFirstStartThatWasKilledHalfWayIsFinishedByTheNext(String left) throws SQLException {
        LedgerAddress begun = LedgerAddress.folder(elsewhere);
        Ledger.open(begun).close();
        try (Connection connection = DriverManager.getConnection(begun.url(), begun.user(), begun.password());
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(left)).isPositive();
        }
        for (int start = 0; start < 2; start++) {
            try (Ledger ledger = Ledger.open(begun)) {
                assertThat(ledger.audited(Instant.EPOCH)).isEmpty();
            }
        }
    }
}
