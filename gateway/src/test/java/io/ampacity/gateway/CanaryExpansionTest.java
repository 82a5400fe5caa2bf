package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.emulator.Fault;
import io.ampacity.emulator.Pace;
import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.Use;
import io.ampacity.gateway.settings.CanarySettings;
import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.LedgerSettings;
import io.ampacity.ledger.Ledger;
import io.ampacity.ledger.LedgerAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pool on trial that gets larger shares. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class CanaryExpansionTest {

    private static final CanarySettings IN_THREE = new CanarySettings(0.3, 100, 10, List.of(0.6, 1.0), 0);

    @BeforeAll
    static void warm() {
        Bench.warm();
    }

    private static Bench bench(CanarySettings canary) {
        return Bench.of(
                2,
                emulator -> emulator.withPace(new Pace.Fixed(0.001, 0)),
                UnaryOperator.identity(),
                settings -> CanaryTest.onTrial(settings, canary));
    }

    private static AttemptRecord ended(boolean failed) {
        return new AttemptRecord(
                "p",
                "s",
                "x",
                "m",
                "w",
                0,
                1,
                0.1,
                failed ? 500 : 200,
                failed ? Outcome.SERVER_ERROR : Outcome.COMPLETED,
                Use.NONE);
    }

    private static @Nullable TrialTurn add(Trial trial, int canary, int failed, int others) {
        for (int i = 0; i < others; i++) {
            assertThat(trial.add(ended(false), false, false)).isNull();
        }
        @Nullable TrialTurn last = null;
        for (int i = 0; i < canary; i++) {
            last = trial.add(ended(i < failed), true, false);
        }
        return last;
    }

    @Test
    void aShareGrowsOnlyAfterItsTimeAndAWholeCountBesideEnoughOthers() {
        AtomicLong now = new AtomicLong();
        Trial trial = new LoneTrial(new CanarySettings(0.01, 2, 20, List.of(0.1, 1.0), 60), now::get);
        assertThat(add(trial, 20, 0, 100)).as("too early").isNull();
        now.addAndGet(60_000_000_000L);
        assertThat(add(trial, 19, 0, 100)).as("too few").isNull();
        assertThat(trial.share()).isEqualTo(0.01);
        TrialTurn wider = trial.add(ended(false), true, false);
        assertThat(wider)
                .isEqualTo(new TrialTurn(
                        TrialTurn.Kind.WIDENED,
                        "10 % of the requests, stage 2 of 3, after 0 of 20 requests failed; of the others 0 of 100"));
        assertThat(trial.share()).isEqualTo(0.1);
        assertThat(add(trial, 20, 0, 100)).as("its time begins anew").isNull();
        now.addAndGet(60_000_000_000L);
        assertThat(add(trial, 20, 1, 100)).as("worse, though too few to stop").isNull();
        assertThat(trial.verdict()).isNull();
        assertThat(add(trial, 20, 0, 100)).extracting(TrialTurn::kind).isEqualTo(TrialTurn.Kind.WIDENED);
        assertThat(trial.share()).isEqualTo(1);
    }

    @Test
    void nothingGrowsWhileTheOthersAreTooFewToCompareWith() {
        Trial trial = new LoneTrial(new CanarySettings(0.5, 2, 20, List.of(1.0), 0), () -> 0);
        assertThat(add(trial, 20, 0, 12)).isNull();
        assertThat(add(trial, 20, 0, 7)).isNull();
        assertThat(add(trial, 20, 0, 1)).extracting(TrialTurn::kind).isEqualTo(TrialTurn.Kind.WIDENED);
    }

    @Test
    void oneThatHasAllIsStillStoppedByWhatTheOthersWereLike() {
        Trial trial = new LoneTrial(new CanarySettings(0.5, 2, 20, List.of(1.0), 0), () -> 0);
        assertThat(add(trial, 20, 0, 20)).extracting(TrialTurn::kind).isEqualTo(TrialTurn.Kind.WIDENED);
        assertThat(add(trial, 20, 0, 0)).extracting(TrialTurn::kind).isEqualTo(TrialTurn.Kind.PASSED);
        assertThat(trial.state()).startsWith("passed: 100 % of the requests, stage 2 of 2");
        assertThat(add(trial, 3, 3, 0)).extracting(TrialTurn::kind).isEqualTo(TrialTurn.Kind.STOPPED);
    }

    @Test
    void itsShareGrowsByItselfToAllAndFallsToNothingWhenItBreaks() {
        try (Bench bench = bench(IN_THREE)) {
            List<String> notices = new CopyOnWriteArrayList<>();
            bench.gateway.notices(notices::add);
            assertThat(bench.gateway.pools().get(1).canaryShare()).isEqualTo(0.3);
            for (int i = 0; i < 300 && !state(bench.gateway).startsWith("passed"); i++) {
                assertThat(bench.ask(Bench.chat("")).status()).isEqualTo(200);
            }
            assertThat(state(bench.gateway)).startsWith("passed: 100 % of the requests, stage 3 of 3");
            assertThat(notices).hasSize(3);
            assertThat(notices.getFirst()).contains("emulated@up1 gets 60 % of the requests, stage 2 of 3");
            assertThat(bench.gateway.metrics().prometheus())
                    .contains("# TYPE ampacity_canary_share gauge\nampacity_canary_share{pool=\"emulated@up1\"} 1\n")
                    .contains("ampacity_canaries_widened_total{pool=\"emulated@up1\"} 2");
            assertThat(Talk.look(bench.gateway.adminPort(), "/admin/pools").body())
                    .contains("\"canaryShare\":1");
            int served = bench.records.size();
            for (int i = 0; i < 20; i++) {
                bench.ask(Bench.chat(""));
            }
            assertThat(bench.records.subList(served, served + 20))
                    .allSatisfy(record ->
                            assertThat(record.attempts().getFirst().pool()).isEqualTo("emulated@up1"));
            // A reload leaves it where it is.
            bench.gateway.reload(bench.gateway.settings());
            assertThat(bench.gateway.pools().get(1).canaryShare()).isEqualTo(1);

            bench.upstream(1).faults().always(new Fault.Status(500, -1));
            for (int i = 0; i < 20; i++) {
                assertThat(bench.ask(Bench.stream()).saysWhole()).isTrue();
            }
            assertThat(state(bench.gateway)).startsWith("stopped: 3 of ");
            assertThat(bench.gateway.metrics().prometheus())
                    .contains("ampacity_canary_share{pool=\"emulated@up1\"} 0\n");
        }
    }

    @Test
    void aRestartGoesOnAtTheSameShareAndAStoppedOneStaysStopped(@TempDir Path folder) throws Exception {
        LedgerAddress address = LedgerAddress.memory("expansion");
        try (Ledger holder = Ledger.open(address);
                Bench bench = bench(IN_THREE)) {
            GatewaySettings settings = bench.gateway.settings().withPorts(0, 0).but(draft -> {
                draft.ledger = new LedgerSettings(address, 30);
                draft.journal = folder.resolve("requests.jsonl").toString();
            });
            run(settings, gateway -> {
                for (int i = 0; i < 200 && gateway.pools().get(1).canaryShare() < 0.5; i++) {
                    Talk.with(gateway.port(), "/v1/chat/completions", Bench.chat(""));
                }
                assertThat(state(gateway)).startsWith("on trial: 60 % of the requests, stage 2 of 3");
            });
            bench.upstream(1).faults().always(new Fault.Status(500, -1));
            run(settings, gateway -> {
                assertThat(state(gateway)).startsWith("on trial: 60 % of the requests, stage 2 of 3; 0 of 10");
                for (int i = 0; i < 30; i++) {
                    Talk.with(gateway.port(), "/v1/chat/completions", Bench.chat(""));
                }
                assertThat(state(gateway)).startsWith("stopped: 3 of 3");
            });
            run(settings, gateway -> {
                assertThat(state(gateway)).matches("stopped: 3 of 3 requests failed; of the others 0 of \\d+");
                assertThat(gateway.pools().get(1).canaryShare()).isZero();
                gateway.reload(
                        CanaryTest.onTrial(gateway.settings(), new CanarySettings(0.3, 100, 11, List.of(0.6, 1.0), 0)));
                assertThat(state(gateway)).startsWith("on trial: 30 % of the requests, stage 1 of 3");
            });
            assertThat(holder.audited(Instant.EPOCH))
                    .extracting(Ledger.Deed::action)
                    .filteredOn(action -> action.startsWith("canary"))
                    .containsExactly("canary begun", "canary widened", "canary stopped", "canary begun");
        }
    }

    private static String state(Gateway gateway) {
        return gateway.pools().get(1).canary();
    }

    /** What is done with a gateway while it runs. */
    @FunctionalInterface
    private interface Deeds {
        void with(Gateway gateway) throws Exception;
    }

    private static void run(GatewaySettings settings, Deeds deeds) throws Exception {
        try (Books books = Books.open(settings, null, fault -> {});
                Gateway gateway = Gateway.start(settings, books, fault -> {})) {
            deeds.with(gateway);
        } catch (IOException broken) {
            throw new AssertionError("the books did not close", broken);
        }
    }
}
