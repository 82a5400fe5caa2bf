package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.emulator.Emulator;
import io.ampacity.emulator.EmulatorSettings;
import io.ampacity.emulator.Fault;
import io.ampacity.emulator.Pace;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.settings.BudgetPeriod;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.OverloadSettings;
import io.ampacity.gateway.settings.ShadowSettings;
import io.ampacity.gateway.settings.UpstreamSettings;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Copies of requests, and what becomes of them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ShadowTest {

    private Emulator shadow = Emulator.start(EmulatorSettings.usual());

    @BeforeAll
    static void warm() {
        Bench.warm();
    }

    @BeforeEach
    void start() {
        shadow.close();
        shadow = Emulator.start(EmulatorSettings.usual());
    }

    @AfterEach
    void stop() {
        shadow.close();
    }

    private ShadowSettings settings(double share, double budgetUsd, int mostOpen) {
        return new ShadowSettings(
                "emulated@dark",
                "emulated",
                Bench.fleet(List.of(UpstreamSettings.plain("dark", "127.0.0.1", shadow.port()))),
                share,
                budgetUsd,
                BudgetPeriod.DAY,
                mostOpen);
    }

    private Bench bench(ShadowSettings settings) {
        return Bench.of(1, usual -> usual.but(draft -> draft.shadows = List.of(settings)));
    }

    private static void eventually(String what, BooleanSupplier is) {
        long until = System.nanoTime() + 10_000_000_000L;
        while (!is.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static List<RequestRecord> copies(Bench bench) {
        return bench.records.stream()
                .filter(record -> record.key().startsWith("shadow:"))
                .toList();
    }

    private static JsonNode told(Bench bench) {
        return Talk.look(bench.gateway.adminPort(), "/admin/shadows")
                .json()
                .path("shadows")
                .path(0);
    }

    @Test
    void aCopyIsMeteredAndComparedAndItsAnswerReachesNobody() {
        try (Bench bench = bench(settings(1, 10, 100))) {
            for (int i = 0; i < 10; i++) {
                Talk talk = bench.ask(i % 2 == 0 ? Bench.stream() : Bench.chat(""));
                assertThat(talk.status()).isEqualTo(200);
                assertThat(talk.headers()).containsEntry("x-ampacity-pool", "emulated@up0");
            }
            eventually("all are compared", () -> told(bench).path("compared").asInt() == 10);
            assertThat(shadow.account().requests()).isEqualTo(10);
            assertThat(bench.upstream(0).account().requests()).isEqualTo(10);
            assertThat(copies(bench)).hasSize(10).allSatisfy(copy -> {
                assertThat(copy.attempts().getFirst().pool()).isEqualTo("emulated@dark");
                assertThat(copy.chargedUsd()).isPositive();
            });
            JsonNode told = told(bench);
            assertThat(told.path("sameOutcome").asInt()).isEqualTo(10);
            assertThat(told.path("copies").path("outputTokens").asInt())
                    .isEqualTo(told.path("originals").path("outputTokens").asInt())
                    .isPositive();
            assertThat(bench.gateway.metrics().prometheus())
                    .contains("ampacity_shadow_compared_total{shadow=\"emulated@dark\",same=\"yes\"} 10")
                    .doesNotContain("ampacity_attempts_total{pool=\"emulated@dark\"");
            assertThat(bench.faults).isEmpty();
        }
    }

    @Test
    void aShadowThatFailsOrHangsChangesNothingForClients() {
        try (Bench bench = bench(settings(1, 10, 100))) {
            shadow.faults().always(new Fault.Status(500, -1));
            for (int i = 0; i < 10; i++) {
                assertThat(bench.ask(Bench.chat("")).status()).isEqualTo(200);
            }
            // A copy that met silence while it asks for one document would wait for as long as a request may take.
            eventually(
                    "the first are compared", () -> told(bench).path("compared").asInt() == 10);
            shadow.faults().always(new Fault.Silence());
            for (int i = 0; i < 10; i++) {
                assertThat(bench.ask(Bench.stream()).saysWhole()).isTrue();
            }
            eventually("all are compared", () -> told(bench).path("compared").asInt() == 20);
            assertThat(told(bench).path("sameOutcome").asInt()).isZero();
            assertThat(bench.records.stream()
                            .filter(record -> record.key().isEmpty())
                            .map(RequestRecord::outcome))
                    .hasSize(20)
                    .containsOnly(Outcome.COMPLETED);
            // Each was tried once: a copy is not worth a second try.
            assertThat(copies(bench))
                    .allSatisfy(copy -> assertThat(copy.attempts().size()).isLessThanOrEqualTo(1));
        }
    }

    @Test
    void noCopyGoesWhereTheDataMayNot() {
        try (Bench bench = Bench.of(
                1,
                UnaryOperator.identity(),
                upstream -> upstream.withPlace("friend", "DE"),
                usual -> usual.but(draft -> draft.shadows = List.of(settings(1, 10, 100))))) {
            for (int i = 0; i < 5; i++) {
                assertThat(bench.ask(Bench.chat(""), "x-ampacity-data-class", "personal")
                                .status())
                        .isEqualTo(200);
            }
            eventually("all are dropped", () -> told(bench).path("dropped").asInt() == 5);
            assertThat(bench.ask(Bench.chat("")).status()).isEqualTo(200);
            eventually("one is compared", () -> told(bench).path("compared").asInt() == 1);
            assertThat(shadow.account().requests()).isEqualTo(1);
            assertThat(bench.gateway.metrics().prometheus()).contains("reason=\"policy\"} 5");
        }
    }

    @Test
    void copiesKeepToABudgetOfTheirOwn() {
        double budget = 0.004;
        try (Bench bench = bench(settings(1, budget, 100))) {
            for (int i = 0; i < 30; i++) {
                assertThat(bench.ask(Bench.chat(",\"max_tokens\":64")).status()).isEqualTo(200);
            }
            eventually("all are compared", () -> told(bench).path("compared").asInt() == 30);
            double spent =
                    copies(bench).stream().mapToDouble(RequestRecord::costUsd).sum();
            assertThat(spent).isBetween(budget / 2, budget);
            assertThat(copies(bench)).extracting(RequestRecord::outcome).contains(Outcome.BUDGET_SPENT);
        }
    }

    @Test
    void copiesAreTheFirstThatAreLeftOutWhenThereIsMuchToDo() throws Exception {
        try (Bench bench = Bench.of(
                1,
                emulator -> emulator.withPace(new Pace.Fixed(30, 0)),
                UnaryOperator.identity(),
                usual -> usual.withLimits(Limits.STANDARD).but(draft -> {
                    draft.limits = Limits.STANDARD.scaled(0.1);
                    draft.shadows = List.of(settings(1, 10, 100));
                    draft.overload = new OverloadSettings(10, 1, 0.8);
                }))) {
            List<Socket> open = new ArrayList<>();
            for (int i = 1; i <= 7; i++) {
                Socket socket = Talk.open(bench.gateway.port());
                socket.getOutputStream().write(Talk.request("/v1/chat/completions", Bench.stream()));
                open.add(socket);
                int now = i;
                eventually("it is open", () -> bench.gateway.metrics().open() == now);
            }
            eventually("three are dropped", () -> told(bench).path("dropped").asInt() == 3);
            eventually("four are sent", () -> shadow.account().requests() == 4);
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void theShareIsKeptByTheIdsOfRequests() {
        try (Bench bench = bench(settings(0.3, 10, 100))) {
            for (int i = 0; i < 300; i++) {
                bench.ask(Bench.chat(",\"max_tokens\":1"));
            }
            eventually(
                    "all are compared",
                    () -> told(bench).path("compared").asInt() == copies(bench).size());
            assertThat(copies(bench).size()).isBetween(60, 120);
        }
    }
}
