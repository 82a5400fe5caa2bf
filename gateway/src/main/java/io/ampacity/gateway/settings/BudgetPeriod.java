package io.ampacity.gateway.settings;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** How often a budget begins anew, by UTC. */
public enum BudgetPeriod {
    DAY,
    MONTH,
    FOREVER;

    /** The name of the period that a time lies in. */
    public String name(Instant time) {
        return switch (this) {
            case DAY -> day(time).toString();
            case MONTH -> day(time).toString().substring(0, 7);
            case FOREVER -> "forever";
        };
    }

    private static LocalDate day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** When the period that a time lies in began. */
    public Instant began(Instant time) {
        LocalDate day = day(time);
        return switch (this) {
            case DAY -> day.atStartOfDay().toInstant(ZoneOffset.UTC);
            case MONTH -> day.withDayOfMonth(1).atStartOfDay().toInstant(ZoneOffset.UTC);
            case FOREVER -> Instant.EPOCH;
        };
    }
}
