package io.ampacity.ledger;

import io.ampacity.ledger.RequestTable.Filling;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Deals a key's budget out to the gateways that share a ledger. A gateway spends only what it was granted, and all grants
 * together never exceed the budget: so the budget holds however many gateways there are, and none of them asks the database
 * for a single request. What a gateway was granted it keeps over a restart; its spending is read from the books then.
 *
 * <p>Sums are whole nano-dollars, so that they add up.
 */
public final class Leases {

    private static final double NANO = 1e9;

    private final Ledger ledger;
    private final String replica;

    /** @param replica name of the gateway, the same after a restart and different from all others' */
    public Leases(Ledger ledger, String replica) {
        this.ledger = ledger;
        this.replica = replica;
    }

    /**
     * Grants more of a budget, as much as is left up to {@code wantedUsd}.
     *
     * @param period which budget of the key, such as {@code 2026-11}
     * @return USD granted, 0 when nothing is left
     */
    public double grant(String key, String period, double wantedUsd, double budgetUsd) {
        long budget = (long) Math.floor(budgetUsd * NANO);
        long wanted = (long) Math.ceil(wantedUsd * NANO);
        return ledger.database().transaction(connection -> {
                    prepare(connection, key, period);
                    long granted = 0;
                    // The row is locked by the update, so two gateways that ask at once are served one after the other.
                    if (raise(connection, key, period, wanted, budget)) {
                        granted = wanted;
                    } else {
                        long left = budget - granted(connection, key, period);
                        if (left > 0 && raise(connection, key, period, left, budget)) {
                            granted = left;
                        }
                    }
                    if (granted > 0) {
                        lease(connection, key, period, granted);
                    }
                    return granted;
                })
                / NANO;
    }

    /** Gives back what will not be spent. */
    public void giveBack(String key, String period, double usd) {
        long amount = (long) Math.floor(usd * NANO);
        if (amount <= 0) {
            return;
        }
        ledger.database().transaction(connection -> {
            lease(connection, key, period, -amount);
            return raise(connection, key, period, -amount, Long.MAX_VALUE);
        });
    }

    /** What this gateway was granted so far, less what its books say was spent since {@code from}. */
    public double left(String key, String period, Instant from) {
        return ledger.database().transaction(connection -> {
            long granted = 0;
            try (PreparedStatement select = connection.prepareStatement(
                    "select granted_nano_usd from lease where key_name = ? and period = ? and replica = ?")) {
                select.setString(1, key);
                select.setString(2, period);
                select.setString(3, replica);
                try (ResultSet row = select.executeQuery()) {
                    granted = row.next() ? row.getLong(1) : 0;
                }
            }
            return granted / NANO - spent(connection, key, from);
        });
    }

    private double spent(Connection connection, String key, Instant from) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select coalesce(sum(charged_usd), 0) from request
                where key_name = ? and replica = ? and arrived >= ?""")) {
            select.setString(1, key);
            select.setString(2, replica);
            select.setObject(3, OffsetDateTime.ofInstant(from, ZoneOffset.UTC));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getDouble(1);
            }
        }
    }

    private static void prepare(Connection connection, String key, String period) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into budget (key_name, period, granted_nano_usd) values (?, ?, 0) on conflict do nothing")) {
            new Filling(insert).text(key).text(period).update();
        }
    }

    private static boolean raise(Connection connection, String key, String period, long amount, long budget)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update budget set granted_nano_usd = granted_nano_usd + ?
                where key_name = ? and period = ? and granted_nano_usd + ? <= ?""")) {
            return new Filling(update)
                            .count(amount)
                            .text(key)
                            .text(period)
                            .count(amount)
                            .count(budget)
                            .update()
                    > 0;
        }
    }

    private static long granted(Connection connection, String key, String period) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select granted_nano_usd from budget where key_name = ? and period = ? for update")) {
            select.setString(1, key);
            select.setString(2, period);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void lease(Connection connection, String key, String period, long amount) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into lease (key_name, period, replica, granted_nano_usd) values (?, ?, ?, 0)
                on conflict do nothing""")) {
            new Filling(insert).text(key).text(period).text(replica).update();
        }
        try (PreparedStatement update = connection.prepareStatement("""
                update lease set granted_nano_usd = granted_nano_usd + ?
                where key_name = ? and period = ? and replica = ?""")) {
            new Filling(update)
                    .count(amount)
                    .text(key)
                    .text(period)
                    .text(replica)
                    .update();
        }
    }
}
