package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.emulator.Emulator;
import io.ampacity.emulator.EmulatorSettings;
import io.ampacity.emulator.Pace;
import io.ampacity.ledger.Intake;
import io.ampacity.ledger.Ledger;
import io.ampacity.ledger.LedgerAddress;
import io.ampacity.ledger.LedgerExport;
import io.ampacity.testing.Seeds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway is killed again and again, and the books are compared with what clients saw. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class KilledGatewayTest {

    private static final int KILLS = 5;
    private static final int CLIENTS = 6;

    @TempDir
    Path folder;

    /** Output tokens of every request that a client saw the end of, by the request's id. */
    private final Map<String, Long> seen = new ConcurrentHashMap<>();

    private Process gateway(int upstreamPort) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx200m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GatewayToKill.class.getName(),
                        String.valueOf(upstreamPort),
                        folder.toString())
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
    }

    private static int port(Process process) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = reader.readLine();
        assertThat(line).as("what the gateway said first").startsWith("port ");
        return Integer.parseInt(line.substring(5));
    }

    private void ask(int port, long seed, CountDownLatch begun) {
        SplittableRandom chance = new SplittableRandom(seed);
        while (true) {
            int tokens = 1 + chance.nextInt(60);
            boolean stream = chance.nextBoolean();
            String body = stream
                    ? Bench.chat(
                            ",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"max_tokens\":" + tokens)
                    : Bench.chat(",\"max_tokens\":" + tokens);
            try (Socket socket = Talk.open(port)) {
                socket.getOutputStream().write(Talk.request("/v1/chat/completions", body));
                Talk talk = Talk.read(socket.getInputStream());
                if (stream
                        ? talk.clean() && talk.saysWhole()
                        : talk.status() == 200 && talk.body().endsWith("}")) {
                    seen.put(
                            talk.headers().getOrDefault("x-ampacity-request-id", "none"),
                            (stream ? talk.usage() : talk.json().path("usage"))
                                    .path("completion_tokens")
                                    .asLong());
                    begun.countDown();
                }
            } catch (IOException | RuntimeException killed) {
                if (!isThere(port)) {
                    return;
                }
            }
        }
    }

    private static boolean isThere(int port) {
        try (Socket socket = Talk.open(port)) {
            return socket.isConnected();
        } catch (IOException | UncheckedIOException gone) {
            return false;
        }
    }

    @Test
    void killedAtAnyMomentItLosesNoRequestThatAClientSawTheEndOfAndCountsNoneTwice() throws Exception {
        SplittableRandom chance = Seeds.random();
        EmulatorSettings settings = EmulatorSettings.usual().withPace(new Pace.Fixed(0.002, 0.0005));
        try (Emulator upstream = Emulator.start(settings)) {
            for (int kill = 0; kill < KILLS; kill++) {
                Process process = gateway(upstream.port());
                try {
                    int port = port(process);
                    CountDownLatch begun = new CountDownLatch(10);
                    Thread[] clients = new Thread[CLIENTS];
                    for (int i = 0; i < CLIENTS; i++) {
                        long seed = chance.nextLong();
                        clients[i] = Thread.ofPlatform().start(() -> ask(port, seed, begun));
                    }
                    assertThat(begun.await(30, TimeUnit.SECONDS))
                            .as("it serves")
                            .isTrue();
                    Thread.sleep(chance.nextInt(900));
                    process.destroyForcibly().waitFor();
                    for (Thread client : clients) {
                        client.join();
                    }
                } finally {
                    process.destroyForcibly();
                }
            }
            compare(upstream);
        }
    }

    private void compare(Emulator upstream) throws IOException {
        Path file = folder.resolve("attempts.csv");
        try (Ledger ledger = Ledger.open(LedgerAddress.folder(folder))) {
            Intake.of(ledger, folder.resolve("requests.jsonl")).catchUp();
            assertThat(Intake.of(ledger, folder.resolve("requests.jsonl")).catchUp())
                    .isZero();
            LedgerExport.write(ledger, LedgerExport.Content.ATTEMPTS, Instant.EPOCH, Instant.now(), file);
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        List<String> columns = List.of(lines.getFirst().split(","));
        Map<String, Long> kept = new HashMap<>();
        Set<String> attempts = new HashSet<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] row = line.split(",", -1);
            String id = row[columns.indexOf("request")];
            assertThat(attempts.add(id + " " + row[columns.indexOf("number")]))
                    .as("%s once", id)
                    .isTrue();
            if (row[columns.indexOf("outcome")].equals("completed")) {
                assertThat(kept.put(id, Long.parseLong(row[columns.indexOf("output_tokens")])))
                        .as("%s is counted once", id)
                        .isNull();
            }
        }
        assertThat(seen.size()).as("requests that clients saw the end of").isGreaterThan(KILLS * 10);
        assertThat(kept).as(Seeds.told()).containsAllEntriesOf(seen);
        assertThat((long) kept.size()).isLessThanOrEqualTo(upstream.account().requests());
    }
}
