package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.emulator.Fault;
import io.ampacity.emulator.Pace;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.settings.BudgetPeriod;
import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.KeySettings;
import io.ampacity.gateway.settings.LedgerSettings;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.Priority;
import io.ampacity.gateway.settings.Target;
import io.ampacity.ledger.Ledger;
import io.ampacity.ledger.LedgerAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What keys may spend: 2 USD a million prompt tokens, 8 USD a million output tokens. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class BudgetTest {

    private static final String[] KEY = {"x-api-key", "good"};
    private static final double OUTPUT_USD = 8e-6;

    @TempDir
    Path folder;

    @BeforeAll
    static void warm() {
        Bench.warm();
    }

    private static KeySettings key(double budgetUsd) {
        return new KeySettings(
                "team", Keys.hash("good"), Set.of(), null, null, null, budgetUsd, BudgetPeriod.MONTH, Priority.NORMAL);
    }

    private static UnaryOperator<GatewaySettings> budget(double usd) {
        return settings -> settings.withKeys(List.of(key(usd)));
    }

    private static double spent(List<RequestRecord> records) {
        return records.stream().mapToDouble(RequestRecord::costUsd).sum();
    }

    private static String document() {
        return Bench.chat(",\"max_tokens\":64");
    }

    @Test
    void aBudgetIsNeverExceededByAnswersThatSayHowLongTheyMayBe() {
        try (Bench bench = Bench.of(1, budget(0.0013))) {
            assertThat(bench.ask(document(), KEY).status()).isEqualTo(200);
            assertThat(bench.ask(document(), KEY).status()).isEqualTo(200);
            Talk refused = bench.ask(document(), KEY);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.json().path("error").path("type").asString()).isEqualTo("insufficient_quota");
            assertThat(refused.headers()).doesNotContainKey("retry-after");
            assertThat(bench.records.getLast().outcome()).isEqualTo(Outcome.BUDGET_SPENT);
            assertThat(bench.upstream(0).account().requests()).isEqualTo(2);
            assertThat(spent(bench.records)).isLessThanOrEqualTo(0.0013);
        }
    }

    @Test
    void whatWasSetAsideAndNotSpentIsFreeAgain() {
        // A hundred answers cost 0.053 USD; each sets 0.0083 USD aside, since it does not say how long it may be.
        try (Bench bench = Bench.of(1, budget(0.065))) {
            for (int i = 0; i < 100; i++) {
                assertThat(bench.ask(Bench.chat(""), KEY).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aStreamIsCutWhereTheMoneyEndsAndSaysSo() {
        // Paid for: 1,024 tokens that are set aside at first; the answer would have 3,000.
        double budget = 0.0002 + 1100 * OUTPUT_USD;
        try (Bench bench = Bench.of(
                1,
                emulator -> emulator.withOutputTokens(3000),
                UnaryOperator.identity(),
                settings -> budget(budget).apply(settings).withLimits(Limits.STANDARD))) {
            Talk talk = bench.ask(Bench.stream(), KEY);
            assertThat(talk.status()).isEqualTo(200);
            assertThat(talk.saysWhole()).isFalse();
            assertThat(talk.saysError()).isTrue();
            assertThat(talk.body()).contains("budget-spent");
            RequestRecord record = bench.record();
            assertThat(record.outcome()).isEqualTo(Outcome.BUDGET_SPENT);
            assertThat(record.attempts().getFirst().use().outputTokens()).isBetween(900L, 1400L);
            assertThat(record.costUsd()).isLessThanOrEqualTo(budget);
        }
    }

    @Test
    void manyStreamsAtOnceKeepToOneBudget() throws Exception {
        double budget = 0.05;
        try (Bench bench = Bench.of(
                        1,
                        emulator -> emulator.withOutputTokens(2000).withPace(new Pace.Fixed(0.01, 0.0002)),
                        UnaryOperator.identity(),
                        settings -> budget(budget).apply(settings).withLimits(Limits.STANDARD));
                ExecutorService clients = Executors.newFixedThreadPool(12)) {
            List<Future<Talk>> talks = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                talks.add(clients.submit(() -> bench.ask(Bench.stream(), KEY)));
            }
            int cut = 0;
            for (Future<Talk> talk : talks) {
                cut += talk.get().body().contains("budget-spent") ? 1 : 0;
            }
            assertThat(cut).isPositive();
            // One event may pass after the one that spent the rest, in each open stream.
            assertThat(spent(bench.records)).isBetween(budget * 0.5, budget + 12 * OUTPUT_USD);
        }
    }

    @Test
    void anAttemptThatFailedIsPaidForToo() {
        try (Bench bench = Bench.of(2, budget(1))) {
            bench.upstream(0).faults().next(new Fault.Cut(30));
            assertThat(bench.ask(Bench.stream(), KEY).saysWhole()).isTrue();
            RequestRecord record = bench.record();
            assertThat(record.attempts()).hasSize(2);
            assertThat(record.chargedUsd()).isGreaterThanOrEqualTo(64 * OUTPUT_USD);
        }
    }

    @Test
    void aBudgetHoldsOnlyWherePricesAreKnown() {
        try (Bench bench = Bench.of(2, settings -> {
            List<Target> targets = settings.fleet().targets();
            return budget(1)
                    .apply(settings)
                    .but(draft -> draft.fleet = new io.ampacity.gateway.settings.Fleet(
                            draft.fleet.table(),
                            List.of(new Target(targets.get(0).upstream(), "emulated", null, null), targets.get(1)),
                            draft.fleet.models(),
                            draft.fleet.dataClasses(),
                            List.of()));
        })) {
            Talk talk = bench.ask(document(), KEY);
            assertThat(talk.headers()).containsEntry("x-ampacity-supplier", "up1");
        }
    }

    @Test
    void tokensAMinuteAreCountedBeforeTheyAreUsed() {
        KeySettings key = new KeySettings("team", Keys.hash("good"), Set.of(), null, null, 200.0, null);
        try (Bench bench = Bench.of(1, settings -> settings.withKeys(List.of(key)))) {
            assertThat(bench.ask(document(), KEY).status()).isEqualTo(200);
            assertThat(bench.ask(document(), KEY).status()).isEqualTo(200);
            Talk limited = bench.ask(document(), KEY);
            assertThat(limited.status()).isEqualTo(429);
            assertThat(Integer.parseInt(limited.headers().get("retry-after"))).isBetween(1, 60);
        }
    }

    private GatewaySettings withLedger(GatewaySettings settings, LedgerAddress address, String replica, double budget) {
        return budget(budget).apply(settings).withLimits(Limits.STANDARD).but(draft -> {
            draft.replica = replica;
            draft.ledger = new LedgerSettings(address, 30);
            draft.journal = folder.resolve(replica + ".jsonl").toString();
        });
    }

    @Test
    void severalGatewaysKeepToOneBudgetTogether() throws Exception {
        double budget = 0.05;
        LedgerAddress shared = LedgerAddress.memory("shared-budget");
        try (Ledger holder = Ledger.open(shared);
                Bench bench = Bench.of(
                        1,
                        emulator -> emulator.withOutputTokens(1500).withPace(new Pace.Fixed(0.01, 0.0002)),
                        UnaryOperator.identity(),
                        UnaryOperator.identity())) {
            List<RequestRecord> records = new java.util.concurrent.CopyOnWriteArrayList<>();
            GatewaySettings first = withLedger(bench.gateway.settings().withPorts(0, 0), shared, "first", budget);
            GatewaySettings second = withLedger(bench.gateway.settings().withPorts(0, 0), shared, "second", budget);
            try (Books firstBooks = Books.open(first, records::add, fault -> {});
                    Books secondBooks = Books.open(second, records::add, fault -> {});
                    Gateway one = Gateway.start(first, firstBooks, fault -> {});
                    Gateway two = Gateway.start(second, secondBooks, fault -> {});
                    ExecutorService clients = Executors.newFixedThreadPool(8)) {
                List<Future<Talk>> talks = new ArrayList<>();
                for (int i = 0; i < 24; i++) {
                    int port = (i % 2 == 0 ? one : two).port();
                    talks.add(clients.submit(() -> Talk.with(port, "/v1/chat/completions", Bench.stream(), KEY)));
                }
                int turnedAway = 0;
                for (Future<Talk> talk : talks) {
                    turnedAway += talk.get().body().contains("budget-spent") ? 1 : 0;
                }
                assertThat(turnedAway).isPositive();
                assertThat(spent(records)).isBetween(budget * 0.5, budget + 8 * OUTPUT_USD);
            }
            // Both gateways have given back what they did not spend, and what they spent is in the books.
            assertThat(io.ampacity.ledger.Spending.of(
                            holder, Instant.EPOCH, Instant.now().plusSeconds(9)))
                    .singleElement()
                    .satisfies(all -> assertThat(all.costUsd()).isNotNull().isCloseTo(spent(records), within()));
            assertThat(holder.audited(Instant.EPOCH))
                    .extracting(Ledger.Deed::action)
                    .contains("budget spent");
        }
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.api.Assertions.within(1e-9);
    }

    @Test
    void aGatewayThatIsStartedAgainRemembersWhatWasSpent() throws IOException {
        LedgerAddress address = LedgerAddress.folder(folder);
        try (Bench bench = Bench.of(1)) {
            GatewaySettings settings = withLedger(bench.gateway.settings().withPorts(0, 0), address, "one", 0.0013);
            int served = 0;
            for (int start = 0; start < 4; start++) {
                try (Books books = Books.open(settings, null, fault -> {});
                        Gateway gateway = Gateway.start(settings, books, fault -> {})) {
                    int status = Talk.with(gateway.port(), "/v1/chat/completions", document(), KEY)
                            .status();
                    served += status == 200 ? 1 : 0;
                    assertThat(status).isEqualTo(start < 2 ? 200 : 429);
                }
            }
            assertThat(served).isEqualTo(2);
        }
    }
}
