package io.ampacity.benchmarks;

import de.siegmar.fastcsv.reader.CsvReader;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.model.TraceModels;
import io.ampacity.traces.reader.Traces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Cost of one request read from a file, or made by a trace model. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TraceReadingBenchmark {

    private static final int ROWS = 200_000;

    private @Nullable TraceFiles files;

    @Setup(Level.Trial)
    public void write() throws IOException {
        files = TraceFiles.write(ROWS);
    }

    @TearDown(Level.Trial)
    public void delete() throws IOException {
        files().close();
    }

    private TraceFiles files() {
        return Objects.requireNonNull(files);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long requestsCsv() {
        return read(files().requests());
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long azureCsv() {
        return read(files().azure());
    }

    /** Twenty-four names of prefix blocks a row. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long mooncakeJsonLines() {
        return read(files().mooncake());
    }

    /** The same columns of the requests CSV by another program. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double requestsCsvByFastCsv() throws IOException {
        try (var reader =
                CsvReader.builder().ofCsvRecord(Files.newBufferedReader(files().requests(), StandardCharsets.UTF_8))) {
            double sum = 0;
            boolean header = true;
            for (var row : reader) {
                if (!header) {
                    sum += Double.parseDouble(row.getField(0))
                            + Integer.parseInt(row.getField(1))
                            + Integer.parseInt(row.getField(2));
                }
                header = false;
            }
            return sum;
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long madeConversation() {
        return made("azure-conversation-2023");
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long madeSessions() {
        return made("mooncake-conversation");
    }

    private static long read(Path file) {
        try (RequestSource source = Traces.open(file)) {
            return tokens(source, ROWS + 1, ROWS);
        }
    }

    private static long made(String name) {
        try (RequestSource source = TraceModels.builtIn(name).withRate(1000).synthesise(Double.POSITIVE_INFINITY, 1)) {
            return tokens(source, ROWS, ROWS);
        }
    }

    private static long tokens(RequestSource source, int most, int expected) {
        long tokens = 0;
        int read = 0;
        while (read < most && source.next()) {
            tokens += source.promptTokens();
            read++;
        }
        if (read != expected) {
            throw new IllegalStateException("read " + read + " requests of " + expected);
        }
        return tokens;
    }
}
