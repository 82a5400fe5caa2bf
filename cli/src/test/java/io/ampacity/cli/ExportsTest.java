package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.traces.reader.DuckDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files a replay writes beside its result, read as others read them. */
final class ExportsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path trace;

    @BeforeEach
    void writeTrace() throws IOException {
        StringBuilder rows = new StringBuilder("arrival_s,prompt_tokens,output_tokens,tenant,class\n");
        for (int i = 0; i < 200; i++) {
            rows.append(0.02 * i)
                    .append(',')
                    .append(50 + i * 37 % 900)
                    .append(',')
                    .append(1 + i * 13 % 80);
            rows.append(i % 3 == 0 ? ",\"a, b\"," : ",z,")
                    .append(i % 2 == 0 ? "batch" : "")
                    .append('\n');
        }
        trace = Files.writeString(folder.resolve("trace.csv"), rows);
    }

    private JsonNode run(String... more) {
        List<String> line = List.of(
                "simulate",
                "--model",
                "llama-3.1-8b",
                "--chip",
                "h100-sxm",
                "--replicas",
                "2",
                "--fail",
                "replica:pool#0@2s+500ms",
                "--trace",
                trace.toString(),
                "--json");
        CommandLineRun run =
                CommandLineRun.of(Stream.concat(line.stream(), Stream.of(more)).toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.json();
    }

    @Test
    void parquetAndCsvHoldTheSameRowsAndTheirPartsAddUp() throws IOException, SQLException {
        Path csv = folder.resolve("rows.csv");
        Path parquet = folder.resolve("rows.parquet");
        JsonNode result = run("--per-request", csv.toString());
        run("--per-request", parquet.toString());

        try (Connection connection = DuckDb.connect("test");
                Statement statement = connection.createStatement()) {
            String columns = "count(*), sum(output_tokens), max(abs(last_token_s - arrival_s - failed_attempts_s"
                    + " - network_s - overhead_s - queue_s - prefill_s - transfer_s - decode_s - preempted_s)),"
                    + " count(*) FILTER (tenant = 'a, b')";
            for (String from : List.of(
                    "read_parquet(" + DuckDb.literal(parquet.toString()) + ")",
                    "read_csv(" + DuckDb.literal(csv.toString()) + ")")) {
                try (ResultSet row = statement.executeQuery("SELECT " + columns + " FROM " + from)) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getLong(1))
                            .isEqualTo(result.get("requests").get("completed").asLong());
                    assertThat(row.getLong(2))
                            .isEqualTo(result.get("outputTokens").asLong());
                    assertThat(row.getDouble(3)).isLessThan(1e-9);
                    assertThat(row.getLong(4)).isEqualTo(67);
                }
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void everyRequestInTheLogArrivesOnceAndEndsOnce() throws IOException {
        Path events = folder.resolve("events.jsonl");
        run("--events", events.toString());

        Map<Long, String> state = new HashMap<>();
        double before = 0;
        int failures = 0;
        for (String line : Files.readAllLines(events)) {
            JsonNode event = JSON.readTree(line);
            assertThat(event.get("atSeconds").asDouble()).isGreaterThanOrEqualTo(before);
            before = event.get("atSeconds").asDouble();
            String what = event.get("event").stringValue();
            if (what.startsWith("failure")) {
                failures++;
                continue;
            }
            String was = state.put(event.get("id").asLong(), what);
            switch (what) {
                case "arrived" -> assertThat(was).isNull();
                case "sent" -> assertThat(was).isIn("arrived", "failed");
                case "failed", "completed" -> assertThat(was).isEqualTo("sent");
                case "lost" -> assertThat(was).isEqualTo("failed");
                case "rejected" -> assertThat(was).isIn("arrived", "failed");
                default -> throw new AssertionError(what);
            }
        }
        assertThat(failures).isEqualTo(2);
        assertThat(state).hasSize(200);
        assertThat(state.values())
                .allMatch(end -> Set.of("completed", "lost", "rejected").contains(end));
    }

    /** The rules of the trace-event format that viewers rely on. */
    @Test
    void thePerfettoTraceKeepsTheRulesOfItsFormat() throws IOException {
        Path file = folder.resolve("trace.json");
        JsonNode result = run("--perfetto", file.toString());

        JsonNode events = JSON.readTree(Files.readString(file)).get("traceEvents");
        Set<String> named = new HashSet<>();
        Map<String, List<long[]>> slices = new HashMap<>();
        Map<String, List<JsonNode>> pairs = new HashMap<>();
        double busy = 0;
        for (JsonNode event : events) {
            String phase = event.get("ph").stringValue();
            assertThat(phase).isIn("M", "X", "b", "e", "C", "i");
            assertThat(event.get("pid").isInt()).isTrue();
            assertThat(event.get("tid").isInt()).isTrue();
            assertThat(event.get("name").stringValue()).isNotEmpty();
            String thread = event.get("pid").asInt() + "/" + event.get("tid").asInt();
            if (phase.equals("M")) {
                named.add(thread);
                assertThat(event.get("args").get("name").isString()).isTrue();
                continue;
            }
            double ts = event.get("ts").asDouble();
            assertThat(ts).isGreaterThanOrEqualTo(0);
            switch (phase) {
                case "X" -> {
                    double dur = event.get("dur").asDouble();
                    assertThat(dur).isGreaterThanOrEqualTo(0);
                    assertThat(named).contains(thread);
                    slices.computeIfAbsent(thread, key -> new ArrayList<>())
                            .add(new long[] {Math.round(ts * 1e3), Math.round(ts * 1e3) + Math.round(dur * 1e3)});
                    busy += dur / 1e6;
                }
                case "b", "e" -> {
                    assertThat(event.get("cat").isString()).isTrue();
                    pairs.computeIfAbsent(event.get("id").stringValue(), key -> new ArrayList<>())
                            .add(event);
                }
                case "C" ->
                    assertThat(event.get("args").get("value").isNumber()).isTrue();
                case "i" -> assertThat(event.get("s").stringValue()).isIn("g", "p", "t");
                default -> throw new AssertionError(phase);
            }
        }
        // Slices of one thread follow one another.
        slices.values().forEach(ofThread -> {
            ofThread.sort(Comparator.comparingLong(slice -> slice[0]));
            for (int i = 1; i < ofThread.size(); i++) {
                assertThat(ofThread.get(i)[0]).isGreaterThanOrEqualTo(ofThread.get(i - 1)[1]);
            }
        });
        // Every request is told, its begins and ends nest, and no time goes back.
        assertThat(pairs).hasSize(result.get("requests").get("completed").asInt());
        pairs.values().forEach(list -> {
            Deque<String> open = new ArrayDeque<>();
            double before = 0;
            for (JsonNode event : list) {
                assertThat(event.get("ts").asDouble()).isGreaterThanOrEqualTo(before);
                before = event.get("ts").asDouble();
                String name = event.get("name").stringValue();
                if (event.get("ph").stringValue().equals("b")) {
                    open.push(name);
                } else {
                    assertThat(open.pop()).isEqualTo(name);
                }
            }
            assertThat(open).isEmpty();
        });
        double used = result.get("byPool").get(0).get("utilisation").asDouble()
                * 2
                * result.get("simulatedSeconds").asDouble();
        assertThat(busy).isCloseTo(used, within(1e-3 * used));
    }

    @Test
    void seriesAndFiguresAreTablesThatAgreeWithTheDocument() throws IOException {
        Path series = folder.resolve("series.csv");
        Path figures = folder.resolve("figures.csv");
        JsonNode result = run("--series", series.toString(), "--csv", figures.toString());

        List<String> rows = Files.readAllLines(series);
        int columns = rows.getFirst().split(",", -1).length;
        assertThat(rows).allSatisfy(row -> assertThat(row.split(",", -1)).hasSize(columns));
        assertThat(rows.stream().filter(row -> row.startsWith("total,")))
                .hasSize(result.get("series").get("facilityWatts").size());
        assertThat(rows).anyMatch(row -> row.startsWith("pool,pool,")).anyMatch(row -> row.startsWith("workload,"));
        assertThat(Files.readAllLines(figures))
                .contains("requests.arrived,200")
                .contains("outputTokens," + result.get("outputTokens"))
                .anyMatch(row -> row.startsWith("timeSpent[decode].totalSeconds,"))
                .anyMatch(row -> row.startsWith("\"byTenant[a, b].requests.completed\","));
    }

    @Test
    void tenantsAndClassesOfTheTraceAreTold() {
        JsonNode result = run();

        assertThat(result.get("byTenant").get(0).get("name").stringValue()).isEqualTo("a, b");
        assertThat(result.get("byTenant").get(1).get("name").stringValue()).isEqualTo("z");
        assertThat(result.get("byClass")).hasSize(1);
        assertThat(result.get("byClass").get(0).get("requests").get("arrived").asLong())
                .isEqualTo(100);
    }

    @Test
    void aRegionAndAPriceMakeCostAndCarbonKnownAndWhatIsUnknownSaysWhy() {
        JsonNode known = run("--region", "aws:eu-central-1", "--price", "3");

        double seconds = known.get("simulatedSeconds").asDouble();
        assertThat(known.get("costUsd").asDouble()).isCloseTo(2 * 3 * seconds / 3600, within(1e-9));
        assertThat(known.get("carbonGrams").asDouble()).isPositive();
        assertThat(known.get("carbonBasis").stringValue()).contains("aws:eu-central-1");
        assertThat(known.get("waterLitres").isNull())
                .isEqualTo(known.get("waterBasis").stringValue().startsWith("unknown"));
        JsonNode unknown = run("--price", "3");
        assertThat(unknown.get("carbonGrams").isNull())
                .isEqualTo(unknown.get("carbonBasis").stringValue().startsWith("unknown"));
    }
}
