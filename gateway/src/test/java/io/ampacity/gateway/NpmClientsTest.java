package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.protocol.Speech;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.UpstreamSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clients that people take from npm, installed below the build's folder; skipped where there is no npm. */
@Tag("nightly")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class NpmClientsTest {

    private static final List<String> PACKAGES = List.of(
            "openai@6.49.0",
            "@anthropic-ai/sdk@1.12.0",
            "ai@6.0.326",
            "@ai-sdk/openai-compatible@2.0.91",
            "compatcanary@0.2.2");

    private static final Path FOLDER = Path.of("target", "npm-clients").toAbsolutePath();

    private record Ended(int code, String said) {}

    private static Ended run(String... command) throws IOException, InterruptedException {
        Path said = Files.createTempFile("said", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            boolean ended = process.waitFor(4, TimeUnit.MINUTES);
            process.destroyForcibly();
            return new Ended(ended ? process.exitValue() : -1, Files.readString(said));
        } finally {
            Files.deleteIfExists(said);
        }
    }

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        try {
            assumeTrue(run("npm", "--version").code() == 0, "there is no npm");
        } catch (IOException absent) {
            assumeTrue(false, "there is no npm");
        }
        List<String> command =
                new ArrayList<>(List.of("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"));
        command.addAll(PACKAGES);
        Ended installed = run(command.toArray(String[]::new));
        assumeTrue(installed.code() == 0, "npm could not install: " + installed.said());
        try (InputStream script = Objects.requireNonNull(NpmClientsTest.class.getResourceAsStream("clients.mjs"))) {
            Files.write(FOLDER.resolve("clients.mjs"), script.readAllBytes());
        }
    }

    private static Bench bench(UnaryOperator<UpstreamSettings> upstream) {
        return Bench.of(2, UnaryOperator.identity(), upstream, settings -> settings.withLimits(Limits.STANDARD));
    }

    private static String address(Bench bench) {
        return "http://127.0.0.1:" + bench.gateway.port();
    }

    private static void assertFine(Ended clients) {
        assertThat(clients.code()).as(clients.said()).isZero();
        assertThat(clients.said().lines().filter(line -> line.startsWith("fine ")))
                .hasSize(14);
    }

    @Test
    void theClientsOfNpmAreServed() throws Exception {
        try (Bench bench = bench(UnaryOperator.identity())) {
            assertFine(run("node", "clients.mjs", address(bench)));
        }
    }

    @Test
    void theClientsOfNpmDoNotNoticeThatChatIsTranslated() throws Exception {
        try (Bench bench = bench(upstream -> upstream.but(draft -> {
            draft.speech = Speech.OPENAI;
            draft.endpoints = EnumSet.of(Endpoint.CHAT, Endpoint.EMBEDDINGS, Endpoint.RESPONSES);
        }))) {
            assertFine(run("node", "clients.mjs", address(bench)));
        }
    }

    @Test
    void compatcanaryFindsNothingMissing() throws Exception {
        try (Bench bench = bench(UnaryOperator.identity())) {
            for (String profile : List.of("chat", "modern")) {
                Ended scan = run(
                        "node",
                        "node_modules/compatcanary/src/cli.js",
                        "scan",
                        "--base-url",
                        address(bench) + "/v1",
                        "--model",
                        "emulated",
                        "--profile",
                        profile);
                assertThat(scan.said()).contains("100/100");
                assertThat(scan.code()).as(scan.said()).isZero();
            }
        }
    }
}
