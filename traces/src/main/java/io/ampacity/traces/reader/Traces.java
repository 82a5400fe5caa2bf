package io.ampacity.traces.reader;

import io.ampacity.traces.RequestSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Opens traces, whatever their format. */
public final class Traces {

    private static final int SNIFFED_BYTES = 4096;

    private Traces() {}

    /**
     * Opens a trace whose format is found out from its first line.
     *
     * @throws io.ampacity.documents.DocumentException when the file is missing or is no trace
     */
    public static RequestSource open(Path file) {
        return open(file, null);
    }

    /**
     * Opens a trace.
     *
     * @param format null to find it out
     * @throws io.ampacity.documents.DocumentException when the file is missing or is no trace of that format
     */
    public static RequestSource open(Path file, @Nullable TraceFormat format) {
        return switch (format == null ? formatOf(file) : format) {
            case AZURE -> new AzureLlmTraceReader(file);
            case BURSTGPT -> new BurstGptTraceReader(file);
            case MOONCAKE -> new MooncakeTraceReader(file);
            case SERVEGEN -> new ServeGenTraceReader(file, ServeGenTraceReader.DEFAULT_SEED);
            case REQUESTS -> new RequestCsvReader(file);
            case PARQUET -> new ParquetTraceReader(file);
        };
    }

    /** The format of a trace, from what the file begins with. */
    public static TraceFormat formatOf(Path file) {
        if (Files.isDirectory(file)) {
            return TraceFormat.SERVEGEN;
        }
        byte[] bytes;
        try (InputStream in = LineInput.open(file)) {
            bytes = in.readNBytes(SNIFFED_BYTES);
        } catch (IOException unreadable) {
            throw Refusal.of(
                    file.toString(), "cannot be read: " + unreadable.getMessage(), "check that it was copied whole");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        String line = text.lines()
                .map(l -> l.replace("\uFEFF", "").strip().toLowerCase(Locale.ROOT))
                .filter(l -> !l.isEmpty())
                .findFirst()
                .orElse("");
        if (line.startsWith("par1")) {
            return TraceFormat.PARQUET;
        } else if (line.startsWith("{")) {
            return TraceFormat.MOONCAKE;
        } else if (line.contains("contexttokens")) {
            return TraceFormat.AZURE;
        } else if (line.contains("request tokens")) {
            return TraceFormat.BURSTGPT;
        } else if (line.contains("arrival_s")) {
            return TraceFormat.REQUESTS;
        }
        throw Refusal.of(
                file.toString(),
                bytes.length == 0
                        ? "is empty"
                        : "is no known trace: it begins with " + Refusal.shown(bytes, 0, bytes.length),
                "name its format: " + TraceFormat.ids()
                        + "; or give it the header arrival_s,prompt_tokens,output_tokens");
    }
}
