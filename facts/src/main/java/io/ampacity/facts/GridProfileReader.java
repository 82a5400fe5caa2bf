package io.ampacity.facts;

import io.ampacity.units.Dimension;
import io.ampacity.units.UnitException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the profile of one grid. A table is twelve lines, one a month, of 24 numbers, one an hour (UTC), in the unit
 * that its {@code unit} names.
 */
final class GridProfileReader {

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final int HOURS = 24;

    private GridProfileReader() {}

    static GridProfile read(String id, Fields fields) {
        Sources.Source source = fields.source();
        return new GridProfile(
                id,
                fields.text("name"),
                table(fields, "carbon-direct", Dimension.CARBON_INTENSITY),
                table(fields, "price", Dimension.ENERGY_PRICE),
                source.title(),
                source.asOf(),
                fields.optionalText("note"));
    }

    private static @Nullable MonthHourTable table(Fields entry, String key, Dimension dimension) {
        Fields fields = entry.mapping(key);
        if (fields == null) {
            return null;
        }
        double factor = 1;
        String unit = fields.text("unit");
        try {
            factor = dimension.parse("1 " + unit);
        } catch (UnitException wrong) {
            fields.error(fields.placeOf("unit"), unit, "\"unit\": " + wrong.getMessage(), wrong.advice());
        }
        double[] values = new double[MONTHS.size() * HOURS];
        for (int month = 0; month < MONTHS.size(); month++) {
            String name = MONTHS.get(month);
            String[] words = fields.text(name).strip().split("\\s+", -1);
            if (words.length != HOURS) {
                fields.error(
                        fields.placeOf(name),
                        null,
                        "\"" + name + "\" has " + words.length + " numbers, not 24",
                        "write one number an hour, from 0 to 23 UTC");
                continue;
            }
            for (int hour = 0; hour < HOURS; hour++) {
                values[month * HOURS + hour] = factor * number(fields, name, words[hour]);
            }
        }
        fields.finish();
        if (fields.failed()) {
            entry.fail();
            return null;
        }
        return MonthHourTable.of(values);
    }

    private static double number(Fields fields, String month, String word) {
        try {
            double value = Double.parseDouble(word);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        fields.error(
                fields.placeOf(month),
                word,
                "\"" + month + "\" holds \"" + word + "\", not a number",
                "write digits only");
        return 0;
    }
}
