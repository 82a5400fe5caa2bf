package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.emulator.Emulator;
import io.ampacity.emulator.EmulatorSettings;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.settings.KeySettings;
import io.ampacity.gateway.settings.LedgerSettings;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.ampacity.ledger.LedgerAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests and tokens a minute that two gateways on one PostgreSQL share. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class SharedLimitsTest {

    private static final String[] KEY = {"x-api-key", "good"};
    private static final int GATEWAYS = 2;

    @TempDir
    Path folder;

    private @Nullable EmbeddedPostgres server;
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final List<RequestRecord> records = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Gateway> gateways = new ArrayList<>();

    @BeforeAll
    static void warm() {
        Bench.warm();
    }

    @BeforeEach
    void start() throws IOException {
        Assumptions.assumeTrue(
                System.getProperty("os.name", "").equals("Linux")
                        && System.getProperty("os.arch", "").equals("amd64"),
                "there are no PostgreSQL binaries for this machine");
        server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        if (server != null) {
            server.close();
        }
    }

    private void gateways(@Nullable Double requests, @Nullable Double tokens) throws Exception {
        EmbeddedPostgres running = Objects.requireNonNull(server);
        LedgerAddress address =
                new LedgerAddress("jdbc:postgresql://localhost:" + running.getPort() + "/postgres", "postgres", "");
        KeySettings key = new KeySettings("team", Keys.hash("good"), Set.of(), null, requests, tokens, null);
        Emulator upstream = Emulator.start(EmulatorSettings.usual());
        open.add(upstream);
        for (int i = 0; i < GATEWAYS; i++) {
            String name = "gateway-" + i;
            var settings = Bench.settings(
                            Bench.fleet(List.of(UpstreamSettings.plain("up0", "127.0.0.1", upstream.port()))))
                    .but(draft -> {
                        draft.replica = name;
                        draft.keys = List.of(key);
                        draft.journal = folder.resolve(name + ".jsonl").toString();
                        draft.ledger = new LedgerSettings(address, 1);
                    });
            Books books = Books.open(settings, records::add, faults::add);
            open.add(books);
            Gateway gateway = Gateway.start(settings, books, faults::add);
            open.add(gateway);
            gateways.add(gateway);
        }
    }

    private static Talk ask(Gateway gateway) {
        return Talk.with(gateway.port(), "/v1/chat/completions", Bench.chat(",\"max_tokens\":64"), KEY);
    }

    /** Asks both at once until so many were answered or refused; who was answered. */
    private int answered(int requests) throws Exception {
        int passed = 0;
        try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
            List<Future<Talk>> talks = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                Gateway gateway = gateways.get(i % GATEWAYS);
                talks.add(clients.submit(() -> ask(gateway)));
            }
            for (Future<Talk> talk : talks) {
                int status = talk.get().status();
                assertThat(status).isIn(200, 429);
                passed += status == 200 ? 1 : 0;
            }
        }
        return passed;
    }

    @Test
    void twoGatewaysLetPassWhatOneWouldAndASliceEachAtMost() throws Exception {
        double perMinute = 120;
        gateways(perMinute, null);
        long began = System.nanoTime();
        int passed = answered(400);
        double minutes = (System.nanoTime() - began) / 6e10;
        double most = perMinute * (1 + minutes) + GATEWAYS * perMinute * SharedRate.SLICE;
        assertThat((double) passed).isBetween(perMinute - GATEWAYS * perMinute * SharedRate.SLICE, most + 1);
        assertThat(faults).isEmpty();
    }

    @Test
    void aSmallLimitIsKeptToTheRequest() throws Exception {
        gateways(5.0, null);
        long began = System.nanoTime();
        int passed = answered(40);
        double minutes = (System.nanoTime() - began) / 6e10;
        assertThat(passed).isBetween(5, 5 + (int) Math.ceil(5 * minutes));
        Talk refused = ask(gateways.getLast());
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).contains("rate_limit_exceeded").contains("5 requests a minute");
        assertThat(Integer.parseInt(refused.headers().getOrDefault("retry-after", "0")))
                .isBetween(1, 13);
    }

    @Test
    void tokensAreSharedTooAndWhatWasEstimatedIsCorrected() throws Exception {
        // Each answer takes some 75 tokens: the prompt's bytes over four, and 64 of output.
        double perMinute = 6000;
        gateways(null, perMinute);
        long began = System.nanoTime();
        int passed = answered(300);
        double minutes = (System.nanoTime() - began) / 6e10;
        double used = records.stream()
                .flatMap(record -> record.attempts().stream())
                .mapToDouble(attempt -> Math.max(0, attempt.use().promptTokens())
                        + Math.max(0, attempt.use().outputTokens()))
                .sum();
        double openAtOnce = 8 * 100;
        assertThat(passed).isBetween(40, 299);
        assertThat(used)
                .isBetween(
                        perMinute * 0.7,
                        perMinute * (1 + minutes) + GATEWAYS * perMinute * SharedRate.SLICE * 1.5 + openAtOnce);
    }

    @Test
    void whileTheLedgerIsAwayEachGatewayKeepsTheLimitByItself() throws Exception {
        gateways(6.0, null);
        assertThat(ask(gateways.getFirst()).status()).isEqualTo(200);
        Objects.requireNonNull(server).close();
        for (Gateway gateway : gateways) {
            int passed = 0;
            for (int i = 0; i < 12; i++) {
                passed += ask(gateway).status() == 200 ? 1 : 0;
            }
            assertThat(passed).isBetween(5, 7);
        }
        assertThat(faults).isNotEmpty();
    }

    @Test
    void aMinuteIsFilledAgainForBoth() throws Exception {
        gateways(600.0, null);
        assertThat(answered(900)).isBetween(560, 780);
        // Half of the minute is over, as far as the database knows.
        try (Connection connection =
                        Objects.requireNonNull(server).getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("update rate set at = at - interval '30 seconds'"))
                    .isEqualTo(1);
        }
        java.util.concurrent.locks.LockSupport.parkNanos(1_100_000_000L);
        assertThat(answered(600)).isBetween(280, 480);
    }
}
