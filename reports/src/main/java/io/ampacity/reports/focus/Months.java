package io.ampacity.reports.focus;

import io.ampacity.scenario.Horizon;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** The calendar months of a period, each with its share of the period's days. */
record Months(List<Part> parts) {

    /** A twelfth of 365.25 days. */
    static final double HOURS_PER_MONTH = 8766.0 / 12;

    /**
     * A month.
     *
     * @param share of the period's days, the shares of a period add up to 1
     * @param start first moment, as the specification writes time
     * @param end first moment after it
     */
    record Part(double share, String start, String end, String planPeriod) {}

    static Months of(Horizon horizon, int period) {
        YearMonth first = horizon.start().plusMonths((long) period * horizon.monthsPerPeriod());
        int days = 0;
        for (int i = 0; i < horizon.monthsPerPeriod(); i++) {
            days += first.plusMonths(i).lengthOfMonth();
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < horizon.monthsPerPeriod(); i++) {
            YearMonth month = first.plusMonths(i);
            parts.add(new Part(
                    (double) month.lengthOfMonth() / days,
                    moment(month),
                    moment(month.plusMonths(1)),
                    horizon.periodName(period)));
        }
        return new Months(List.copyOf(parts));
    }

    private static String moment(YearMonth month) {
        return month.atDay(1) + "T00:00:00Z";
    }
}
