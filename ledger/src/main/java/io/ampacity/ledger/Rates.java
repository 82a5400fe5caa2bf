package io.ampacity.ledger;

import io.ampacity.ledger.RequestTable.Filling;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;

/**
 * Deals out what a key may use in a minute to the gateways that share a ledger: a bucket that fills evenly, holds one minute's
 * worth at most, and is filled by the database's clock, so gateways whose clocks differ count alike. It has a connection of its
 * own, since clients wait for it and the books' own work may be long. Thread-safe.
 */
public final class Rates implements AutoCloseable {

    private static final double MINUTE = 60;
    private static final double NANOS = 1e9;

    private final Database database;

    public Rates(LedgerAddress address) {
        database = new Database(address);
    }

    /**
     * What was dealt out.
     *
     * @param amount 0 when not even the least was there
     * @param secondsUntil it will be, if nobody else takes any; 0 when it was
     */
    public record Grant(double amount, double secondsUntil) {}

    /** What is used up: requests, or tokens. */
    public enum Kind {
        REQUESTS,
        TOKENS
    }

    /**
     * Takes out what is wanted, or as much of it as is there, but nothing below the least.
     *
     * @param correction used beside what was taken out before; below 0 for what is given back
     * @throws LedgerException when the database is away
     */
    public Grant take(String key, Kind kind, double least, double wanted, double correction, double perMinute) {
        return database.transaction(connection -> {
            prepare(connection, key, kind, perMinute);
            double left;
            OffsetDateTime at;
            OffsetDateTime now;
            // The row is locked, so gateways that ask at once are served one after the other.
            try (PreparedStatement select = connection.prepareStatement(
                    "select amount, at, current_timestamp from rate where key_name = ? and kind = ? for update")) {
                select.setString(1, key);
                select.setString(2, kind.name());
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    left = row.getDouble(1);
                    at = row.getObject(2, OffsetDateTime.class);
                    now = row.getObject(3, OffsetDateTime.class);
                }
            }
            // Whoever waited for the row began before the one that wrote it last.
            double passed = Math.max(0, Duration.between(at, now).toNanos() / NANOS);
            left = Math.min(perMinute, left + passed / MINUTE * perMinute);
            left = Math.min(perMinute, left - correction);
            double granted = left >= least ? Math.max(0, Math.min(left, wanted)) : 0;
            write(connection, key, kind, left - granted, now.isAfter(at) ? now : at);
            return new Grant(granted, left >= least ? 0 : (least - left) / perMinute * MINUTE);
        });
    }

    private static void prepare(Connection connection, String key, Kind kind, double perMinute) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into rate (key_name, kind, amount, at) values (?, ?, ?, current_timestamp)
                on conflict do nothing""")) {
            new Filling(insert).text(key).text(kind.name()).number(perMinute).update();
        }
    }

    private static void write(Connection connection, String key, Kind kind, double left, OffsetDateTime at)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update rate set amount = ?, at = ? where key_name = ? and kind = ?")) {
            new Filling(update)
                    .number(left)
                    .time(at.toInstant())
                    .text(key)
                    .text(kind.name())
                    .update();
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
