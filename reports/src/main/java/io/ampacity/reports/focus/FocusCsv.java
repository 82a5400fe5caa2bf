package io.ampacity.reports.focus;

import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Rows as comma-separated text with a header; what is null is empty. */
public final class FocusCsv {

    private FocusCsv() {}

    public static String of(List<FocusRow> rows) {
        StringBuilder text = new StringBuilder();
        StringJoiner header = new StringJoiner(",", "", "\n");
        for (FocusColumn column : FocusColumn.values()) {
            header.add(column.title());
        }
        text.append(header);
        for (FocusRow row : rows) {
            StringJoiner line = new StringJoiner(",", "", "\n");
            for (FocusColumn column : FocusColumn.values()) {
                line.add(field(row.value(column)));
            }
            text.append(line);
        }
        return text.toString();
    }

    private static String field(@Nullable String value) {
        if (value == null) {
            return "";
        }
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : "\"" + value.replace("\"", "\"\"") + "\"";
    }
}
