package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.emulator.Fault;
import io.ampacity.emulator.Pace;
import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.settings.CanarySettings;
import io.ampacity.gateway.settings.Fleet;
import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.LedgerSettings;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.Target;
import io.ampacity.ledger.Ledger;
import io.ampacity.ledger.LedgerAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pool on trial beside one that serves. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class CanaryTest {

    private static final double SHARE = 0.3;

    @BeforeAll
    static void warm() {
        Bench.warm();
    }

    /** The second of the upstreams is on trial. */
    static GatewaySettings onTrial(GatewaySettings settings, CanarySettings canary) {
        Fleet fleet = settings.fleet();
        List<Target> targets = new ArrayList<>(fleet.targets());
        targets.set(1, targets.get(1).onTrial(canary));
        return settings.withLimits(Limits.STANDARD)
                .but(draft -> draft.fleet =
                        new Fleet(fleet.table(), targets, fleet.models(), fleet.dataClasses(), fleet.refusals()));
    }

    private static Bench bench(double worseBy, int requests) {
        return Bench.of(
                2,
                emulator -> emulator.withPace(new Pace.Fixed(0.005, 0)),
                UnaryOperator.identity(),
                settings -> onTrial(settings, new CanarySettings(SHARE, worseBy, requests)));
    }

    private static boolean asked(RequestRecord record, String pool) {
        return record.attempts().stream().map(AttemptRecord::pool).anyMatch(pool::equals);
    }

    @Test
    void aCanaryGetsItsShareByTheIdsOfRequestsAndNothingElse() {
        try (Bench bench = bench(100, 1000)) {
            bench.upstream(0).faults().next(new Fault.Reset());
            for (int i = 0; i < 200; i++) {
                bench.ask(Bench.chat(""));
            }
            assertThat(bench.records).hasSize(200);
            int canary = 0;
            for (RequestRecord record : bench.records) {
                boolean own = RequestIds.place(record.id()) < SHARE;
                assertThat(asked(record, "emulated@up1")).as(record.id()).isEqualTo(own);
                canary += own ? 1 : 0;
            }
            // Five standard deviations of 200 throws.
            assertThat(canary).isBetween(60 - 33, 60 + 33);
            assertThat(bench.gateway.pools().get(1).canary()).isEqualTo("on trial");
        }
    }

    @Test
    void oneThatFailsIsStoppedAndNoClientLosesAnAnswer() {
        try (Bench bench = bench(2, 50)) {
            List<String> notices = new CopyOnWriteArrayList<>();
            bench.gateway.notices(notices::add);
            bench.upstream(1).faults().always(new Fault.Status(500, -1));
            for (int i = 0; i < 60; i++) {
                assertThat(bench.ask(Bench.stream()).saysWhole()).isTrue();
            }
            long failed = bench.records.stream()
                    .filter(record -> asked(record, "emulated@up1"))
                    .count();
            assertThat(failed).isEqualTo(CanarySettings.FEWEST_FAILURES);
            assertThat(notices).singleElement().asString().contains("emulated@up1", "3 of 3 requests failed");
            assertThat(bench.gateway.pools().get(1).canary()).startsWith("stopped: 3 of 3");
            assertThat(Talk.look(bench.gateway.adminPort(), "/admin/pools").body())
                    .contains("stopped: 3 of 3");
            assertThat(bench.gateway.metrics().prometheus())
                    .contains("ampacity_canaries_stopped_total{pool=\"emulated@up1\"} 1");
            // Read again as it was it stays stopped; with another rule it is tried anew.
            bench.gateway.reload(bench.gateway.settings());
            assertThat(bench.gateway.pools().get(1).canary()).startsWith("stopped");
            bench.gateway.reload(onTrial(bench.gateway.settings(), new CanarySettings(SHARE, 2, 51)));
            assertThat(bench.gateway.pools().get(1).canary()).isEqualTo("on trial");
        }
    }

    @Test
    void theBooksTellWhichCanaryWasStoppedAndWhy(@TempDir Path folder) throws Exception {
        LedgerAddress address = LedgerAddress.memory("canary");
        try (Ledger holder = Ledger.open(address);
                Bench bench = bench(2, 50)) {
            bench.upstream(1).faults().always(new Fault.Status(500, -1));
            GatewaySettings settings = bench.gateway.settings().withPorts(0, 0).but(draft -> {
                draft.ledger = new LedgerSettings(address, 30);
                draft.journal = folder.resolve("requests.jsonl").toString();
            });
            try (Books books = Books.open(settings, null, fault -> {});
                    Gateway gateway = Gateway.start(settings, books, fault -> {})) {
                for (int i = 0; i < 60; i++) {
                    Talk.with(gateway.port(), "/v1/chat/completions", Bench.chat(""));
                }
            }
            assertThat(holder.audited(Instant.EPOCH))
                    .filteredOn(deed -> deed.action().equals("canary stopped"))
                    .singleElement()
                    .satisfies(deed -> assertThat(deed.detail()).startsWith("emulated@up1: 3 of 3 requests failed"));
        }
    }

    @Test
    void oneThatIsSlowIsStoppedOverItsCountOfRequests() {
        try (Bench bench = bench(3, 5)) {
            bench.upstream(1).faults().always(new Fault.LateFirstToken(0.2));
            for (int i = 0; i < 60; i++) {
                assertThat(bench.ask(Bench.stream()).saysWhole()).isTrue();
            }
            assertThat(bench.records.stream()
                            .filter(record -> asked(record, "emulated@up1"))
                            .count())
                    .isEqualTo(5);
            assertThat(bench.gateway.pools().get(1).canary()).contains("the first token takes 0.2");
        }
    }

    @Test
    void oneThatFailsNoMoreThanTheOthersGoesOn() {
        Trial trial = new LoneTrial(new CanarySettings(0.1, 2, 20), () -> 0);
        for (int i = 0; i < 400; i++) {
            boolean fails = i % 4 == 0;
            assertThat(trial.add(CanaryTest.ended(fails), false, true)).isNull();
            assertThat(trial.add(CanaryTest.ended(fails), true, true)).isNull();
        }
        assertThat(trial.verdict()).isNull();
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
                failed
                        ? io.ampacity.gateway.metering.Outcome.SERVER_ERROR
                        : io.ampacity.gateway.metering.Outcome.COMPLETED,
                io.ampacity.gateway.metering.Use.NONE);
    }

    @Test
    void noRuleIsLoosenedForATrial() {
        try (Bench bench = bench(2, 50)) {
            for (int i = 0; i < 30; i++) {
                assertThat(bench.ask(Bench.chat(""), "x-ampacity-data-class", "personal")
                                .status())
                        .isEqualTo(403);
            }
            assertThat(bench.upstream(1).account().requests()).isZero();
        }
    }
}
