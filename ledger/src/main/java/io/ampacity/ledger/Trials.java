package io.ampacity.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How trials stand, for the gateways that share a ledger: one row a trial, which gateways change one after the other. It has a
 * connection of its own, since the books' own work may be long. Thread-safe.
 */
public final class Trials implements AutoCloseable {

    private static final int LONGEST_VERDICT = 1000;
    private static final double NANOS = 1e9;

    private final Database database;

    public Trials(LedgerAddress address) {
        database = new Database(address);
    }

    /**
     * What one side did.
     *
     * @param ended attempts that say something
     * @param failed of them
     * @param firstTokens of streams
     * @param firstTokenSeconds all together
     */
    public record Side(long ended, long failed, long firstTokens, double firstTokenSeconds) {

        public static final Side NOTHING = new Side(0, 0, 0, 0);

        /** Both together. */
        public Side plus(Side more) {
            return new Side(
                    ended + more.ended,
                    failed + more.failed,
                    firstTokens + more.firstTokens,
                    firstTokenSeconds + more.firstTokenSeconds);
        }

        /** The mean; NaN when there was none. */
        public double meanFirstToken() {
            return firstTokenSeconds / firstTokens;
        }
    }

    /**
     * How a trial stands.
     *
     * @param stage from 0
     * @param stageSeconds since this stage began, by the database's clock
     * @param verdict why it was stopped; null while it runs
     * @param own what the pools on trial did in this count
     * @param others what the others did in this count
     * @param before what the others did in their last whole count
     */
    public record Standing(
            int stage,
            double stageSeconds,
            boolean passed,
            @Nullable String verdict,
            Side own,
            Side others,
            Side before) {

        /** One that begins. */
        public static final Standing NEW = new Standing(0, 0, false, null, Side.NOTHING, Side.NOTHING, Side.NOTHING);
    }

    /**
     * Changes how a trial stands, while no other gateway can; what it is like then.
     *
     * @param name of at most 1000 characters
     * @param first how it stands when nobody has spoken of it yet
     * @param change called once, or twice when the connection was lost before
     * @throws LedgerException when the database is away
     */
    public Standing change(String name, Standing first, UnaryOperator<Standing> change) {
        return database.transaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into trial values (?, ?, current_timestamp, ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
                    on conflict do nothing""")) {
                insert.setString(1, name);
                insert.setInt(2, first.stage());
                insert.setBoolean(3, first.passed());
                verdict(insert, 4, first);
                insert.executeUpdate();
            }
            Standing before = read(connection, name);
            Standing after = change.apply(before);
            write(connection, name, before, after);
            return after;
        });
    }

    private static void verdict(PreparedStatement statement, int place, Standing standing) throws SQLException {
        String told = standing.verdict();
        if (told == null) {
            statement.setNull(place, Types.VARCHAR);
        } else {
            statement.setString(place, told.substring(0, Math.min(LONGEST_VERDICT, told.length())));
        }
    }

    private static Standing read(Connection connection, String name) throws SQLException {
        // The row is locked, so gateways that come at once are served one after the other.
        try (PreparedStatement select = connection.prepareStatement("""
                select stage, stage_began, current_timestamp, passed, verdict,
                    own_ended, own_failed, own_first_tokens, own_first_token_seconds,
                    others_ended, others_failed, others_first_tokens, others_first_token_seconds,
                    before_ended, before_failed, before_first_tokens, before_first_token_seconds
                from trial where name = ? for update""")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Standing(
                        row.getInt(1),
                        Math.max(
                                0,
                                Duration.between(
                                                        row.getObject(2, OffsetDateTime.class),
                                                        row.getObject(3, OffsetDateTime.class))
                                                .toNanos()
                                        / NANOS),
                        row.getBoolean(4),
                        row.getString(5),
                        side(row, 6),
                        side(row, 10),
                        side(row, 14));
            }
        }
    }

    private static Side side(ResultSet row, int from) throws SQLException {
        return new Side(row.getLong(from), row.getLong(from + 1), row.getLong(from + 2), row.getDouble(from + 3));
    }

    private static void write(Connection connection, String name, Standing before, Standing after) throws SQLException {
        String began = after.stage() == before.stage() ? "stage_began" : "current_timestamp";
        try (PreparedStatement update = connection.prepareStatement("update trial set stage_began = " + began + """
                , stage = ?, passed = ?, verdict = ?,
                    own_ended = ?, own_failed = ?, own_first_tokens = ?, own_first_token_seconds = ?,
                    others_ended = ?, others_failed = ?, others_first_tokens = ?, others_first_token_seconds = ?,
                    before_ended = ?, before_failed = ?, before_first_tokens = ?, before_first_token_seconds = ?
                where name = ?""")) {
            update.setInt(1, after.stage());
            update.setBoolean(2, after.passed());
            verdict(update, 3, after);
            fill(update, 4, after.own());
            fill(update, 8, after.others());
            fill(update, 12, after.before());
            update.setString(16, name);
            update.executeUpdate();
        }
    }

    private static void fill(PreparedStatement update, int from, Side side) throws SQLException {
        update.setLong(from, side.ended());
        update.setLong(from + 1, side.failed());
        update.setLong(from + 2, side.firstTokens());
        update.setDouble(from + 3, side.firstTokenSeconds());
    }

    @Override
    public void close() {
        database.close();
    }
}
