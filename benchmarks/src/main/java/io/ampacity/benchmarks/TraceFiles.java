package io.ampacity.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** One trace in three formats, in temporary files that go when this is closed. */
record TraceFiles(Path requests, Path azure, Path mooncake) implements AutoCloseable {

    static TraceFiles write(int rows) throws IOException {
        TraceFiles files = new TraceFiles(
                Files.createTempFile("requests", ".csv"),
                Files.createTempFile("azure", ".csv"),
                Files.createTempFile("mooncake", ".jsonl"));
        try (BufferedWriter requests = Files.newBufferedWriter(files.requests);
                BufferedWriter azure = Files.newBufferedWriter(files.azure);
                BufferedWriter mooncake = Files.newBufferedWriter(files.mooncake)) {
            requests.write("arrival_s,prompt_tokens,output_tokens\n");
            azure.write("TIMESTAMP,ContextTokens,GeneratedTokens\n");
            for (int row = 0; row < rows; row++) {
                int prompt = 100 + (int) (row * 7919L % 4000);
                int output = 1 + (int) (row * 104_729L % 700);
                int second = row / 1000;
                requests.write(second + "." + (100_000 + row % 1000 * 100) + "," + prompt + "," + output + "\n");
                azure.write(String.format(
                        Locale.ROOT,
                        "2023-11-16 %02d:%02d:%02d.%07d,%d,%d%n",
                        second / 3600,
                        second / 60 % 60,
                        second % 60,
                        row % 1000 * 10_000,
                        prompt,
                        output));
                mooncake.write("{\"timestamp\": " + row + ", \"input_length\": 12000, \"output_length\": " + output
                        + ", \"hash_ids\": [0");
                for (int block = 1; block < 24; block++) {
                    mooncake.write(", " + (row * 24 + block));
                }
                mooncake.write("]}\n");
            }
        }
        return files;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(requests);
        Files.deleteIfExists(azure);
        Files.deleteIfExists(mooncake);
    }
}
