package io.ampacity.traces.conversion;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.Issue;
import io.ampacity.documents.Place;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.reader.DuckDb;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Writes what a source still gives to a file. The file appears whole or not at all: it is written beside its place and
 * moved there at the end.
 */
public final class TraceConverter {

    private TraceConverter() {}

    /**
     * Writes CSV, gzipped when the name ends in {@code .gz}; Parquet when it ends in {@code .parquet}.
     *
     * @return how many requests were written
     * @throws DocumentException when the file cannot be written, or the source is at fault
     */
    public static long convert(RequestSource source, Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".parquet") ? toParquet(source, file) : toCsv(source, file);
    }

    /** Writes the requests CSV; numbers are written so that reading gives the same ones. */
    public static long toCsv(RequestSource source, Path file) {
        Path draft = draft(file, ".csv.part");
        try {
            long requests =
                    write(source, draft, String.valueOf(file.getFileName()).endsWith(".gz"));
            publish(draft, file);
            return requests;
        } catch (IOException unwritable) {
            throw refuse(file, unwritable);
        } finally {
            discard(draft);
        }
    }

    /** Writes Parquet through DuckDB: {@code arrival_s} as DOUBLE, counts and names as BIGINT, blocks as a list. */
    public static long toParquet(RequestSource source, Path file) {
        Path csv = draft(file, ".csv.part");
        Path parquet = draft(file, ".parquet.part");
        try (Connection connection = DuckDb.connect(file.toString());
                Statement statement = connection.createStatement()) {
            long requests = write(source, csv, false);
            boolean blocks = source.prefixBlockTokens() > 0;
            statement.execute("COPY (SELECT arrival_s, prompt_tokens, output_tokens, session"
                    + (blocks
                            ? ", CAST(string_split(nullif(prefix_blocks, ''), ' ') AS BIGINT[])"
                                    + " AS prefix_blocks, prefix_block_tokens"
                            : "")
                    + " FROM read_csv(" + DuckDb.literal(csv.toString()) + ", header = true, delim = ',',"
                    + " auto_detect = false, columns = {'arrival_s': 'DOUBLE', 'prompt_tokens': 'BIGINT',"
                    + " 'output_tokens': 'BIGINT', 'session': 'BIGINT'"
                    + (blocks ? ", 'prefix_blocks': 'VARCHAR', 'prefix_block_tokens': 'BIGINT'" : "")
                    + "})) TO " + DuckDb.literal(parquet.toString()) + " (FORMAT parquet, COMPRESSION zstd)");
            publish(parquet, file);
            return requests;
        } catch (IOException | SQLException unwritable) {
            throw refuse(file, unwritable);
        } finally {
            discard(csv);
            discard(parquet);
        }
    }

    private static long write(RequestSource source, Path file, boolean gzipped) throws IOException {
        try (OutputStream plain = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
                OutputStream out = gzipped ? new GZIPOutputStream(plain, 1 << 16) : plain) {
            long requests = 0;
            StringBuilder row = new StringBuilder(256);
            boolean more = source.next();
            boolean blocks = more && source.prefixBlockTokens() > 0;
            row.append("arrival_s,prompt_tokens,output_tokens,session");
            row.append(blocks ? ",prefix_blocks,prefix_block_tokens\n" : "\n");
            while (more) {
                row.append(source.arrivalSeconds()).append(',');
                row.append(source.promptTokens()).append(',');
                row.append(source.outputTokens()).append(',');
                if (source.session() != RequestSource.UNKNOWN_SESSION) {
                    row.append(source.session());
                }
                if (blocks) {
                    row.append(',');
                    for (int i = 0; i < source.prefixBlocks(); i++) {
                        row.append(i == 0 ? "" : " ").append(source.prefixBlock(i));
                    }
                    row.append(',').append(source.prefixBlockTokens());
                }
                row.append('\n');
                requests++;
                if (row.length() > 1 << 14) {
                    flush(row, out);
                }
                more = source.next();
            }
            flush(row, out);
            return requests;
        }
    }

    private static void flush(StringBuilder row, OutputStream out) throws IOException {
        out.write(row.toString().getBytes(StandardCharsets.ISO_8859_1));
        row.setLength(0);
    }

    private static Path draft(Path file, String suffix) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            if (folder == null || !Files.isDirectory(folder)) {
                throw new NoSuchFileException(folder + " is no folder");
            }
            // Not a temporary file of the library, which only its owner may read.
            return Files.createFile(folder.resolve(
                    "." + file.getFileName() + "." + ProcessHandle.current().pid() + "-" + System.nanoTime() + suffix));
        } catch (IOException unwritable) {
            throw refuse(file, unwritable);
        }
    }

    private static void publish(Path draft, Path file) throws IOException {
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void discard(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException ignored) {
            // The trace is written, or its own error is on the way; a stray draft does no harm.
        }
    }

    private static DocumentException refuse(Path file, Exception cause) {
        String problem = "cannot be written: "
                + String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return new DocumentException(List.of(Issue.error(
                new Place(file.toString(), 1, 1, ""), null, problem, "check that the folder exists and has room")));
    }
}
