package io.ampacity.traces.reader;

import io.ampacity.traces.RequestSource;
import io.ampacity.traces.model.TraceModels;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Measures how fast traces are read and made; a program, not a test. Rates are per second
 * of this thread's processor time, so that a busy machine does not spoil them. Writes its files to the temporary folder and
 * removes them.
 */
final class ReadingSpeed {

    private static final int ROWS = 5_000_000;

    private ReadingSpeed() {}

    public static void main(String[] arguments) throws IOException {
        Path requests = Files.createTempFile("requests", ".csv");
        Path azure = Files.createTempFile("azure", ".csv");
        Path mooncake = Files.createTempFile("mooncake", ".jsonl");
        try {
            write(requests, azure, mooncake);
            for (int round = 0; round < 3; round++) {
                time("requests CSV", ROWS, requests);
                time("Azure CSV", ROWS, azure);
                time("Mooncake JSON lines, 24 blocks a row", ROWS / 10, mooncake);
                fastCsv(requests);
                made("azure-conversation-2023");
                made("mooncake-conversation");
            }
        } finally {
            Files.delete(requests);
            Files.delete(azure);
            Files.delete(mooncake);
        }
    }

    private static void write(Path requests, Path azure, Path mooncake) throws IOException {
        try (BufferedWriter r = Files.newBufferedWriter(requests);
                BufferedWriter a = Files.newBufferedWriter(azure);
                BufferedWriter m = Files.newBufferedWriter(mooncake)) {
            r.write("arrival_s,prompt_tokens,output_tokens\n");
            a.write("TIMESTAMP,ContextTokens,GeneratedTokens\n");
            for (int i = 0; i < ROWS; i++) {
                int prompt = 100 + (int) (i * 7919L % 4000);
                int output = 1 + (int) (i * 104_729L % 700);
                int second = i / 1000;
                r.write(second + "." + (100_000 + i % 1000 * 100) + "," + prompt + "," + output + "\n");
                a.write(String.format(
                        Locale.ROOT,
                        "2023-11-16 %02d:%02d:%02d.%07d,%d,%d%n",
                        second / 3600,
                        second / 60 % 60,
                        second % 60,
                        i % 1000 * 10_000,
                        prompt,
                        output));
                if (i < ROWS / 10) {
                    m.write("{\"timestamp\": " + i + ", \"input_length\": 12000, \"output_length\": " + output
                            + ", \"hash_ids\": [0");
                    for (int block = 1; block < 24; block++) {
                        m.write(", " + (i * 24 + block));
                    }
                    m.write("]}\n");
                }
            }
        }
    }

    private static void time(String what, int rows, Path file) throws IOException {
        try (RequestSource source = Traces.open(file)) {
            long start = cpuNanos();
            long tokens = 0;
            int read = 0;
            while (source.next()) {
                tokens += source.promptTokens();
                read++;
            }
            tell(what, rows, cpuNanos() - start, Files.size(file), read == rows && tokens > 0);
        }
    }

    private static void fastCsv(Path file) throws IOException {
        try (var reader = de.siegmar.fastcsv.reader.CsvReader.builder()
                .ofCsvRecord(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            long start = cpuNanos();
            double sum = 0;
            int read = -1;
            for (var row : reader) {
                if (read++ >= 0) {
                    sum += Double.parseDouble(row.getField(0))
                            + Integer.parseInt(row.getField(1))
                            + Integer.parseInt(row.getField(2));
                }
            }
            tell("requests CSV by FastCSV", ROWS, cpuNanos() - start, Files.size(file), read == ROWS && sum > 0);
        }
    }

    private static void made(String name) {
        RequestSource source = TraceModels.builtIn(name).withRate(1000).synthesise(Double.POSITIVE_INFINITY, 1);
        long start = cpuNanos();
        long tokens = 0;
        for (int i = 0; i < 1_000_000; i++) {
            source.next();
            tokens += source.promptTokens();
        }
        tell("synthesis " + name, 1_000_000, cpuNanos() - start, 0, tokens > 0);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void tell(String what, int rows, long nanos, long bytes, boolean right) {
        System.out.printf(
                Locale.ROOT,
                "%-40s %6.2f M rows/s %7.0f MB/s %s%n",
                what,
                rows * 1e3 / nanos,
                bytes * 1e3 / nanos,
                right ? "" : "WRONG");
    }
}
