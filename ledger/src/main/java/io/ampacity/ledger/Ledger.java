package io.ampacity.ledger;

import io.ampacity.ledger.RequestTable.Filling;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;

/** The books. Thread-safe; every method waits for the database and throws {@link LedgerException} when it is away. */
public final class Ledger implements AutoCloseable {

    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final long LOOK_NANOS = 100_000_000L;
    private static final String MIGRATIONS = "classpath:io/ampacity/ledger/migration";

    /** Held, since a logger that nobody holds forgets what it was told. */
    private static final Logger MIGRATION_LOG = Logger.getLogger("org.flywaydb");

    private final LedgerAddress address;
    private final Database database;
    private volatile @Nullable LedgerDoor door;

    private Ledger(LedgerAddress address, Database database) {
        this.address = address;
        this.database = database;
    }

    /** Opens a ledger and brings its tables up to date. */
    public static Ledger open(LedgerAddress address) {
        MIGRATION_LOG.setLevel(Level.WARNING);
        Database database = new Database(address);
        try {
            // One connection stays open: an embedded database in memory lives as long as that.
            database.transaction(connection -> connection.isValid(1));
            migrate(Flyway.configure(Ledger.class.getClassLoader())
                    .dataSource(new ConnectionSource(database))
                    .locations(MIGRATIONS)
                    .table("ledger_version")
                    .load());
        } catch (FlywayException broken) {
            database.close();
            throw Database.refusal(address, broken);
        }
        return new Ledger(address, database);
    }

    /**
     * A first start that was killed half way leaves tables without a version, or a version that failed, since H2 ends a
     * transaction with each table it makes. So every script may be run again, and what is told of such versions is mended.
     */
    private static void migrate(Flyway flyway) {
        try {
            flyway.migrate();
        } catch (FlywayValidateException interrupted) {
            flyway.repair();
            flyway.migrate();
        }
    }

    /**
     * Opens a ledger that a command may have open just now: waits a little for it to end, unless a gateway holds it.
     *
     * @throws LedgerException when it cannot be used
     */
    public static Ledger own(LedgerAddress address) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                return open(address);
            } catch (LedgerException refusal) {
                if (!Database.isInUse(refusal) || isHeld(address) || System.nanoTime() - until > 0) {
                    throw refusal;
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private static boolean isHeld(LedgerAddress address) {
        Path folder = address.folder();
        LedgerAddress behind = folder == null ? null : LedgerDoor.find(folder);
        if (behind == null) {
            return false;
        }
        try (Database asked = new Database(behind)) {
            return asked.transaction(connection -> connection.isValid(1));
        } catch (LedgerException nobody) {
            return false;
        }
    }

    /**
     * Opens a ledger beside whoever owns it: an embedded one through the door of the gateway that has it open. What is
     * there stays as it is; a ledger that nobody has open is opened as ever.
     *
     * @throws LedgerException when it cannot be used
     */
    public static Ledger visit(LedgerAddress address) {
        try {
            return open(address);
        } catch (LedgerException refusal) {
            Path folder = address.folder();
            LedgerAddress behind = folder == null || !Database.isInUse(refusal) ? null : LedgerDoor.find(folder);
            if (behind == null) {
                throw refusal;
            }
            Database database = new Database(behind);
            try {
                database.transaction(connection -> connection.isValid(1));
            } catch (LedgerException closed) {
                database.close();
                refusal.addSuppressed(closed);
                throw refusal;
            }
            return new Ledger(address, database);
        }
    }

    /**
     * Lets other programs of this machine, and of this user, visit an embedded ledger until it is closed. Any other can be
     * visited anyway.
     *
     * @throws IOException when there can be no door; the ledger itself is as usable as before
     */
    public void receiveVisitors() throws IOException {
        Path folder = address.folder();
        if (folder != null && door == null) {
            door = LedgerDoor.open(folder);
        }
    }

    /** Where it lives. */
    public LedgerAddress address() {
        return address;
    }

    Database database() {
        return database;
    }

    /**
     * A text that is kept under the hash of its content: a plan, a proof, a scenario.
     *
     * @param kind such as {@code plan}
     */
    public record Document(String hash, String kind, String name, Instant stored, String body) {}

    /** Keeps a document; whether it was not there yet. */
    public boolean keep(Document document) {
        return database.transaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into document (hash, kind, name, stored, body) values (?, ?, ?, ?, ?) on conflict do nothing")) {
                return new Filling(insert)
                                .text(document.hash())
                                .text(document.kind())
                                .text(document.name())
                                .time(document.stored())
                                .text(document.body())
                                .update()
                        > 0;
            }
        });
    }

    /** The document with a hash; null when there is none. */
    public @Nullable Document document(String hash) {
        return database.<@Nullable Document>transaction(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select hash, kind, name, stored, body from document where hash = ?")) {
                select.setString(1, hash);
                try (ResultSet found = select.executeQuery()) {
                    return found.next()
                            ? new Document(
                                    found.getString(1),
                                    found.getString(2),
                                    found.getString(3),
                                    found.getObject(4, OffsetDateTime.class).toInstant(),
                                    found.getString(5))
                            : null;
                }
            }
        });
    }

    /**
     * A figure at a time.
     *
     * @param source such as a pool
     */
    public record Sample(Instant at, String source, String name, double amount, String unit) {}

    /** Writes figures; one that is there already stays. */
    public void measured(List<Sample> samples) {
        database.transaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into telemetry (at, source, name, amount, unit) values (?, ?, ?, ?, ?) on conflict do nothing")) {
                for (Sample sample : samples) {
                    new Filling(insert)
                            .time(sample.at())
                            .text(sample.source())
                            .text(sample.name())
                            .number(sample.amount())
                            .text(sample.unit())
                            .add();
                }
                return insert.executeBatch();
            }
        });
    }

    /**
     * Something that an operator, or the gateway itself, did.
     *
     * @param actor who did it
     * @param action what was done, in one word or two
     */
    public record Deed(Instant at, String replica, String actor, String action, String detail) {}

    /** Takes down what was done. */
    public void audit(Deed deed) {
        database.transaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into audit (at, replica, actor, action, detail) values (?, ?, ?, ?, ?)")) {
                String detail = deed.detail();
                return new Filling(insert)
                        .time(deed.at())
                        .text(deed.replica())
                        .text(deed.actor())
                        .text(deed.action())
                        .text(detail.length() <= 2000 ? detail : detail.substring(0, 2000))
                        .update();
            }
        });
    }

    /** What was done since then, the oldest first. */
    public List<Deed> audited(Instant since) {
        return database.transaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select at, replica, actor, action, detail from audit where at >= ? order by number")) {
                select.setObject(1, OffsetDateTime.ofInstant(since, java.time.ZoneOffset.UTC));
                List<Deed> deeds = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        deeds.add(new Deed(
                                rows.getObject(1, OffsetDateTime.class).toInstant(),
                                rows.getString(2),
                                rows.getString(3),
                                rows.getString(4),
                                rows.getString(5)));
                    }
                }
                return deeds;
            }
        });
    }

    /** Forgets requests and figures from before; how many requests that were. Plans, proofs and deeds stay. */
    public int forgetBefore(Instant time) {
        return database.transaction(connection -> {
            delete(connection, "delete from telemetry where at < ?", time);
            return delete(connection, "delete from request where arrived < ?", time);
        });
    }

    private static int delete(Connection connection, String sql, Instant time) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            return new Filling(delete).time(time).update();
        }
    }

    /** What it holds, counted: requests, attempts, documents, figures. */
    public Holdings holdings() {
        return database.transaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                            select (select count(*) from request), (select count(*) from attempt),
                                (select count(*) from document), (select count(*) from telemetry)""");
                    ResultSet row = select.executeQuery()) {
                row.next();
                return new Holdings(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
            }
        });
    }

    /** How much a ledger holds. */
    public record Holdings(long requests, long attempts, long documents, long samples) {}

    @Override
    public void close() {
        LedgerDoor open = door;
        if (open != null) {
            open.close();
        }
        database.close();
    }
}
