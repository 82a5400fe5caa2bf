package io.ampacity.cli;

/** A text as a field of CSV: in quotes where it must be. */
final class CsvText {

    private CsvText() {}

    static String of(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
