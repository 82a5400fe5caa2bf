package io.ampacity.traces.reader;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads the Azure LLM inference traces of 2023 and 2024: CSV of {@code TIMESTAMP,ContextTokens,GeneratedTokens}.
 *
 * <p>A timestamp is a date and a time of day, such as {@code 2023-11-16 18:17:03.9799600}, with an optional offset from
 * UTC. The first request makes the zero of time.
 */
public final class AzureLlmTraceReader extends CsvReader {

    private static final String TIMESTAMP = "TIMESTAMP";
    private static final long NANOS_A_SECOND = 1_000_000_000L;

    private int timestamp;
    private int context;
    private int generated;
    private long zeroNanos;
    private boolean zeroKnown;
    private int cachedDate;
    private long cachedEpochDay;

    public AzureLlmTraceReader(Path file) {
        super(file, true);
        try {
            begin();
        } catch (RuntimeException refused) {
            close();
            throw refused;
        }
    }

    private void begin() {
        readHeader();
        timestamp = requiredColumn(TIMESTAMP);
        context = requiredColumn("ContextTokens");
        generated = requiredColumn("GeneratedTokens");
        zeroKnown = false;
    }

    @Override
    String wanted() {
        return "TIMESTAMP,ContextTokens,GeneratedTokens";
    }

    @Override
    boolean readRow() {
        if (!nextRow()) {
            return false;
        }
        int start = start(timestamp);
        int end = end(timestamp);
        remember(start, end, TIMESTAMP);
        long nanos = nanos(start, end);
        if (!zeroKnown) {
            zeroKnown = true;
            zeroNanos = nanos;
        }
        // A double of seconds since 1970 would resolve no finer than a quarter of a microsecond.
        rowArrival = (nanos - zeroNanos) / (double) NANOS_A_SECOND;
        rowPrompt = tokens(start(context), end(context), "ContextTokens");
        rowOutput = tokens(start(generated), end(generated), "GeneratedTokens");
        return true;
    }

    private long nanos(int start, int end) {
        byte[] bytes = lines.bytes();
        if (end - start < 19
                || bytes[start + 4] != '-'
                || bytes[start + 7] != '-'
                || (bytes[start + 10] != ' ' && bytes[start + 10] != 'T')
                || bytes[start + 13] != ':'
                || bytes[start + 16] != ':') {
            throw notATime(start, end);
        }
        long days = epochDay(start, end);
        int hour = digits(start + 11, 2, start, end);
        int minute = digits(start + 14, 2, start, end);
        int second = digits(start + 17, 2, start, end);
        if (hour > 23 || minute > 59 || second > 60) {
            throw notATime(start, end);
        }
        long nanos = 0;
        int at = start + 19;
        if (at < end && bytes[at] == '.') {
            long unit = NANOS_A_SECOND;
            for (at++; at < end && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
                unit /= 10;
                nanos += (bytes[at] - '0') * unit;
            }
        }
        long offsetMinutes = 0;
        if (at + 1 == end && bytes[at] == 'Z') {
            at = end;
        } else if (at + 6 == end && (bytes[at] == '+' || bytes[at] == '-') && bytes[at + 3] == ':') {
            offsetMinutes = digits(at + 1, 2, start, end) * 60L + digits(at + 4, 2, start, end);
            offsetMinutes = bytes[at] == '-' ? -offsetMinutes : offsetMinutes;
            at = end;
        }
        if (at != end) {
            throw notATime(start, end);
        }
        long seconds = days * 86_400 + hour * 3_600L + (minute - offsetMinutes) * 60 + second;
        return seconds * NANOS_A_SECOND + nanos;
    }

    private long epochDay(int start, int end) {
        int year = digits(start, 4, start, end);
        int month = digits(start + 5, 2, start, end);
        int day = digits(start + 8, 2, start, end);
        int date = (year * 100 + month) * 100 + day;
        if (date != cachedDate) {
            try {
                // Years whose nanoseconds overflow a long are refused with those that do not exist.
                cachedEpochDay = LocalDate.of(year, month, day).toEpochDay();
                if (year < 1970 || year > 2200) {
                    throw notATime(start, end);
                }
                cachedDate = date;
            } catch (DateTimeException noSuchDay) {
                throw notATime(start, end);
            }
        }
        return cachedEpochDay;
    }

    private int digits(int from, int count, int start, int end) {
        int value = 0;
        for (int at = from; at < from + count; at++) {
            int digit = lines.bytes()[at] - '0';
            if (digit < 0 || digit > 9) {
                throw notATime(start, end);
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private RuntimeException notATime(int start, int end) {
        return refuse(
                start, end, TIMESTAMP, "is not a time", "write it like 2023-11-16 18:17:03.979, year 1970 to 2200");
    }

    @Override
    void restart() {
        lines.rewind();
        begin();
    }
}
