package io.ampacity.cli;

import io.ampacity.simulator.RequestSink;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A CSV of completed requests. It appears in its place by {@link #finish()}, whole. */
final class PerRequestFile implements RequestSink, AutoCloseable {

    private final Draft draft;
    private final BufferedWriter out;

    PerRequestFile(Path place) throws IOException {
        this.draft = Draft.of(place);
        this.out = Files.newBufferedWriter(draft.file());
        out.write("id,arrival_s,first_token_s,last_token_s,prompt_tokens,output_tokens,pool,workload\n");
    }

    @Override
    public void completed(
            String workload,
            long id,
            double arrivalSeconds,
            double firstTokenSeconds,
            double lastTokenSeconds,
            int promptTokens,
            int outputTokens,
            String pool) {
        try {
            out.append(Long.toString(id)).append(',');
            out.append(Double.toString(arrivalSeconds)).append(',');
            out.append(Double.toString(firstTokenSeconds)).append(',');
            out.append(Double.toString(lastTokenSeconds)).append(',');
            out.append(Integer.toString(promptTokens)).append(',');
            out.append(Integer.toString(outputTokens)).append(',');
            out.append(pool).append(',');
            out.append(workload).append('\n');
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** Puts the whole file in its place. */
    void finish() throws IOException {
        out.close();
        draft.finish();
    }

    @Override
    public void close() throws IOException {
        try (draft) {
            out.close();
        }
    }
}
