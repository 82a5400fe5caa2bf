package io.ampacity.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.testing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What every ledger does, whatever database it lives in. */
abstract class AbstractLedgerTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant FAR_OFF = Instant.parse("2100-01-01T00:00:00Z");

    /** Numbers are alike when their amounts are, however they are written. */
    private static final Comparator<JsonNode> NUMBERS = (one, other) -> one.isNumber() && other.isNumber()
            ? Double.compare(one.asDouble(), other.asDouble())
            : one.equals(other) ? 0 : 1;

    @TempDir
    Path folder;

    private Ledger ledger;
    private LedgerAddress address;

    abstract LedgerAddress address(Path folder) throws SQLException;

    @BeforeEach
    void open() throws SQLException {
        address = address(folder);
        ledger = Ledger.open(address);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private Path journal() {
        return folder.resolve("requests.jsonl");
    }

    private void append(String text) throws IOException {
        Files.writeString(journal(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String head(String segment) {
        return "{\"segment\":\"" + segment + "\",\"replica\":\"one\"}\n";
    }

    private static String line(String id, Instant at, String cost) {
        return """
                {"id":"%s","arrivedMillis":%d,"key":"team","endpoint":"chat","model":"m","dataClass":"","stream":true,\
                "seconds":1.5,"status":200,"outcome":"completed","rescued":false,"costUsd":%s,"chargedUsd":%s,"attempts":[\
                {"pool":"m@a","supplier":"a","site":"fr","model":"m","why":"planned weight","beganSeconds":0,\
                "seconds":0.5,"firstTokenSeconds":null,"status":0,"outcome":"reset","tokenBasis":"nothing",\
                "doubtful":false,"promptTokens":0,"cachedTokens":0,"cacheWriteTokens":0,"outputTokens":0,\
                "reasoningTokens":0,"costUsd":0,"energyJoules":{"value":0,"low":0,"high":0},"carbonGrams":0},\
                {"pool":"m@b","supplier":"b","site":"de","model":"m","why":"m@a failed: reset","beganSeconds":0.5,\
                "seconds":1,"firstTokenSeconds":0.7,"status":200,"outcome":"completed","tokenBasis":"told",\
                "doubtful":false,"promptTokens":100,"cachedTokens":null,"cacheWriteTokens":null,"outputTokens":20,\
                "reasoningTokens":null,"costUsd":%s,"energyJoules":{"value":7,"low":5,"high":9},"carbonGrams":0.1}]}
                """.formatted(id, at.toEpochMilli(), cost, cost.equals("null") ? "0" : cost, cost);
    }

    private long catchUp() {
        return Intake.of(ledger, journal()).catchUp();
    }

    @Test
    void aJournalIsCarriedOverOnceHoweverOftenItIsRead() throws IOException {
        append(head("s1") + line("req_1", NOON, "0.5") + line("req_2", NOON, "null"));
        assertThat(catchUp()).isEqualTo(2);
        assertThat(catchUp()).isZero();
        append(line("req_3", NOON, "0.25"));
        assertThat(catchUp()).isEqualTo(1);
        assertThat(ledger.holdings().requests()).isEqualTo(3);
        assertThat(ledger.holdings().attempts()).isEqualTo(6);
    }

    @Test
    void aRequestIsReadAsTheJournalToldIt() throws IOException {
        String priced = line("req_1", NOON, "0.5");
        String unpriced = line("req_2", NOON, "null");
        append(head("s1") + priced + unpriced);
        catchUp();
        for (String line : List.of(priced, unpriced)) {
            JsonNode told = JsonMapper.shared().readTree(line);
            ObjectNode found = Objects.requireNonNull(
                    RequestLine.of(ledger, told.path("id").asString()));
            assertThat(found.remove("replica").asString()).isEqualTo("one");
            assertThat(found.equals(NUMBERS, told)).as("%s is %s", found, told).isTrue();
        }
        assertThat(RequestLine.of(ledger, "req_3")).isNull();
        assertThat(RequestLine.of(ledger, "' or 1=1 --")).isNull();
    }

    @Test
    void aLineThatIsNotWholeYetWaitsAndATornOneIsLeftOut() throws IOException {
        String third = line("req_3", NOON, "1");
        append(head("s1") + line("req_1", NOON, "1") + line("req_2", NOON, "1").substring(0, 90) + "\n"
                + third.substring(0, 50));
        assertThat(catchUp()).isEqualTo(1);
        append(third.substring(50));
        assertThat(catchUp()).isEqualTo(1);
        assertThat(ledger.holdings().requests()).isEqualTo(2);
    }

    @Test
    void whatStandsInTwoSegmentsOrComesAgainCountsOnce() throws IOException {
        append(head("s1") + line("req_1", NOON, "1"));
        Files.move(journal(), folder.resolve("requests.jsonl.20261120"));
        append(head("s2") + line("req_1", NOON, "1") + line("req_2", NOON, "1"));
        catchUp();
        assertThat(ledger.holdings().requests()).isEqualTo(2);
        // A former segment is not needed any more once it is in the books.
        assertThat(folder.resolve("requests.jsonl.20261120")).doesNotExist();
        assertThat(journal()).exists();
    }

    @Test
    void aSegmentThatIsRenamedWhileItIsReadIsGoneOnWith() throws IOException {
        append(head("s1") + line("req_1", NOON, "1"));
        catchUp();
        append(line("req_2", NOON, "1"));
        Files.move(journal(), folder.resolve("requests.jsonl.20261120"));
        append(head("s2") + line("req_3", NOON, "1"));
        assertThat(catchUp()).isEqualTo(2);
        assertThat(ledger.holdings().requests()).isEqualTo(3);
    }

    @Test
    void aLedgerThatIsOpenedAgainHoldsWhatItHeld() throws IOException {
        append(head("s1") + line("req_1", NOON, "1"));
        catchUp();
        ledger.close();
        ledger = Ledger.open(address);
        assertThat(catchUp()).isZero();
        assertThat(ledger.holdings().requests()).isEqualTo(1);
    }

    @Test
    void manyLinesAreCarriedInStepsAndNoneIsLost() throws IOException {
        StringBuilder text = new StringBuilder(head("s1"));
        for (int i = 0; i < 3000; i++) {
            text.append(line("req_" + i, NOON.plusSeconds(i), "0.001"));
        }
        append(text.toString());
        assertThat(text.length()).isGreaterThan(2 << 20);
        assertThat(catchUp()).isEqualTo(3000);
        Spending good = Spending.of(ledger, NOON, NOON.plusSeconds(1000)).getLast();
        assertThat(good.pool()).isEqualTo("m@b");
        assertThat(good.attempts()).isEqualTo(1000);
        assertThat(good.costUsd()).isCloseTo(1.0, within(1e-9));
        assertThat(good.promptTokens()).isEqualTo(100_000);
    }

    @Test
    void theUnknownIsNeitherZeroNorHidden() throws IOException {
        append(head("s1") + line("req_1", NOON, "null") + line("req_2", NOON, "2"));
        catchUp();
        Spending good = Spending.of(ledger, LONG_AGO, FAR_OFF).getLast();
        assertThat(good.unpricedAttempts()).isEqualTo(1);
        assertThat(good.costUsd()).isEqualTo(2.0);
        Spending failed = Spending.of(ledger, LONG_AGO, FAR_OFF).getFirst();
        assertThat(failed.failedAttempts()).isEqualTo(2);
    }

    @Test
    void whatIsOlderThanItShallBeKeptIsForgottenWithItsAttempts() throws IOException {
        append(head("s1") + line("req_1", NOON, "1") + line("req_2", NOON.plusSeconds(60), "1"));
        catchUp();
        assertThat(ledger.forgetBefore(NOON.plusSeconds(30))).isEqualTo(1);
        assertThat(ledger.holdings().requests()).isEqualTo(1);
        assertThat(ledger.holdings().attempts()).isEqualTo(2);
    }

    @Test
    void plansAndProofsAreKeptUnderTheirHash() {
        Ledger.Document plan = new Ledger.Document("sha256:1", "plan", "plan.json", NOON, "{\"a\":1}");
        assertThat(ledger.keep(plan)).isTrue();
        assertThat(ledger.keep(plan)).isFalse();
        assertThat(ledger.document("sha256:1")).isEqualTo(plan);
        assertThat(ledger.document("sha256:2")).isNull();
    }

    @Test
    void figuresAndDeedsAreKept() {
        ledger.measured(List.of(
                new Ledger.Sample(NOON, "m@a", "outstanding", 3, "requests"),
                new Ledger.Sample(NOON, "m@a", "outstanding", 4, "requests")));
        assertThat(ledger.holdings().samples()).isEqualTo(1);
        ledger.audit(new Ledger.Deed(NOON, "one", "operator", "reload", "gateway.yaml"));
        ledger.audit(new Ledger.Deed(NOON.plusSeconds(1), "one", "gateway", "budget spent", "team"));
        assertThat(ledger.audited(NOON)).extracting(Ledger.Deed::action).containsExactly("reload", "budget spent");
        assertThat(ledger.audited(NOON.plusSeconds(1))).hasSize(1);
    }

    @Test
    void grantsOfManyGatewaysNeverExceedTheBudget() throws Exception {
        double budget = 10;
        SplittableRandom random = Seeds.random();
        List<Long> seeds = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            seeds.add(random.nextLong());
        }
        Map<String, Double> granted = new HashMap<>();
        try (ExecutorService several = Executors.newFixedThreadPool(4)) {
            List<Future<Double>> each = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int number = i;
                each.add(several.submit(() -> {
                    try (Ledger own = address.isShared() ? Ledger.open(address) : null) {
                        Leases leases = new Leases(own == null ? ledger : own, "replica" + number);
                        SplittableRandom chance = new SplittableRandom(seeds.get(number));
                        double held = 0;
                        for (int round = 0; round < 50; round++) {
                            if (chance.nextInt(4) == 0) {
                                double back = held / 2;
                                leases.giveBack("team", "2026-11", back);
                                held -= Math.floor(back * 1e9) / 1e9;
                            } else {
                                held += leases.grant("team", "2026-11", chance.nextDouble(), budget);
                            }
                        }
                        return held;
                    }
                }));
            }
            for (int i = 0; i < 4; i++) {
                granted.put("replica" + i, each.get(i).get());
            }
        }
        double sum = granted.values().stream().mapToDouble(Double::doubleValue).sum();
        assertThat(sum).as(Seeds.told()).isLessThanOrEqualTo(budget + 1e-6);
        Leases first = new Leases(ledger, "replica0");
        assertThat(first.left("team", "2026-11", LONG_AGO))
                .isCloseTo(granted.getOrDefault("replica0", 0.0), within(1e-6));
        // What is left can be granted to the last nano-dollar, and then nothing.
        double rest = first.grant("team", "2026-11", 100, budget);
        assertThat(sum + rest).isCloseTo(budget, within(1e-6));
        assertThat(first.grant("team", "2026-11", 1, budget)).isZero();
        assertThat(first.grant("team", "2026-12", 1, budget)).isEqualTo(1);
    }

    @Test
    void aGatewayThatComesBackHasLeftWhatItsBooksSay() throws IOException {
        Leases leases = new Leases(ledger, "one");
        assertThat(leases.grant("team", "2026-11", 5, 100)).isEqualTo(5);
        append(head("s1") + line("req_1", NOON, "1.5") + line("req_2", NOON.minusSeconds(3600), "1"));
        catchUp();
        assertThat(leases.left("team", "2026-11", NOON)).isCloseTo(3.5, within(1e-9));
        assertThat(new Leases(ledger, "two").left("team", "2026-11", NOON)).isZero();
    }

    @Test
    void exportsSayWhatTheBooksSay() throws IOException, SQLException {
        append(head("s1")
                + line("req_1", NOON, "null")
                + line("req_2", NOON, "2")
                + line("req_3", NOON.plusSeconds(3600), "4"));
        catchUp();
        Path attempts = folder.resolve("attempts.parquet");
        assertThat(LedgerExport.write(ledger, LedgerExport.Content.ATTEMPTS, LONG_AGO, FAR_OFF, attempts))
                .isEqualTo(6);
        Path requests = folder.resolve("requests.csv");
        assertThat(LedgerExport.write(ledger, LedgerExport.Content.REQUESTS, LONG_AGO, NOON.plusSeconds(1), requests))
                .isEqualTo(2);
        assertThat(Files.readAllLines(requests, StandardCharsets.UTF_8)).hasSize(3);
        Path focus = folder.resolve("focus.parquet");
        assertThat(LedgerExport.write(ledger, LedgerExport.Content.FOCUS, LONG_AGO, FAR_OFF, focus))
                .isEqualTo(4);
        assertThat(look("select sum(cost_usd), count(*) filter (cost_usd is null), min(arrived)::varchar from '"
                        + attempts + "'"))
                .isEqualTo("6.0 1 2026-11-20 12:00:00");
        assertThat(look("select sum(BilledCost), sum(x_UnpricedAttempts), sum(ConsumedQuantity)::bigint,"
                        + " count(distinct ChargePeriodStart), any_value(BillingCurrency) from '" + focus + "'"))
                .isEqualTo("6.0 1 360 2 USD");
    }

    private static String look(String sql) throws SQLException {
        try (Connection duck = new DuckDBDriver().connect("jdbc:duckdb:", new java.util.Properties());
                Statement statement = duck.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                values.add(row.getString(i));
            }
            return String.join(" ", values);
        }
    }

    @Test
    void aTrialIsChangedByOneGatewayAfterTheOther() throws Exception {
        Trials.Side one = new Trials.Side(1, 0, 1, 0.5);
        int gateways = 4;
        int looks = 50;
        try (ExecutorService all = Executors.newFixedThreadPool(gateways)) {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < gateways; i++) {
                done.add(all.submit(() -> {
                    try (Trials trials = new Trials(address)) {
                        for (int look = 0; look < looks; look++) {
                            trials.change("new", Trials.Standing.NEW, standing -> with(standing, 0, null, one));
                        }
                    }
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        }
        try (Trials trials = new Trials(address)) {
            Trials.Standing found = trials.change("new", Trials.Standing.NEW, standing -> standing);
            assertThat(found.own()).isEqualTo(new Trials.Side(200, 0, 200, 100));
            assertThat(found.own().meanFirstToken()).isEqualTo(0.5);
            assertThat(found.others()).isEqualTo(Trials.Side.NOTHING);
            assertThat(found.verdict()).isNull();
            String verdict = "it was \"worse\" ".repeat(100);
            trials.change("new", found, standing -> with(standing, 2, verdict, one));
            Trials.Standing then = trials.change("new", found, standing -> standing);
            assertThat(then.stage()).isEqualTo(2);
            assertThat(then.stageSeconds()).as("a stage that just began").isBetween(0.0, 30.0);
            assertThat(verdict).startsWith(Objects.requireNonNull(then.verdict()));
            // Nobody spoke of this one yet, but its former gateway did in the record of deeds.
            assertThat(trials.change("other", with(Trials.Standing.NEW, 1, "slow", one), standing -> standing))
                    .extracting(Trials.Standing::stage, Trials.Standing::verdict, Trials.Standing::own)
                    .containsExactly(1, "slow", Trials.Side.NOTHING);
        }
    }

    private static Trials.Standing with(
            Trials.Standing standing, int stage, @Nullable String verdict, Trials.Side more) {
        return new Trials.Standing(
                stage,
                standing.stageSeconds(),
                standing.passed(),
                verdict,
                standing.own().plus(more),
                standing.others(),
                standing.before());
    }

    @Test
    void anAddressThatIsNoLedgerIsRefusedWithAdvice() {
        assertThatThrownBy(() -> new LedgerAddress("mysql://host/db", "", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Maybe write jdbc:postgresql");
        LedgerAddress secret = new LedgerAddress("jdbc:postgresql://host/db?password=hush", "me", "hush");
        assertThat(secret.toString()).doesNotContain("hush");
        assertThatThrownBy(() -> Ledger.open(new LedgerAddress("jdbc:postgresql://127.0.0.1:1/none", "me", "hush")))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("cannot be used")
                .hasMessageNotContaining("hush");
    }
}
