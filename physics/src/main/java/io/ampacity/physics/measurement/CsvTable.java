package io.ampacity.physics.measurement;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A CSV file with a header, read whole; measurement files are small. */
final class CsvTable {

    private static final long MOST_BYTES = 256L << 20;

    private CsvTable() {}

    static List<NamedCsvRecord> read(Path file) {
        List<NamedCsvRecord> rows = new ArrayList<>();
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new MeasurementException(
                        file + " is larger than " + (MOST_BYTES >> 20) + " MiB", "bring a part of it");
            }
            try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
                for (NamedCsvRecord row : reader) {
                    rows.add(row);
                }
            }
        } catch (CsvParseException broken) {
            throw new MeasurementException(
                    file + ": after line "
                            + (rows.isEmpty() ? 1 : rows.getLast().getStartingLineNumber()) + " the CSV is broken: "
                            + broken.getMessage(),
                    "look for a quote that is not closed");
        } catch (IOException | UncheckedIOException unreadable) {
            throw new MeasurementException(file + " cannot be read: " + unreadable.getMessage(), "check the path");
        }
        return rows;
    }

    static String text(Path file, NamedCsvRecord row, String field) {
        return row.findField(field)
                .map(String::trim)
                .orElseThrow(() -> new MeasurementException(
                        place(file, row) + ": there is no column \"" + field + "\"",
                        "check that it is the right kind of file and that the row is complete"));
    }

    static double number(Path file, NamedCsvRecord row, String field) {
        String text = text(file, row, field);
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new MeasurementException(
                place(file, row) + ": " + field + " is " + quoted(text) + ", not a number", "remove the row");
    }

    /** A number above 0, such as a time. */
    static double positive(Path file, NamedCsvRecord row, String field) {
        return Limits.positive(number(file, row, field), place(file, row), field);
    }

    /** A number above 0, or null where the field is empty or there is no such column. */
    static @Nullable Double optional(Path file, NamedCsvRecord row, String field) {
        return row.findField(field).map(String::isBlank).orElse(true) ? null : positive(file, row, field);
    }

    static int whole(Path file, NamedCsvRecord row, String field, int absent) {
        String text = text(file, row, field);
        return text.isEmpty() ? absent : Limits.count(number(file, row, field), place(file, row), field);
    }

    static <E extends Enum<E>> E choice(Class<E> type, Path file, NamedCsvRecord row, String field) {
        String text = text(file, row, field);
        String wanted = text.toUpperCase(Locale.ROOT).replace('-', '_');
        List<String> known = new ArrayList<>();
        for (E candidate : type.getEnumConstants()) {
            if (candidate.name().equals(wanted)) {
                return candidate;
            }
            known.add(candidate.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        throw new MeasurementException(
                place(file, row) + ": " + field + " is " + quoted(text), "use one of " + String.join(", ", known));
    }

    static String place(Path file, NamedCsvRecord row) {
        return file + ":" + row.getStartingLineNumber();
    }

    /** A value for a message: short, and on one line whatever is in it. */
    static String quoted(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return '"' + (line.length() > 60 ? line.substring(0, 60) + "…" : line) + '"';
    }
}
