package io.ampacity.traces.reader;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A reader of comma-separated rows under a header; columns may stand in any order, and others beside them. */
abstract class CsvReader extends TextReader {

    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int fields;
    private int headerFields;
    private String header = "";

    CsvReader(Path file, boolean countsFromFirst) {
        super(file, countsFromFirst);
    }

    /** Reads the header, which must come first. */
    final void readHeader() {
        if (!lines.next()) {
            throw Refusal.of(lines.name(), "is empty", "start with the header " + wanted());
        }
        split();
        headerFields = fields;
        header = Refusal.shown(lines.bytes(), lines.start(), lines.end());
    }

    /** The header a file of this format has, for messages. */
    abstract String wanted();

    /** Where a column stands, from 0; -1 when the header does not name it. */
    final int column(String name) {
        List<Integer> found = new ArrayList<>();
        for (int field = 0; field < headerFields; field++) {
            if (text(field).strip().equalsIgnoreCase(name)) {
                found.add(field);
            }
        }
        if (found.size() > 1) {
            throw Refusal.at(
                    lines.name(),
                    lines.number(),
                    starts[found.get(1)] - lines.start() + 1,
                    name,
                    "the header names the column \"" + name + "\" twice",
                    "remove one of the two");
        }
        return found.isEmpty() ? -1 : found.getFirst();
    }

    /** Where a column stands that the format cannot do without. */
    final int requiredColumn(String name) {
        int column = column(name);
        if (column < 0) {
            throw Refusal.at(
                    lines.name(),
                    lines.number(),
                    1,
                    name,
                    "the header " + header + " does not name the column \"" + name + "\"",
                    "the first line is missing or the format is another; expected " + wanted());
        }
        return column;
    }

    /** Moves to the next row of a file without a header; false at the end. */
    final boolean nextRow(int wantedFields) {
        headerFields = wantedFields;
        return nextRow();
    }

    /** Moves to the next row; false at the end. */
    final boolean nextRow() {
        if (!lines.next()) {
            return false;
        }
        split();
        if (fields != headerFields) {
            throw Refusal.at(
                    lines.name(),
                    lines.number(),
                    1,
                    "",
                    "the row " + Refusal.shown(lines.bytes(), lines.start(), lines.end()) + " has " + fields
                            + " fields, not " + headerFields,
                    "the row was cut off, or a decimal comma splits a field; expected " + wanted());
        }
        return true;
    }

    /** Where a field of the row starts and ends, its quotes and spaces left off. */
    final int start(int field) {
        return starts[field];
    }

    final int end(int field) {
        return ends[field];
    }

    final String text(int field) {
        return new String(lines.bytes(), starts[field], ends[field] - starts[field], StandardCharsets.UTF_8);
    }

    private void split() {
        byte[] bytes = lines.bytes();
        int end = lines.end();
        int at = lines.start();
        int count = 0;
        while (true) {
            int from = at;
            if (at < end && bytes[at] == '"') {
                at = quoteEnd(bytes, at + 1, end);
            }
            while (at < end && bytes[at] != ',') {
                at++;
            }
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
                ends = Arrays.copyOf(ends, count * 2);
            }
            int to = at;
            while (to > from && bytes[to - 1] == ' ') {
                to--;
            }
            while (from < to && bytes[from] == ' ') {
                from++;
            }
            if (to - from >= 2 && bytes[from] == '"' && bytes[to - 1] == '"') {
                from++;
                to--;
            }
            starts[count] = from;
            ends[count] = to;
            count++;
            if (at >= end) {
                break;
            }
            at++;
        }
        fields = count;
    }

    private int quoteEnd(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) {
            if (bytes[at] != '"') {
                at++;
            } else if (at + 1 < end && bytes[at + 1] == '"') {
                at += 2;
            } else {
                return at + 1;
            }
        }
        throw refuse(from - 1, end, "", "opens a quote that its line does not close", "remove the quote");
    }
}
