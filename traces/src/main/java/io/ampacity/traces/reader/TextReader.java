package io.ampacity.traces.reader;

import io.ampacity.documents.DocumentException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A reader of lines, with the parsing of fields that lines are made of. */
abstract class TextReader extends OrderedReader {

    /** Arrivals beyond this, some 30,000 years, are taken for a wrong unit. */
    private static final double LATEST_ARRIVAL_SECONDS = 1e12;

    private static final double[] POWERS_OF_TEN = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };

    final LineInput lines;

    private int arrivalStart;
    private int arrivalEnd;
    private String arrivalColumn = "";

    TextReader(Path file, boolean countsFromFirst) {
        super(countsFromFirst);
        this.lines = new LineInput(file);
    }

    /** A time of arrival in seconds: a finite decimal number, at least 0. */
    final double seconds(int start, int end, String column) {
        remember(start, end, column);
        double value = number(start, end, column);
        if (!(value >= 0)) {
            throw refuse(start, end, column, "is negative", "times count from the start of the trace");
        }
        if (value > LATEST_ARRIVAL_SECONDS) {
            throw refuse(start, end, column, "is too far away", "times are in seconds, not in nanoseconds");
        }
        return value;
    }

    /** Notes where the arrival stands, should the row come too late. */
    final void remember(int start, int end, String column) {
        arrivalStart = start;
        arrivalEnd = end;
        arrivalColumn = column;
    }

    /** A finite decimal number, with or without exponent. */
    final double number(int start, int end, String column) {
        byte[] bytes = lines.bytes();
        boolean negative = start < end && bytes[start] == '-';
        long digits = 0;
        int count = 0;
        int fraction = -1;
        for (int at = negative ? start + 1 : start; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
                count++;
            } else if (bytes[at] == '.' && fraction < 0) {
                fraction = count;
            } else {
                return slowNumber(start, end, column);
            }
        }
        if (count == 0 || count > 18 || digits > 1L << 53) {
            return slowNumber(start, end, column);
        }
        // Both operands are exact, so the quotient is rounded once, as Double.parseDouble would round it.
        double value = fraction < 0 ? digits : digits / POWERS_OF_TEN[count - fraction];
        return negative ? -value : value;
    }

    private double slowNumber(int start, int end, String column) {
        if (start >= end) {
            throw refuse(start, end, column, "is empty", "leave rows out whose value is unknown");
        }
        byte[] bytes = lines.bytes();
        for (int at = start; at < end; at++) {
            if (!(bytes[at] >= '0' && bytes[at] <= '9') && "+-.eE".indexOf(bytes[at]) < 0) {
                throw refuse(start, end, column, "is not a number", "check that columns are separated by commas");
            }
        }
        try {
            double value = Double.parseDouble(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1));
            if (Double.isInfinite(value)) {
                throw refuse(start, end, column, "is too large", "check the unit of the column");
            }
            return value;
        } catch (NumberFormatException malformed) {
            throw refuse(start, end, column, "is not a number", "check that columns are separated by commas");
        }
    }

    /** A count of tokens: a whole number, at least 0, that fits an int; {@code 374.0} is one too. */
    final int tokens(int start, int end, String column) {
        byte[] bytes = lines.bytes();
        int value = 0;
        if (end - start > 0 && end - start <= 9) {
            int at = start;
            for (; at < end; at++) {
                int digit = bytes[at] - '0';
                if (digit < 0 || digit > 9) {
                    break;
                }
                value = value * 10 + digit;
            }
            if (at == end) {
                return value;
            }
        }
        double number = number(start, end, column);
        if (number < 0) {
            throw refuse(start, end, column, "is negative", "leave rows out whose length is unknown");
        }
        if (number > Integer.MAX_VALUE) {
            throw refuse(start, end, column, "is more tokens than any model reads", "check the column's unit");
        }
        if (number != Math.rint(number)) {
            throw refuse(start, end, column, "is not a whole number of tokens", "round it");
        }
        return (int) number;
    }

    /** A name as a number: itself when it is a whole number, a hash of its bytes otherwise; never negative. */
    final long name(int start, int end) {
        byte[] bytes = lines.bytes();
        long value = 0;
        boolean number = start < end && end - start <= 19;
        long hash = 0xCBF29CE484222325L; // FNV-1a, 64 bits
        for (int at = start; at < end; at++) {
            int digit = bytes[at] - '0';
            number &= digit >= 0 && digit <= 9;
            value = value * 10 + digit;
            hash = (hash ^ (bytes[at] & 0xFF)) * 0x100000001B3L;
        }
        return number && value >= 0 ? value : hash & Long.MAX_VALUE;
    }

    /** Refuses a field of the current row; {@code problem} follows its value. */
    final DocumentException refuse(int start, int end, String column, String problem, String advice) {
        return Refusal.at(
                lines.name(),
                lines.number(),
                start - lines.start() + 1,
                column,
                Refusal.shown(lines.bytes(), start, end) + " " + problem,
                looksBinary() ? "the file is not text: name its --trace-format" : advice);
    }

    private boolean looksBinary() {
        byte[] bytes = lines.bytes();
        for (int at = lines.start(); at < lines.end(); at++) {
            if (bytes[at] >= 0 && bytes[at] < ' ' && bytes[at] != '\t') {
                return true;
            }
        }
        return false;
    }

    @Override
    final DocumentException refuseArrival(String problem, String advice) {
        return refuse(arrivalStart, arrivalEnd, arrivalColumn, "is out of order: " + problem, advice);
    }

    @Override
    public final void close() {
        lines.close();
    }
}
