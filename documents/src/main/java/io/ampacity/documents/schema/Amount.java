package io.ampacity.documents.schema;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.Excerpt;
import io.ampacity.units.Dimension;
import io.ampacity.units.UnitException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A number with a unit, held in the base unit of its dimension.
 *
 * @param suffix text that may follow the unit, such as {@code /year}; empty for none
 * @param minimum least allowed, in the base unit
 * @param minimumAllowed whether the minimum itself is allowed
 * @param maximum most allowed, in the base unit
 * @param maximumAllowed whether the maximum itself is allowed
 * @param doubts bounds beyond which a value is allowed but suspicious
 */
public record Amount(
        Dimension dimension,
        String suffix,
        double minimum,
        boolean minimumAllowed,
        double maximum,
        boolean maximumAllowed,
        List<Doubt> doubts)
        implements ValueType<Double> {

    /** No quantity this product speaks of is larger; beyond it sums lose all meaning. */
    private static final double LARGEST = 1e18;

    private static final String NUMBER = "[0-9][0-9_]*(,[0-9]{3})*(\\.[0-9_]+)?([eE][-+]?[0-9]+)?";

    /**
     * A bound beyond which a value is suspicious.
     *
     * @param above whether values above it, rather than below it, are suspicious
     * @param why what is odd about such a value
     */
    public record Doubt(boolean above, double bound, String why, String advice) {}

    public Amount {
        doubts = List.copyOf(doubts);
    }

    public static Amount of(Dimension dimension) {
        return new Amount(dimension, "", -LARGEST, true, LARGEST, true, List.of());
    }

    /** Only amounts above zero. */
    public Amount positive() {
        return new Amount(dimension, suffix, 0, false, maximum, maximumAllowed, doubts);
    }

    /** Only amounts of at least {@code bound}. */
    public Amount atLeast(double bound) {
        return new Amount(dimension, suffix, bound, true, maximum, maximumAllowed, doubts);
    }

    /** Only amounts of at most {@code bound}. */
    public Amount atMost(double bound) {
        return new Amount(dimension, suffix, minimum, minimumAllowed, bound, true, doubts);
    }

    /** Only amounts above {@code bound}. */
    public Amount above(double bound) {
        return new Amount(dimension, suffix, bound, false, maximum, maximumAllowed, doubts);
    }

    /** Only amounts below {@code bound}. */
    public Amount below(double bound) {
        return new Amount(dimension, suffix, minimum, minimumAllowed, bound, false, doubts);
    }

    /** The same, where {@code text} may follow the unit. */
    public Amount followedBy(String text) {
        return new Amount(dimension, text, minimum, minimumAllowed, maximum, maximumAllowed, doubts);
    }

    /** The same, with a warning for amounts above {@code bound}. */
    public Amount doubtAbove(double bound, String why, String advice) {
        return doubt(new Doubt(true, bound, why, advice));
    }

    /** The same, with a warning for amounts below {@code bound}. */
    public Amount doubtBelow(double bound, String why, String advice) {
        return doubt(new Doubt(false, bound, why, advice));
    }

    private Amount doubt(Doubt doubt) {
        List<Doubt> all = new ArrayList<>(doubts);
        all.add(doubt);
        return new Amount(dimension, suffix, minimum, minimumAllowed, maximum, maximumAllowed, all);
    }

    @Override
    public @Nullable Double read(DocumentNode node, SchemaReading reading) {
        ScalarNode scalar = reading.scalar(node, description(), example());
        if (scalar == null) {
            return null;
        }
        String text = scalar.text().strip();
        String bare = !suffix.isEmpty() && text.endsWith(suffix)
                ? text.substring(0, text.length() - suffix.length()).strip()
                : text;
        double amount;
        try {
            amount = dimension.parse(bare);
        } catch (UnitException wrong) {
            reading.error(
                    node.place(), scalar.text(), String.valueOf(wrong.getMessage()), advice(bare, wrong.advice()));
            return null;
        }
        if (!isAllowed(amount)) {
            reading.error(
                    node.place(),
                    scalar.text(),
                    Excerpt.quoted(scalar.text()) + " is out of range: it must be " + range(),
                    outOfRangeAdvice(amount));
            return null;
        }
        for (Doubt doubt : doubts) {
            if (doubt.above() ? amount > doubt.bound() : amount < doubt.bound()) {
                reading.warning(
                        node.place(), scalar.text(), Excerpt.quoted(scalar.text()) + " " + doubt.why(), doubt.advice());
            }
        }
        return amount;
    }

    private String advice(String text, String usual) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case ".nan", "nan" -> "leave the key out when the value is unknown";
            case ".inf", "-.inf", "inf", "infinity", "unlimited", "none" -> "leave the key out when there is no limit";
            default -> usual;
        };
    }

    private String outOfRangeAdvice(double amount) {
        if (dimension == Dimension.FRACTION && amount > maximum && amount <= 100 && maximum <= 1) {
            return "a % sign is missing: " + plain(amount) + " %";
        }
        return "write it like " + example();
    }

    private boolean isAllowed(double amount) {
        boolean low = minimumAllowed ? amount >= minimum : amount > minimum;
        boolean high = maximumAllowed ? amount <= maximum : amount < maximum;
        return low && high && Math.abs(amount) <= LARGEST;
    }

    /** The bounds in words; empty when any amount will do. */
    String range() {
        String low = minimum == -LARGEST ? "" : (minimumAllowed ? "at least " : "above ") + dimension.print(minimum);
        String high = maximum == LARGEST ? "" : (maximumAllowed ? "at most " : "below ") + dimension.print(maximum);
        if (low.isEmpty() && high.isEmpty()) {
            return "at most " + plain(LARGEST) + " in size";
        }
        return low.isEmpty() || high.isEmpty() ? low + high : low + " and " + high;
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    @Override
    public String description() {
        String what = dimension.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        boolean bounded = minimum != -LARGEST || maximum != LARGEST;
        return what + (bounded ? ", " + range() : "");
    }

    @Override
    public String example() {
        return switch (dimension) {
            case FRACTION -> "15 %" + suffix;
            case COUNT -> "2.5 M";
            case POWER -> "40 MW";
            case TIME -> "500 ms";
            default -> "12 " + dimension.unitNames().getFirst() + suffix;
        };
    }

    @Override
    public Map<String, Object> jsonSchema(JsonSchema schema) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("type", "string");
        text.put("pattern", pattern());
        if (!dimension.unitNames().contains("")) {
            return text;
        }
        Map<String, Object> number = new LinkedHashMap<>();
        number.put("type", "number");
        number.put(minimumAllowed ? "minimum" : "exclusiveMinimum", minimum);
        number.put(maximumAllowed ? "maximum" : "exclusiveMaximum", maximum);
        return JsonSchema.map("anyOf", List.of(number, text));
    }

    private String pattern() {
        List<String> units =
                dimension.unitNames().stream().map(JsonSchema::escaped).toList();
        String end = suffix.isEmpty() ? "" : "(\\s*" + JsonSchema.escaped(suffix) + ")?";
        String sign = minimum >= 0 ? "[+]?" : "[-+]?";
        return "^\\s*" + sign + NUMBER + "\\s*(" + String.join("|", units) + ")" + end + "\\s*$";
    }
}
