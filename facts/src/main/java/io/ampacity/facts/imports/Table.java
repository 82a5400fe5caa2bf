package io.ampacity.facts.imports;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.ampacity.documents.DocumentException;
import io.ampacity.documents.Issue;
import io.ampacity.documents.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file with a header, whole in memory, each row with its line. Immutable.
 *
 * @param name the file, for places
 */
public record Table(String name, List<String> header, List<Row> rows) {

    /** Files larger than this are refused unread. */
    public static final long MAXIMUM_BYTES = 64L << 20;

    private static final int MAXIMUM_ROWS = 2_000_000;

    public Table {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    /**
     * Reads a file.
     *
     * @throws DocumentException when it is missing, too large, not UTF-8, not CSV or empty
     */
    public static Table read(Path file) {
        String name = file.toString();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) MAXIMUM_BYTES + 1);
            if (bytes.length > MAXIMUM_BYTES) {
                throw refuse(name, "is larger than " + (MAXIMUM_BYTES >> 20) + " MiB", "split it");
            }
            return parse(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException notText) {
            throw refuse(name, "is not UTF-8 text", "save it as UTF-8, or check that it is CSV");
        } catch (IOException unreadable) {
            throw refuse(name, "cannot be read: " + unreadable.getMessage(), "check the path and its permissions");
        }
    }

    /** Reads text; {@code name} stands for the file in places. Throws as {@link #read(Path)} does. */
    public static Table parse(String name, String text) {
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        List<String> header = List.of();
        Map<String, Integer> columns = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .skipEmptyLines(true)
                .ofCsvRecord(content)) {
            for (CsvRecord record : records) {
                if (header.isEmpty()) {
                    header = record.getFields().stream().map(String::strip).toList();
                    for (int i = 0; i < header.size(); i++) {
                        columns.putIfAbsent(header.get(i), i);
                    }
                } else if (rows.size() >= MAXIMUM_ROWS) {
                    throw refuse(name, "has more than " + MAXIMUM_ROWS + " rows", "split it");
                } else {
                    rows.add(new Row(name, record.getStartingLineNumber(), record.getFields(), columns));
                }
            }
        } catch (CsvParseException malformed) {
            throw refuse(name, "is not valid CSV: " + malformed.getMessage(), "check quotes and commas");
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
        if (header.isEmpty()) {
            throw refuse(name, "is empty", "check that it is the file you mean");
        }
        return new Table(name, header, rows);
    }

    public boolean hasColumns(String... names) {
        return header.containsAll(List.of(names));
    }

    /** The first column whose name begins so; null when there is none. */
    public @Nullable String columnStartingWith(String beginning) {
        return header.stream()
                .filter(name -> name.startsWith(beginning))
                .findFirst()
                .orElse(null);
    }

    /**
     * Insists on columns.
     *
     * @throws DocumentException naming those that are missing
     */
    public void require(String... names) {
        List<Issue> issues = new ArrayList<>();
        for (String column : names) {
            if (!header.contains(column)) {
                issues.add(Issue.error(
                        new Place(name, 1, 1, column),
                        null,
                        "the column \"" + column + "\" is missing",
                        "this is another kind of file; its columns are "
                                + String.join(", ", header.subList(0, Math.min(12, header.size())))));
            }
        }
        if (!issues.isEmpty()) {
            throw new DocumentException(issues);
        }
    }

    private static DocumentException refuse(String name, String problem, String advice) {
        return new DocumentException(List.of(Issue.error(new Place(name, 1, 1, ""), null, problem, advice)));
    }

    /** One line of a table. */
    public record Row(String file, long line, List<String> cells, Map<String, Integer> columns) {

        /** The cell of a column, stripped; empty when the row is short or there is no such column. */
        public String text(String column) {
            Integer index = columns.get(column);
            return index == null || index >= cells.size()
                    ? ""
                    : cells.get(index).strip();
        }

        /** Whether the cell holds nothing. */
        public boolean isBlank(String column) {
            return text(column).isEmpty();
        }

        /** The number of a cell; null when it is empty; NaN when it is no finite number. */
        public @Nullable Double number(String column) {
            String text = text(column);
            if (text.isEmpty()) {
                return null;
            }
            try {
                double value = Double.parseDouble(text);
                return Double.isFinite(value) ? value : Double.NaN;
            } catch (NumberFormatException notANumber) {
                return Double.NaN;
            }
        }

        public Place place(String column) {
            Integer index = columns.get(column);
            return new Place(file, (int) Math.min(line, Integer.MAX_VALUE), index == null ? 1 : index + 1, column);
        }
    }
}
