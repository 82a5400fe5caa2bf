package io.ampacity.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went to one pool in some time. A sum that is null is wholly unknown; {@code unpricedAttempts} says how many attempts
 * are in no sum of money.
 */
public record Spending(
        String pool,
        String supplier,
        String site,
        long attempts,
        long failedAttempts,
        long unpricedAttempts,
        @Nullable Long promptTokens,
        @Nullable Long outputTokens,
        @Nullable Double costUsd,
        @Nullable Double energyJoules,
        @Nullable Double carbonGrams) {

    /** One row a pool, for requests that arrived in [from, to). */
    public static List<Spending> of(Ledger ledger, Instant from, Instant to) {
        return ledger.database().transaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    select attempt.pool, attempt.supplier, attempt.site, count(*),
                        sum(case when attempt.outcome = 'completed' then 0 else 1 end),
                        sum(case when attempt.cost_usd is null then 1 else 0 end),
                        sum(attempt.prompt_tokens), sum(attempt.output_tokens), sum(attempt.cost_usd),
                        sum(attempt.energy_joules), sum(attempt.carbon_grams)
                    from request join attempt on attempt.request = request.id
                    where request.arrived >= ? and request.arrived < ?
                    group by attempt.pool, attempt.supplier, attempt.site order by 1, 2, 3""")) {
                select.setObject(1, OffsetDateTime.ofInstant(from, ZoneOffset.UTC));
                select.setObject(2, OffsetDateTime.ofInstant(to, ZoneOffset.UTC));
                List<Spending> all = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        all.add(new Spending(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                count(row, 7),
                                count(row, 8),
                                number(row, 9),
                                number(row, 10),
                                number(row, 11)));
                    }
                }
                return all;
            }
        });
    }

    private static @Nullable Long count(ResultSet row, int column) throws java.sql.SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Long.valueOf(value);
    }

    private static @Nullable Double number(ResultSet row, int column) throws java.sql.SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : Double.valueOf(value);
    }
}
