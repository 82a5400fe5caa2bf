package io.ampacity.cli;

import io.ampacity.simulator.FinishedRequest;
import io.ampacity.simulator.RunObserver;
import io.ampacity.simulator.report.Part;
import io.ampacity.traces.reader.DuckDb;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A row for every completed request: CSV, or Parquet where the name ends in {@code .parquet}. It appears in its place by
 * {@link #finish()}, whole.
 */
final class PerRequestFile implements RunObserver, AutoCloseable {

    private static final String HEADER = "id,arrival_s,first_token_s,last_token_s,prompt_tokens,output_tokens,pool,"
            + "workload,replica,attempts,tenant,class,attained";

    private final Path place;
    private final Draft draft;
    private final @Nullable Draft parquet;
    private final BufferedWriter out;

    PerRequestFile(Path place) throws IOException {
        this.place = place;
        boolean columns = String.valueOf(place.getFileName()).endsWith(".parquet");
        parquet = columns ? Draft.of(place) : null;
        draft = columns ? Draft.of(place.resolveSibling(place.getFileName() + ".csv")) : Draft.of(place);
        out = Files.newBufferedWriter(draft.file());
        out.write(HEADER);
        for (Part part : Part.values()) {
            out.append(',').append(column(part));
        }
        out.write('\n');
    }

    private static String column(Part part) {
        return part.name().toLowerCase(Locale.ROOT) + "_s";
    }

    @Override
    public void completed(FinishedRequest request) {
        try {
            out.append(Long.toString(request.id())).append(',');
            out.append(Double.toString(request.arrivalSeconds())).append(',');
            out.append(Double.toString(request.firstTokenSeconds())).append(',');
            out.append(Double.toString(request.lastTokenSeconds())).append(',');
            out.append(Integer.toString(request.promptTokens())).append(',');
            out.append(Integer.toString(request.outputTokens())).append(',');
            out.append(text(request.pool())).append(',');
            out.append(text(request.workload())).append(',');
            out.append(Integer.toString(request.replica())).append(',');
            out.append(Integer.toString(request.attempts())).append(',');
            out.append(text(request.tenant())).append(',');
            out.append(text(request.serviceClass())).append(',');
            out.append(Boolean.toString(request.attained()));
            for (Part part : Part.values()) {
                // Differences of times leave a hair below zero.
                out.append(',').append(Double.toString(Math.max(0, request.seconds(part))));
            }
            out.append('\n');
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : CsvText.of(text);
    }

    /** Puts the whole file in its place. */
    void finish() throws IOException {
        out.close();
        Draft whole = parquet;
        if (whole == null) {
            draft.finish();
            return;
        }
        StringBuilder parts = new StringBuilder();
        for (Part part : Part.values()) {
            parts.append(", '").append(column(part)).append("': 'DOUBLE'");
        }
        try (Connection connection = DuckDb.connect(place.toString());
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT * FROM read_csv("
                    + DuckDb.literal(draft.file().toString())
                    + ", header = true, delim = ',', quote = '\"', auto_detect = false, columns = {'id': 'BIGINT',"
                    + " 'arrival_s': 'DOUBLE', 'first_token_s': 'DOUBLE', 'last_token_s': 'DOUBLE',"
                    + " 'prompt_tokens': 'INTEGER', 'output_tokens': 'INTEGER', 'pool': 'VARCHAR',"
                    + " 'workload': 'VARCHAR', 'replica': 'INTEGER', 'attempts': 'INTEGER', 'tenant': 'VARCHAR',"
                    + " 'class': 'VARCHAR', 'attained': 'BOOLEAN'" + parts + "})) TO "
                    + DuckDb.literal(whole.file().toString()) + " (FORMAT parquet, COMPRESSION zstd)");
        } catch (SQLException unwritable) {
            throw new IOException(place + ": Parquet cannot be written: " + unwritable.getMessage(), unwritable);
        }
        whole.finish();
    }

    @Override
    public void close() throws IOException {
        try (draft) {
            out.close();
        }
        if (parquet != null) {
            parquet.close();
        }
    }
}
