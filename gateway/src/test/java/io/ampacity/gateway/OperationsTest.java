package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.emulator.Emulator;
import io.ampacity.emulator.EmulatorSettings;
import io.ampacity.emulator.Fault;
import io.ampacity.emulator.Pace;
import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.settings.BudgetPeriod;
import io.ampacity.gateway.settings.HealthCheck;
import io.ampacity.gateway.settings.HedgeSettings;
import io.ampacity.gateway.settings.KeySettings;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.OverloadSettings;
import io.ampacity.gateway.settings.Priority;
import io.ampacity.routing.BreakerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Too much load, slow upstreams, sick upstreams, settings that change, and drills. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class OperationsTest {

    @BeforeAll
    static void warm() {
        Bench.warm();
    }

    private static void eventually(String what, BooleanSupplier is) throws InterruptedException {
        long until = System.nanoTime() + 10_000_000_000L;
        while (!is.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            Thread.sleep(5);
        }
    }

    private static KeySettings key(String name, Priority priority) {
        return new KeySettings(name, Keys.hash(name), Set.of(), null, null, null, null, BudgetPeriod.FOREVER, priority);
    }

    @Test
    void theLeastUrgentAreTurnedAwayFirst() throws Exception {
        try (Bench bench = Bench.of(
                1,
                emulator -> emulator.withPace(new Pace.Fixed(30, 0)),
                UnaryOperator.identity(),
                settings -> settings.withLimits(Limits.STANDARD).but(draft -> {
                    draft.keys = List.of(
                            key("high", Priority.HIGH), key("normal", Priority.NORMAL), key("low", Priority.LOW));
                    draft.overload = new OverloadSettings(10, 0.8, 0.5);
                }))) {
            List<java.net.Socket> open = new ArrayList<>();
            int[] taken = new int[3];
            String[] names = {"low", "normal", "high"};
            for (int priority = 0; priority < 3; priority++) {
                while (true) {
                    long before = bench.gateway.metrics().open();
                    java.net.Socket socket = Talk.open(bench.gateway.port());
                    socket.getOutputStream()
                            .write(Talk.request("/v1/chat/completions", Bench.stream(), "x-api-key", names[priority]));
                    eventually(
                            "it is taken or refused",
                            () -> bench.gateway.metrics().open() > before || available(socket));
                    if (available(socket)) {
                        Talk refused = Talk.read(socket.getInputStream());
                        assertThat(refused.status()).isEqualTo(429);
                        assertThat(refused.headers()).containsEntry("retry-after", "1");
                        assertThat(refused.body()).contains("overloaded");
                        socket.close();
                        break;
                    }
                    taken[priority]++;
                    open.add(socket);
                }
            }
            assertThat(taken).containsExactly(5, 3, 2);
            // A request can make itself less urgent, never more.
            Talk lowered = bench.ask(Bench.stream(), "x-api-key", "high", "x-ampacity-priority", "low");
            assertThat(lowered.status()).isEqualTo(429);
            assertThat(bench.gateway.metrics().prometheus()).contains("ampacity_shed_total{priority=\"low\"} 2");
            for (java.net.Socket socket : open) {
                socket.close();
            }
        }
    }

    private static boolean available(java.net.Socket socket) {
        try {
            return socket.getInputStream().available() > 0;
        } catch (java.io.IOException gone) {
            return false;
        }
    }

    private static Bench hedging(double share) {
        return Bench.of(
                2,
                emulator -> emulator.withPace(new Pace.Fixed(0.01, 0.001)),
                UnaryOperator.identity(),
                settings -> settings.withLimits(Limits.STANDARD)
                        .but(draft -> draft.hedging = new HedgeSettings(0.15, share)));
    }

    @Test
    void aSlowFirstTokenIsHedgedAndTheSlowOneStopped() throws Exception {
        try (Bench bench = hedging(1)) {
            String unbroken = bench.ask(Bench.stream()).words();
            bench.upstream(0).faults().always(new Fault.LateFirstToken(20));
            long began = System.nanoTime();
            Talk talk = bench.ask(Bench.stream());
            assertThat((System.nanoTime() - began) / 1e9).isLessThan(3);
            assertThat(talk.words()).isEqualTo(unbroken);
            assertThat(talk.saysWhole()).isTrue();
            RequestRecord record = bench.records.getLast();
            assertThat(record.attempts())
                    .extracting(AttemptRecord::outcome)
                    .containsExactly(Outcome.HEDGED, Outcome.COMPLETED);
            assertThat(record.attempts().getLast().why()).startsWith("hedge");
            eventually(
                    "the slow one is stopped", () -> bench.upstream(0).account().running() == 0);
            // It was slow, not broken: nothing tells against its health.
            assertThat(bench.gateway.pools().getFirst().breaker()).isEqualTo("CLOSED");
            assertThat(bench.gateway.pools().getFirst().outstanding()).isZero();
        }
    }

    @Test
    void aWholeAnswerIsHedgedToo() {
        try (Bench bench = hedging(1)) {
            bench.upstream(0).faults().always(new Fault.Silence());
            Talk talk = bench.ask(Bench.chat(""));
            assertThat(talk.status()).isEqualTo(200);
            assertThat(talk.headers()).containsEntry("x-ampacity-pool", "emulated@up1");
        }
    }

    @Test
    void theFirstOfTwoMayYetWinAndAFailureOfOneLeavesTheOther() {
        try (Bench bench = hedging(1)) {
            bench.upstream(0).faults().next(new Fault.LateFirstToken(0.4));
            bench.upstream(1).faults().next(new Fault.Reset());
            Talk talk = bench.ask(Bench.stream());
            assertThat(talk.saysWhole()).isTrue();
            assertThat(talk.headers()).containsEntry("x-ampacity-pool", "emulated@up0");
            assertThat(bench.record().attempts())
                    .extracting(AttemptRecord::outcome)
                    .containsExactlyInAnyOrder(Outcome.RESET, Outcome.COMPLETED);
        }
    }

    @Test
    void hedgesHaveABudgetOfTheirOwn() {
        try (Bench bench = Bench.of(
                2,
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                settings -> settings.withLimits(Limits.STANDARD)
                        .but(draft -> draft.hedging = new HedgeSettings(0.05, 0.2)))) {
            bench.upstream(0).faults().always(new Fault.LateFirstToken(0.15));
            // One hundred are in reserve at the start.
            int hedged = 0;
            for (int i = 0; i < 115; i++) {
                bench.ask(Bench.chat(""));
            }
            for (RequestRecord record : bench.records) {
                hedged += record.attempts().size() > 1 ? 1 : 0;
            }
            assertThat(hedged).isBetween(90, 115);
        }
    }

    @Test
    void anUpstreamThatIsNotWellIsLeftAloneBeforeAnybodyNotices() throws Exception {
        try (Bench bench = Bench.of(
                2,
                UnaryOperator.identity(),
                upstream -> upstream.but(draft -> draft.health = new HealthCheck("/health", 0.05, 1, 2)),
                UnaryOperator.identity())) {
            assertThat(bench.ask(Bench.chat("")).headers()).containsEntry("x-ampacity-supplier", "up0");
            int port = bench.upstream(0).port();
            bench.upstream(0).close();
            eventually(
                    "it is seen to be away",
                    () -> bench.gateway.pools().getFirst().sick());
            for (int i = 0; i < 10; i++) {
                Talk talk = bench.ask(Bench.chat(""));
                assertThat(talk.headers())
                        .containsEntry("x-ampacity-supplier", "up1")
                        .containsEntry("x-ampacity-attempts", "1");
            }
            try (Emulator back = Emulator.start(EmulatorSettings.usual().withPort(port))) {
                eventually(
                        "it is seen to be back",
                        () -> !bench.gateway.pools().getFirst().sick());
                assertThat(bench.ask(Bench.chat("")).headers()).containsEntry("x-ampacity-supplier", "up0");
                assertThat(back.account().requests()).isEqualTo(1);
            }
        }
    }

    @Test
    void whenAllAreSaidToBeSickSomebodyIsAskedAllTheSame() throws Exception {
        try (Bench bench = Bench.of(
                1,
                UnaryOperator.identity(),
                upstream -> upstream.but(draft -> draft.health = new HealthCheck("/nothing-here", 0.05, 1, 1)),
                UnaryOperator.identity())) {
            eventually(
                    "it is said to be sick",
                    () -> bench.gateway.pools().getFirst().sick());
            assertThat(bench.ask(Bench.chat("")).status()).isEqualTo(200);
        }
    }

    @Test
    void aReloadForgetsNeitherBreakersNorWishesToBeLeftAlone() {
        try (Bench bench = Bench.of(2, settings -> settings.withBreakers(new BreakerSettings(2, 60, 60, 1)))) {
            bench.upstream(0).faults().always(new Fault.Reset());
            for (int i = 0; i < 3; i++) {
                assertThat(bench.ask(Bench.chat("")).status()).isEqualTo(200);
            }
            assertThat(bench.gateway.pools().getFirst().breaker()).isEqualTo("OPEN");
            bench.upstream(1).faults().next(new Fault.Status(429, 60));
            bench.ask(Bench.chat(""));
            long asked = bench.upstream(0).account().requests();
            bench.gateway.reload(bench.gateway.settings());
            assertThat(bench.gateway.pools().getFirst().breaker()).isEqualTo("OPEN");
            assertThat(bench.gateway.pools().getLast().throttled()).isTrue();
            bench.upstream(0).faults().always(new Fault.None());
            bench.ask(Bench.chat(""));
            assertThat(bench.upstream(0).account().requests()).isLessThanOrEqualTo(asked + 1);
        }
    }

    @Test
    void aDrillBreaksAnUpstreamForATimeAndOnlyWhereThatIsAllowed() throws Exception {
        try (Bench bench = Bench.of(2, settings -> settings.but(draft -> draft.drills = true))) {
            Talk begun = Talk.with(bench.gateway.adminPort(), "/admin/drills/up0?fault=down&seconds=0.4", "");
            assertThat(begun.status()).isEqualTo(200);
            Talk during = bench.ask(Bench.stream());
            assertThat(during.saysWhole()).isTrue();
            assertThat(during.headers()).containsEntry("x-ampacity-supplier", "up1");
            assertThat(bench.upstream(0).account().requests()).isZero();
            Thread.sleep(450);
            assertThat(bench.ask(Bench.stream()).headers()).containsEntry("x-ampacity-supplier", "up0");
            assertThat(Talk.with(bench.gateway.adminPort(), "/admin/drills/nobody?fault=down", "")
                            .status())
                    .isEqualTo(404);
            assertThat(Talk.with(bench.gateway.adminPort(), "/admin/drills/up0?fault=odd", "")
                            .status())
                    .isEqualTo(400);
            Talk since = Talk.look(bench.gateway.adminPort(), "/admin/requests?since=0");
            assertThat(since.body().lines()).hasSize(2);
        }
        try (Bench bench = Bench.of(1)) {
            assertThat(Talk.with(bench.gateway.adminPort(), "/admin/drills/up0?fault=down", "")
                            .status())
                    .isEqualTo(403);
        }
    }
}
