package io.ampacity.cli;

import io.ampacity.reports.focus.FocusBill;
import io.ampacity.reports.focus.FocusColumn;
import io.ampacity.reports.focus.FocusCsv;
import io.ampacity.reports.focus.FocusDifference;
import io.ampacity.reports.focus.FocusException;
import io.ampacity.reports.focus.FocusRow;
import io.ampacity.scenario.Scenario;
import io.ampacity.traces.reader.DuckDb;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a plan will cost as rows of FOCUS, and a bill in that form to set beside it. */
final class FocusFiles {

    @Option(
            names = "--focus",
            paramLabel = "FILE",
            description =
                    "Write the cost of the plan as rows of FOCUS 1.2, a row a charge and month: CSV, or Parquet by the"
                            + " name.")
    private @Nullable Path focus;

    @Option(
            names = "--bill",
            paramLabel = "FILE",
            description = "Show how a bill differs from the plan: a FOCUS export as CSV, or Parquet by the name.")
    private @Nullable Path bill;

    boolean wanted() {
        return focus != null || bill != null;
    }

    @Nullable Path place() {
        return focus;
    }

    void check() throws IOException {
        if (focus != null) {
            Draft.check(focus);
        }
    }

    void write(List<FocusRow> rows) throws IOException {
        Path place = focus;
        if (place == null) {
            return;
        }
        if (!isParquet(place)) {
            WholeFile.write(place, FocusCsv.of(rows));
            return;
        }
        try (Draft text = Draft.of(place.resolveSibling(place.getFileName() + ".csv"));
                Draft whole = Draft.of(place)) {
            Files.writeString(text.file(), FocusCsv.of(rows));
            StringJoiner columns = new StringJoiner(", ", "{", "}");
            for (FocusColumn column : FocusColumn.values()) {
                String type =
                        switch (column.kind()) {
                            case TEXT -> "VARCHAR";
                            case DECIMAL -> "DECIMAL(38, 18)";
                            case TIME -> "TIMESTAMP";
                        };
                columns.add("'" + column.title() + "': '" + type + "'");
            }
            copy(
                    place,
                    "SELECT * FROM read_csv(" + DuckDb.literal(text.file().toString())
                            + ", header = true, delim = ',', quote = '\"', escape = '\"', auto_detect = false, columns = "
                            + columns + ")",
                    whole.file(),
                    "FORMAT parquet, COMPRESSION zstd");
            whole.finish();
        }
    }

    private static boolean isParquet(Path place) {
        return String.valueOf(place.getFileName()).endsWith(".parquet");
    }

    private static void copy(Path named, String query, Path to, String format) throws IOException {
        try (Connection connection = DuckDb.connect(named.toString());
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + query + ") TO " + DuckDb.literal(to.toString()) + " (" + format + ")");
        } catch (SQLException refused) {
            throw new IOException(named + ": " + refused.getMessage(), refused);
        }
    }

    /** The bill against the plan; null when none is named. */
    @Nullable FocusDifference difference(Scenario scenario, List<FocusRow> rows) throws IOException {
        Path named = bill;
        if (named == null) {
            return null;
        }
        if (Files.isDirectory(named) || !Files.isReadable(named)) {
            throw new BadInput("--bill " + named + " is no file that can be read", "name an export that is there");
        }
        if (!isParquet(named)) {
            return difference(scenario, rows, named);
        }
        Path folder = Files.createTempDirectory("ampacity-bill");
        Path text = folder.resolve("bill.csv");
        try {
            copy(
                    named,
                    "SELECT * FROM read_parquet(" + DuckDb.literal(named.toString()) + ")",
                    text,
                    "FORMAT csv, HEADER true, TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%SZ'");
            return difference(scenario, rows, text);
        } finally {
            Files.deleteIfExists(text);
            Files.deleteIfExists(folder);
        }
    }

    private static FocusDifference difference(Scenario scenario, List<FocusRow> rows, Path text) throws IOException {
        try (Reader reader = Files.newBufferedReader(text, StandardCharsets.UTF_8)) {
            return FocusDifference.of(scenario, rows, FocusBill.read(String.valueOf(text.getFileName()), reader));
        } catch (FocusException wrong) {
            String message = String.valueOf(wrong.getMessage());
            int advice = message.lastIndexOf(". Maybe ");
            throw new BadInput(
                    advice < 0 ? message : message.substring(0, advice),
                    advice < 0 ? null : message.substring(advice + ". Maybe ".length()));
        }
    }

    /** Sums of the rows, for a document. */
    static Map<String, Object> sums(List<FocusRow> rows) {
        Map<String, Object> sums = new LinkedHashMap<>();
        sums.put("rows", rows.size());
        sums.put("effectiveCostUsd", sum(rows, FocusColumn.EFFECTIVE_COST));
        sums.put("billedCostUsd", sum(rows, FocusColumn.BILLED_COST));
        sums.put("listCostUsd", sum(rows, FocusColumn.LIST_COST));
        return sums;
    }

    private static double sum(List<FocusRow> rows, FocusColumn column) {
        BigDecimal sum = BigDecimal.ZERO;
        for (FocusRow row : rows) {
            BigDecimal value = row.decimal(column);
            sum = value == null ? sum : sum.add(value);
        }
        return sum.doubleValue();
    }
}
