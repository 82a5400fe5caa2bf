package io.ampacity.physics.measurement;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.file.Path;

/**
 * Reads a run as a CSV with the columns {@code arrival_s, prompt_tokens, output_tokens, first_token_s, last_token_s} and
 * any others: seconds of one clock, as {@code ampacity simulate --per-request} writes them.
 */
final class RequestsReader {

    private RequestsReader() {}

    static Measured read(Path file, Setting setting) {
        RequestRows rows = new RequestRows(file.toString());
        for (NamedCsvRecord row : CsvTable.read(file)) {
            if (CsvTable.text(file, row, "first_token_s").isEmpty()
                    || CsvTable.text(file, row, "last_token_s").isEmpty()) {
                rows.unfinished();
            } else {
                rows.add(
                        CsvTable.place(file, row),
                        CsvTable.number(file, row, "arrival_s"),
                        CsvTable.number(file, row, "prompt_tokens"),
                        CsvTable.number(file, row, "output_tokens"),
                        CsvTable.number(file, row, "first_token_s"),
                        CsvTable.number(file, row, "last_token_s"));
            }
        }
        return rows.run(setting.chipOf(file.toString()), setting.modelOf(file.toString()), setting);
    }
}
