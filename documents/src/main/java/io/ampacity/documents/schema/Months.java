package io.ampacity.documents.schema;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.Excerpt;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A month, quarter or year of the calendar: {@code 2027-04}, {@code 2027-Q2} or {@code 2027}. */
public record Months() implements ValueType<Months.Span> {

    private static final String SHAPE = "(20[0-9]{2})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?";
    private static final Pattern PATTERN = Pattern.compile(SHAPE);

    /** Whole months, both ends included. */
    public record Span(YearMonth first, YearMonth last) {}

    @Override
    public @Nullable Span read(DocumentNode node, SchemaReading reading) {
        ScalarNode scalar = reading.scalar(node, "a month, quarter or year", example());
        if (scalar == null) {
            return null;
        }
        Matcher match = PATTERN.matcher(scalar.text().strip().toUpperCase(Locale.ROOT));
        if (!match.matches()) {
            reading.error(
                    node.place(),
                    scalar.text(),
                    Excerpt.quoted(scalar.text()) + " is not a month, quarter or year from 2000 to 2099",
                    "write it like 2027-04, 2027-Q2 or 2027");
            return null;
        }
        int year = Integer.parseInt(match.group(1));
        String month = match.group(2);
        String quarter = match.group(3);
        if (month != null) {
            YearMonth only = YearMonth.of(year, Integer.parseInt(month));
            return new Span(only, only);
        }
        if (quarter != null) {
            YearMonth first = YearMonth.of(year, 3 * Integer.parseInt(quarter) - 2);
            return new Span(first, first.plusMonths(2));
        }
        return new Span(YearMonth.of(year, 1), YearMonth.of(year, 12));
    }

    @Override
    public String description() {
        return "month, quarter or year";
    }

    @Override
    public String example() {
        return "2027-Q2";
    }

    @Override
    public Map<String, Object> jsonSchema(JsonSchema schema) {
        return JsonSchema.map(
                "anyOf",
                List.of(
                        JsonSchema.map("type", "string", "pattern", "^20[0-9]{2}(-(0[1-9]|1[0-2]|[Qq][1-4]))?$"),
                        JsonSchema.map("type", "integer", "minimum", 2000, "maximum", 2099)));
    }
}
