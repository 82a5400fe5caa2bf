package io.ampacity.scenario.reading;

import io.ampacity.documents.Place;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.scenario.Horizon;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Finds the period of a horizon that a month falls into. */
record PeriodLookup(Horizon horizon, SchemaReading reading) {

    /** Index of the period (from 0) of a month; negative before the horizon, at least its length after it. */
    int index(YearMonth month) {
        long months = ChronoUnit.MONTHS.between(horizon.start(), month);
        return (int) Math.floorDiv(months, (long) horizon.monthsPerPeriod());
    }

    /** Index of the period of a month, or null with an error noted when it lies outside the horizon. */
    @Nullable Integer inside(YearMonth month, Place place, @Nullable String text) {
        int index = index(month);
        if (index >= 0 && index < horizon.periods()) {
            return index;
        }
        reading.error(
                place,
                text,
                "\"" + (text == null ? month : text) + "\" lies outside the horizon, which runs from "
                        + horizon.start() + " to "
                        + horizon.start().plusMonths((long) horizon.periods() * horizon.monthsPerPeriod() - 1),
                "change it, or lengthen the horizon");
        return null;
    }

    /** As {@link #inside}, but a month before the horizon counts as its first period. */
    @Nullable Integer insideOrEarlier(YearMonth month, Place place, @Nullable String text) {
        return index(month) < 0 ? Integer.valueOf(0) : inside(month, place, text);
    }
}
