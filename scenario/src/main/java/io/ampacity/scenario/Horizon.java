package io.ampacity.scenario;

import io.ampacity.units.Fraction;
import io.ampacity.units.TimeSpan;
import java.time.YearMonth;

/**
 * The time the plan covers, cut into equal periods.
 *
 * @param start first month
 * @param monthsPerPeriod 1, 3, 6 or 12
 * @param periods at least 1
 * @param discountRate a year, used to value later money today
 */
public record Horizon(YearMonth start, int monthsPerPeriod, int periods, Fraction discountRate) {

    private static final double HOURS_PER_MONTH = 8766.0 / 12;

    /** Hours in one period: a month is a twelfth of 365.25 days. */
    public double periodHours() {
        return monthsPerPeriod * HOURS_PER_MONTH;
    }

    public TimeSpan periodLength() {
        return new TimeSpan(periodHours() * 3600);
    }

    /** Name of a period (from 0), such as {@code 2027-Q1}, or {@code 2027-01} where it is no whole quarter. */
    public String periodName(int period) {
        YearMonth month = start.plusMonths((long) period * monthsPerPeriod);
        boolean quarter = monthsPerPeriod == 3 && month.getMonthValue() % 3 == 1;
        return quarter ? month.getYear() + "-Q" + (month.getMonthValue() + 2) / 3 : month.toString();
    }

    /** What one unit of money spent evenly over a period is worth at the start, discounted to mid-period. */
    public double discountFactor(int period) {
        double years = (period + 0.5) * monthsPerPeriod / 12.0;
        return Math.pow(1 + discountRate.value(), -years);
    }
}
