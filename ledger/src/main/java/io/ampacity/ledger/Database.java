package io.ampacity.ledger;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** One connection behind a lock, opened anew after it was lost. Thread-safe. */
final class Database implements AutoCloseable {

    private static final int IN_USE = 90_020;

    static {
        // Whatever H2 listens on is for this machine alone; it reads this when it is first used.
        if (System.getProperty("h2.bindAddress") == null) {
            System.setProperty("h2.bindAddress", "127.0.0.1");
        }
    }

    private final LedgerAddress address;
    private @Nullable Connection connection;

    Database(LedgerAddress address) {
        this.address = address;
    }

    /** Work in one transaction: all of it is done, or nothing. */
    interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    /** Does the work, and once more on a new connection if the old one was lost before. */
    synchronized <T extends @Nullable Object> T transaction(Work<T> work) {
        boolean fresh = connection == null;
        try {
            return once(work);
        } catch (SQLException broken) {
            boolean lost = !isAlive();
            drop();
            if (fresh || !lost) {
                throw refusal(broken);
            }
        }
        try {
            return once(work);
        } catch (SQLException broken) {
            drop();
            throw refusal(broken);
        }
    }

    private <T extends @Nullable Object> T once(Work<T> work) throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = open();
            open.setAutoCommit(false);
            connection = open;
        }
        try {
            T result = work.on(open);
            open.commit();
            return result;
        } catch (SQLException | RuntimeException failed) {
            try {
                open.rollback();
            } catch (SQLException gone) {
                failed.addSuppressed(gone);
            }
            throw failed;
        }
    }

    /** A connection of its own, which the caller closes. */
    Connection open() throws SQLException {
        Properties properties = new Properties();
        if (!address.user().isEmpty()) {
            properties.setProperty("user", address.user());
        }
        if (!address.password().isEmpty()) {
            properties.setProperty("password", address.password());
        }
        return DriverManager.getConnection(address.url(), properties);
    }

    private boolean isAlive() {
        Connection open = connection;
        try {
            return open != null && open.isValid(1);
        } catch (SQLException broken) {
            return false;
        }
    }

    /** Whether somebody else has the embedded database open. */
    static boolean isInUse(LedgerException refusal) {
        return refusal.getCause() instanceof SQLException cause && cause.getErrorCode() == IN_USE;
    }

    private LedgerException refusal(SQLException cause) {
        return refusal(address, cause);
    }

    static LedgerException refusal(LedgerAddress address, Exception cause) {
        String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        String advice = reason.contains("already in use")
                ? ". Maybe another gateway is running on it: give each its own folder, or use PostgreSQL, which many share"
                : "";
        return new LedgerException("the ledger at " + address + " cannot be used: " + reason + advice, cause);
    }

    private void drop() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException gone) {
                // It is of no use any more, which is why it is dropped.
            }
        }
    }

    @Override
    public synchronized void close() {
        drop();
    }
}
