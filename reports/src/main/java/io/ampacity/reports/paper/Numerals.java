package io.ampacity.reports.paper;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/**
 * Numbers as a person reads them: three significant digits, a unit prefix, no surprise.
 *
 * <p>Number and unit are joined by a no-break space. A share that is not quite all never prints as 100 %, and one that
 * is not quite nothing never as 0 %.
 */
public final class Numerals {

    /** Joins a number and its unit so that no line ends between them. */
    public static final char JOIN = '\u00A0';

    private static final String UNKNOWN = "unknown";

    private Numerals() {}

    /** US dollars: {@code $12.4 M}. */
    public static String usd(double usd) {
        if (!Double.isFinite(usd)) {
            return UNKNOWN;
        }
        String sign = usd < 0 ? "-" : "";
        double size = Math.abs(usd);
        if (size != 0 && size < 0.995) {
            return sign + "$" + significant(size);
        }
        return sign + "$" + scaled(size, 1e3, new String[] {"", "k", "M", "bn"});
    }

    /** Energy from kWh: {@code 8.21 GWh}. */
    public static String energy(double kilowattHours) {
        return scaled(kilowattHours, 1e3, new String[] {"kWh", "MWh", "GWh", "TWh"});
    }

    /** Power from watts: {@code 4.21 kW}. */
    public static String power(double watts) {
        return scaled(watts, 1e3, new String[] {"W", "kW", "MW", "GW"});
    }

    /** Greenhouse gas from kg: {@code 412 t}, without the word CO2e. */
    public static String carbon(double kilograms) {
        return scaled(kilograms, 1e3, new String[] {"kg", "t", "kt", "Mt"});
    }

    /** Water from litres: {@code 3.4 ML}. */
    public static String water(double litres) {
        return scaled(litres, 1e3, new String[] {"L", "m³", "ML", "GL"});
    }

    /** Time from seconds: {@code 312 ms}, {@code 1.84 s}, {@code 2.5 h}. */
    public static String seconds(double seconds) {
        if (!Double.isFinite(seconds)) {
            return UNKNOWN;
        }
        double size = Math.abs(seconds);
        if (size == 0) {
            return "0" + JOIN + "s";
        }
        if (size < 0.0009995) {
            return significant(seconds * 1e6) + JOIN + "µs";
        }
        if (size < 0.9995) {
            return significant(seconds * 1e3) + JOIN + "ms";
        }
        if (size < 119.5) {
            return significant(seconds) + JOIN + "s";
        }
        if (size < 7170) {
            return bare(seconds / 60) + JOIN + "min";
        }
        return size < 172_000 ? bare(seconds / 3600) + JOIN + "h" : bare(seconds / 86400) + JOIN + "days";
    }

    /** Without zeros at the end, since such times stand in sentences. */
    private static String bare(double value) {
        return significant(value).replaceAll("\\.0+$", "");
    }

    /** A share of the whole, 0 to 1, with one decimal: {@code 98.4 %}. */
    public static String share(double share) {
        if (!Double.isFinite(share)) {
            return UNKNOWN;
        }
        double percent = share * 100;
        if (percent < 100 && percent >= 99.95) {
            return percent > 99.99 ? ">99.99" + JOIN + "%" : pattern("0.00", floor(percent, 2)) + JOIN + "%";
        }
        if (percent > 0 && percent < 0.05) {
            return percent < 0.01 ? "<0.01" + JOIN + "%" : pattern("0.00", percent) + JOIN + "%";
        }
        return pattern(percent == 0 || percent == 100 ? "0" : "#,##0.0", percent) + JOIN + "%";
    }

    /** A share that was asked for, with no more decimals than it has: {@code 95 %}. */
    public static String asked(double share) {
        return Double.isFinite(share) ? pattern("#,##0.###", share * 100) + JOIN + "%" : UNKNOWN;
    }

    /** A routing weight without needless decimals, for narrow columns: {@code 34 %}. */
    public static String weight(double share) {
        if (!Double.isFinite(share)) {
            return UNKNOWN;
        }
        double percent = share * 100;
        if (percent > 0 && percent < 1) {
            return "<1" + JOIN + "%";
        }
        if (percent < 100 && percent > 99) {
            return ">99" + JOIN + "%";
        }
        return pattern("0", percent) + JOIN + "%";
    }

    /** A whole number with separators: {@code 12,480}. */
    public static String count(long count) {
        return pattern("#,##0", (double) count);
    }

    /** An amount rounded to a whole number, with separators. */
    public static String count(double count) {
        return Double.isFinite(count) ? pattern("#,##0", count) : UNKNOWN;
    }

    /** A large number of tokens or requests: {@code 1.2 M}. */
    public static String many(double amount) {
        return scaled(amount, 1e3, new String[] {"", "k", "M", "bn", "tn"});
    }

    /** Requests a second: {@code 41.2}. */
    public static String rate(double requestsPerSecond) {
        return Double.isFinite(requestsPerSecond) ? significant(requestsPerSecond) : UNKNOWN;
    }

    /** Three significant digits, with separators and without an exponent. */
    public static String significant(double value) {
        if (!Double.isFinite(value)) {
            return UNKNOWN;
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = rounded(value);
        if (rounded.abs().doubleValue() >= 1000) {
            return pattern("#,##0", value);
        }
        int decimals = Math.max(0, 2 - (rounded.precision() - rounded.scale() - 1));
        String text =
                rounded.setScale(Math.min(decimals, 9), RoundingMode.HALF_UP).toPlainString();
        return text.contains(".") && rounded.abs().doubleValue() < 1 ? text.replaceAll("\\.?0+$", "") : text;
    }

    private static String scaled(double value, double step, String[] units) {
        if (!Double.isFinite(value)) {
            return UNKNOWN;
        }
        if (value == 0) {
            return units[0].isEmpty() ? "0" : "0" + JOIN + units[0];
        }
        double scaled = value;
        int unit = 0;
        while (unit < units.length - 1 && rounded(scaled).abs().doubleValue() >= step) {
            scaled /= step;
            unit++;
        }
        return units[unit].isEmpty() ? significant(scaled) : significant(scaled) + JOIN + units[unit];
    }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).round(new MathContext(3, RoundingMode.HALF_UP));
    }

    private static double floor(double value, int decimals) {
        double factor = Math.pow(10, decimals);
        return Math.floor(value * factor) / factor;
    }

    private static String pattern(String pattern, double value) {
        DecimalFormat format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setRoundingMode(RoundingMode.HALF_UP);
        String text = format.format(value);
        return text.equals("-0") ? "0" : text;
    }
}
