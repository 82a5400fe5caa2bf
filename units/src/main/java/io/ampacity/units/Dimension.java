package io.ampacity.units;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a quantity measures, with the units it may be written in.
 *
 * <p>The first unit of each table is the base unit (factor 1), the one {@link Quantity#amount()} is held in. Units are
 * matched exactly first and then without regard to case, unless two units differ only by case (mW and MW), where a
 * wrong case is refused rather than guessed.
 */
public enum Dimension {
    MONEY(units("USD", 1, "$", 1, "kUSD", 1e3, "MUSD", 1e6, "GUSD", 1e9, "million USD", 1e6, "billion USD", 1e9)),
    POWER(units("W", 1, "kW", 1e3, "MW", 1e6, "GW", 1e9)),
    ENERGY(units("J", 1, "kJ", 1e3, "MJ", 1e6, "Wh", 3.6e3, "kWh", 3.6e6, "MWh", 3.6e9, "GWh", 3.6e12, "TWh", 3.6e15)),
    CARBON(units(
            "gCO2e", 1, "kgCO2e", 1e3, "tCO2e", 1e6, "ktCO2e", 1e9, "MtCO2e", 1e12, "g", 1, "kg", 1e3, "t", 1e6, "kt",
            1e9, "Mt", 1e12)),
    WATER(units("L", 1, "m3", 1e3, "ML", 1e6)),
    BYTES(units(
            "B", 1, "kB", 1e3, "MB", 1e6, "GB", 1e9, "TB", 1e12, "PB", 1e15, "KiB", 0x1p10, "MiB", 0x1p20, "GiB",
            0x1p30, "TiB", 0x1p40)),
    BYTE_RATE(units(
            "B/s", 1, "kB/s", 1e3, "MB/s", 1e6, "GB/s", 1e9, "TB/s", 1e12, "PB/s", 1e15, "Gb/s", 1e9 / 8, "Tb/s",
            1e12 / 8, "Gbps", 1e9 / 8, "Tbps", 1e12 / 8, "Gbit/s", 1e9 / 8, "Tbit/s", 1e12 / 8)),
    FLOP_RATE(units("FLOP/s", 1, "GFLOP/s", 1e9, "TFLOP/s", 1e12, "PFLOP/s", 1e15, "EFLOP/s", 1e18)),
    TOKEN_RATE(units(
            "tokens/s", 1, "ktokens/s", 1e3, "Mtokens/s", 1e6, "tokens/h", 1 / 3600.0, "tokens/day", 1 / 86400.0)),
    REQUEST_RATE(units(
            "requests/s",
            1,
            "/s",
            1,
            "requests/min",
            1 / 60.0,
            "/min",
            1 / 60.0,
            "requests/h",
            1 / 3600.0,
            "/h",
            1 / 3600.0,
            "requests/day",
            1 / 86400.0,
            "/day",
            1 / 86400.0)),
    TIME(units(
            "s",
            1,
            "ns",
            1e-9,
            "us",
            1e-6,
            "µs",
            1e-6,
            "ms",
            1e-3,
            "min",
            60,
            "h",
            3600,
            "d",
            86400,
            "day",
            86400,
            "days",
            86400,
            "week",
            604800,
            "weeks",
            604800,
            "month",
            31_557_600 / 12.0,
            "months",
            31_557_600 / 12.0,
            "y",
            31_557_600,
            "year",
            31_557_600,
            "years",
            31_557_600)),
    CARBON_INTENSITY(units("gCO2e/kWh", 1, "g/kWh", 1, "kgCO2e/MWh", 1, "kg/kWh", 1e3, "kgCO2e/kWh", 1e3)),
    ENERGY_PRICE(units("USD/kWh", 1, "USD/MWh", 1e-3, "$/kWh", 1, "$/MWh", 1e-3)),
    HOURLY_PRICE(units("USD/h", 1, "$/h", 1, "USD/month", 12 / 8766.0, "USD/year", 1 / 8766.0)),
    WATER_INTENSITY(units("L/kWh", 1)),
    CARBON_PRICE(units("USD/t", 1, "USD/tCO2e", 1, "$/t", 1, "USD/kg", 1e3)),
    DATA_PRICE(units("USD/GB", 1, "$/GB", 1, "USD/TB", 1e-3)),
    FRACTION(units("", 1, "%", 0.01)),
    COUNT(units("", 1, "k", 1e3, "M", 1e6, "G", 1e9, "B", 1e9, "T", 1e12));

    private static final int LONGEST_EXACT = 40;
    private static final Pattern THOUSANDS = Pattern.compile("[-+]?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]*)?");

    @SuppressWarnings("ImmutableEnumChecker") // wrapped as unmodifiable where it is made
    private final Map<String, Double> factors;

    Dimension(Map<String, Double> factors) {
        this.factors = factors;
    }

    /** The units this dimension may be written in, the base unit first. */
    public List<String> unitNames() {
        return List.copyOf(factors.keySet());
    }

    /**
     * Reads text such as {@code 40 MW} or {@code 1_500 USD}.
     *
     * @return the amount in the base unit
     * @throws UnitException when the text is no number with one of this dimension's units, or is not finite
     */
    public double parse(String text) {
        String trimmed = text.strip();
        int split = numberEnd(trimmed);
        if (split == 0) {
            throw new UnitException(
                    "\"" + shortened(text) + "\" is not a number with a unit", "write it like " + example());
        }
        String written = trimmed.substring(0, split);
        if (written.indexOf(',') >= 0 && !THOUSANDS.matcher(written).matches()) {
            // 1,5 is one and a half in half of the world; it must not become 15.
            throw new UnitException(
                    "\"" + shortened(text) + "\" has a comma that does not part thousands",
                    "write " + shortened(written.replace(',', '.')));
        }
        String digits = written.replace("_", "").replace(",", "");
        String unit = trimmed.substring(split).strip();
        double number;
        try {
            number = Double.parseDouble(digits);
        } catch (NumberFormatException notANumber) {
            throw new UnitException(
                    "\"" + shortened(text) + "\" is not a number with a unit", "write it like " + example());
        }
        double amount = product(digits, number, factor(unit, text));
        if (!Double.isFinite(amount)) {
            throw new UnitException("\"" + shortened(text) + "\" is too large to be held", "write a finite number");
        }
        return amount;
    }

    /** The decimal product, rounded once: 95 % is 0.95, though 95 × 0.01 in binary is a little more. */
    private static double product(String digits, double number, double factor) {
        if (!Double.isFinite(number) || number == 0 || digits.length() > LONGEST_EXACT) {
            return number * factor;
        }
        return new BigDecimal(digits).multiply(BigDecimal.valueOf(factor)).doubleValue();
    }

    /** Prints an amount in the base unit with the unit that keeps the number between 1 and 1000 where there is one. */
    public String print(double amount) {
        if (!Double.isFinite(amount)) {
            return Double.toString(amount);
        }
        if (this == FRACTION) {
            return number(amount * 100) + " %";
        }
        String best = unitNames().getFirst();
        double bestFactor = 1;
        double size = Math.abs(amount);
        for (String unit : printable()) {
            double factor = factors.getOrDefault(unit, 1.0);
            boolean fits = size >= factor * 0.9999999;
            if (size != 0
                    && (fits ? factor > bestFactor || size < bestFactor : factor < bestFactor && size < bestFactor)) {
                best = unit;
                bestFactor = factor;
            }
        }
        return best.isEmpty() ? number(amount / bestFactor) : number(amount / bestFactor) + " " + best;
    }

    private List<String> printable() {
        return switch (this) {
            case MONEY -> List.of("USD", "kUSD", "MUSD", "GUSD");
            case ENERGY -> List.of("J", "kJ", "kWh", "MWh", "GWh", "TWh");
            case CARBON -> List.of("gCO2e", "kgCO2e", "tCO2e", "ktCO2e", "MtCO2e");
            case BYTES -> List.of("B", "kB", "MB", "GB", "TB", "PB");
            case BYTE_RATE -> List.of("B/s", "kB/s", "MB/s", "GB/s", "TB/s", "PB/s");
            case TIME -> List.of("s", "µs", "ms", "min", "h", "days", "years");
            case COUNT -> List.of("", "k", "M", "G", "T");
            case POWER, WATER, FLOP_RATE -> unitNames();
            case TOKEN_RATE -> List.of("tokens/s", "ktokens/s", "Mtokens/s");
            case REQUEST_RATE,
                    CARBON_INTENSITY,
                    ENERGY_PRICE,
                    HOURLY_PRICE,
                    WATER_INTENSITY,
                    CARBON_PRICE,
                    DATA_PRICE,
                    FRACTION -> List.of(unitNames().getFirst());
        };
    }

    /** Four significant digits, without trailing zeros; scientific where plain digits would hide the size. */
    private static String number(double value) {
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
        double size = Math.abs(value);
        return size >= 1e6 || size < 1e-3 ? String.format(Locale.ROOT, "%.3e", value) : rounded.toPlainString();
    }

    private double factor(String unit, String text) {
        Double exact = factors.get(unit);
        if (exact != null) {
            return exact;
        }
        List<String> alike = new ArrayList<>();
        for (String known : factors.keySet()) {
            if (known.equalsIgnoreCase(unit)) {
                alike.add(known);
            }
        }
        if (alike.size() == 1 && !isAmbiguousCase(unit)) {
            return factors.getOrDefault(alike.getFirst(), Double.NaN);
        }
        if (unit.isEmpty()) {
            throw new UnitException("\"" + shortened(text) + "\" has no unit", "write it like " + example());
        }
        throw new UnitException(
                "\"" + shortened(text) + "\" has the unit \"" + shortened(unit) + "\", which is none of "
                        + String.join(", ", factors.keySet()),
                elsewhere(unit).map(other -> unit + " measures " + other).orElse("write it like " + example()));
    }

    /** A prefix m (milli) or M (mega) must be meant, so its case is never guessed. */
    private static boolean isAmbiguousCase(String unit) {
        return unit.startsWith("m") || unit.startsWith("M");
    }

    private Optional<String> elsewhere(String unit) {
        for (Dimension other : values()) {
            if (other != this && other.factors.containsKey(unit)) {
                return Optional.of(other.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            }
        }
        return Optional.empty();
    }

    private String example() {
        String unit = unitNames().getFirst();
        return switch (this) {
            case POWER -> "40 MW";
            case TIME -> "500 ms";
            case FRACTION -> "15 %";
            case COUNT -> "64 or 2.5 M";
            default -> "12 " + unit;
        };
    }

    private static int numberEnd(String text) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean exponent = (c == 'e' || c == 'E') && i > 0 && i + 1 < text.length() && isExponent(text, i + 1);
            boolean sign = (c == '-' || c == '+') && (i == 0 || "eE".indexOf(text.charAt(i - 1)) >= 0);
            if (Character.isDigit(c) || c == '.' || c == '_' || c == ',' || exponent || sign) {
                i++;
            } else {
                break;
            }
        }
        return i;
    }

    private static boolean isExponent(String text, int from) {
        char c = text.charAt(from);
        return Character.isDigit(c)
                || ((c == '-' || c == '+') && from + 1 < text.length() && Character.isDigit(text.charAt(from + 1)));
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    private static Map<String, Double> units(Object... namesAndFactors) {
        Map<String, Double> table = new LinkedHashMap<>();
        for (int i = 0; i < namesAndFactors.length; i += 2) {
            table.put((String) namesAndFactors[i], ((Number) namesAndFactors[i + 1]).doubleValue());
        }
        return Collections.unmodifiableMap(table);
    }
}
