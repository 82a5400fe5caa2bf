package io.ampacity.traces.reader;

import java.nio.file.Path;

/**
 * Reads BurstGPT traces: CSV of {@code Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type}, in later
 * releases with {@code Session ID} and {@code Elapsed time}.
 *
 * <p>The timestamp counts seconds from midnight of the first day, and stays so. A request that failed has 0 response
 * tokens; such rows are left out, as in the published files "without fails", unless they are asked for.
 */
public final class BurstGptTraceReader extends CsvReader {

    private final boolean keepsFailures;
    private int timestamp;
    private int request;
    private int response;
    private int session;
    private long failures;

    /** Reads the requests that were answered. */
    public BurstGptTraceReader(Path file) {
        this(file, false);
    }

    /** @param keepsFailures whether requests with 0 response tokens are told too */
    public BurstGptTraceReader(Path file, boolean keepsFailures) {
        super(file, false);
        this.keepsFailures = keepsFailures;
        try {
            begin();
        } catch (RuntimeException refused) {
            close();
            throw refused;
        }
    }

    private void begin() {
        readHeader();
        timestamp = requiredColumn("Timestamp");
        request = requiredColumn("Request tokens");
        response = requiredColumn("Response tokens");
        session = column("Session ID");
        failures = 0;
    }

    @Override
    String wanted() {
        return "Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type";
    }

    /** Failed requests met so far. */
    public long failures() {
        return failures;
    }

    @Override
    boolean readRow() {
        while (nextRow()) {
            rowArrival = seconds(start(timestamp), end(timestamp), "Timestamp");
            rowPrompt = tokens(start(request), end(request), "Request tokens");
            rowOutput = tokens(start(response), end(response), "Response tokens");
            if (session >= 0) {
                rowSession = start(session) == end(session) ? UNKNOWN_SESSION : name(start(session), end(session));
            }
            if (rowOutput > 0) {
                return true;
            }
            failures++;
            if (keepsFailures) {
                return true;
            }
        }
        return false;
    }

    @Override
    void restart() {
        lines.rewind();
        begin();
    }
}
