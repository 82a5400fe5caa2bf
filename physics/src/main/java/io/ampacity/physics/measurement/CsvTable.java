package io.ampacity.physics.measurement;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A CSV file with a header, read whole; measurement files are small. */
final class CsvTable {

    private CsvTable() {}

    static List<NamedCsvRecord> read(Path file) {
        List<NamedCsvRecord> rows = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : reader) {
                rows.add(row);
            }
        } catch (IOException unreadable) {
            throw new MeasurementException(file + " cannot be read: " + unreadable.getMessage(), "check the path");
        }
        return rows;
    }

    static String text(Path file, NamedCsvRecord row, String field) {
        return row.findField(field)
                .map(String::trim)
                .orElseThrow(() -> new MeasurementException(
                        file + ": there is no column \"" + field + "\"", "check that it is the right kind of file"));
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
                file + ":" + row.getStartingLineNumber() + ": " + field + " is \"" + text + "\", not a number",
                "remove the row");
    }

    static int whole(Path file, NamedCsvRecord row, String field, int absent) {
        String text = text(file, row, field);
        return text.isEmpty() ? absent : (int) number(file, row, field);
    }
}
