package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Commands that serve, run side by side as a person would run them. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
final class ServingCommandsTest {

    private final List<Running> running = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    /** A command that has begun. */
    private static final class Running {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final Thread thread;

        Running(String... arguments) {
            thread = Thread.ofPlatform()
                    .start(() -> Ampacity.run(List.of(arguments), Map.of(), out, err, Terminals.NONE));
        }

        /** What it said of itself, as soon as it did. */
        JsonNode said() throws InterruptedException {
            while (!out.toString(StandardCharsets.UTF_8).contains("}\n") && thread.isAlive()) {
                Thread.sleep(20);
            }
            return JsonForm.MAPPER.readTree(out.toString(StandardCharsets.UTF_8));
        }

        /** What it told of itself beside its result, once that holds these words. */
        String told(String words) throws InterruptedException {
            for (int i = 0; i < 1500 && !err.toString(StandardCharsets.UTF_8).contains(words); i++) {
                Thread.sleep(20);
            }
            return err.toString(StandardCharsets.UTF_8);
        }

        void stop() {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Running run(String... arguments) {
        Running one = new Running(arguments);
        running.add(one);
        return one;
    }

    @AfterEach
    void stopAll() {
        running.forEach(Running::stop);
    }

    @Test
    void theExampleServesWhileOneOfItsUpstreamsIsStopped() throws Exception {
        Running one = run("emulate", "--port", "0", "--json", "--token", "5 ms");
        Running other = run("emulate", "--port", "0", "--json", "--token", "5 ms");
        Path example = Path.of(System.getProperty("project.root", ".."), "examples/gateway/gateway.yaml");
        Path config = folder.resolve("gateway.yaml");
        Files.writeString(
                config,
                Files.readString(example)
                        .replace(
                                "http://127.0.0.1:9001",
                                one.said().path("address").asString())
                        .replace(
                                "http://127.0.0.1:9002",
                                other.said().path("address").asString()));
        Running gateway = run(
                "serve",
                "--config",
                config.toString(),
                "--port",
                "0",
                "--admin-port",
                "0",
                "--warm-up",
                "0.2",
                "--json");
        String address = gateway.said().path("address").asString();
        HttpResponse<String> first = ask(address);
        one.stop();
        List<HttpResponse<String>> later = List.of(ask(address), ask(address), ask(address));
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(later).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("[DONE]").doesNotContain("\"error\"");
            assertThat(answer.headers().firstValue("x-ampacity-pool")).contains("chat@paris");
        });

        String journal = folder.resolve("requests.jsonl").toString();
        String id =
                later.getFirst().headers().firstValue("x-ampacity-request-id").orElseThrow();
        CommandLineRun why = CommandLineRun.of("why", id, "--journal", journal);
        assertThat(why.exitCode()).isZero();
        assertThat(why.out()).contains(id, "chat@paris", "because: ");
        assertThat(CommandLineRun.of("why", "req_none", "--journal", journal).exitCode())
                .isEqualTo(ExitCode.NO);
    }

    @Test
    void aDrillIsReportedAndTheBooksTellOfIt() throws Exception {
        Running one = run("emulate", "--port", "0", "--json");
        Running other = run("emulate", "--port", "0", "--json");
        Path config = folder.resolve("gateway.yaml");
        Files.writeString(config, """
                drills: yes
                replica: first
                ledger: {folder: books}
                upstreams:
                  one:
                    address: %s/v1
                    supplier: own
                    price: {prompt: 1 USD/Mtokens, output: 2 USD/Mtokens, as-of: 2026-11-01, source: a test}
                  other: {address: %s/v1, supplier: friend}
                models:
                  chat:
                    pools: [{upstream: one, weight: 1, model: emulated}, {upstream: other, weight: 0, model: emulated}]
                """.formatted(
                        one.said().path("address").asString(),
                        other.said().path("address").asString()));
        Running gateway = run(
                "serve", "--config", config.toString(), "--port", "0", "--admin-port", "0", "--warm-up", "0", "--json");
        String address = gateway.said().path("address").asString();
        String admin = gateway.said().path("adminAddress").asString();
        CommandLineRun drill = CommandLineRun.of(
                "drill",
                "--upstream",
                "one",
                "--seconds",
                "1",
                "--rate",
                "20",
                "--model",
                "chat",
                "--admin",
                admin,
                "--gateway",
                address);
        String id = ask(address).headers().firstValue("x-ampacity-request-id").orElseThrow();
        assertThat(drill.exitCode()).as(drill.err()).isZero();
        assertThat(drill.out()).contains("before: ", "during: ", "completed=");
        assertThat(CommandLineRun.of("drill", "--upstream", "nobody", "--seconds", "0.1", "--admin", admin)
                        .exitCode())
                .isEqualTo(ExitCode.BAD_INPUT);
        gateway.stop();

        String books = folder.resolve("books").toString();
        // The journal may be gone: the ledger has what was in it.
        Path journal = folder.resolve("requests.jsonl");
        CommandLineRun told = CommandLineRun.of("why", id, "--journal", journal.toString(), "--ledger", books);
        Files.move(journal, folder.resolve("requests.jsonl.20261122"));
        CommandLineRun aside = CommandLineRun.of("why", id, "--journal", journal.toString(), "--ledger", books);
        Files.delete(folder.resolve("requests.jsonl.20261122"));
        CommandLineRun kept = CommandLineRun.of("why", id, "--journal", journal.toString(), "--ledger", books);
        assertThat(kept.exitCode()).as(kept.err()).isZero();
        assertThat(kept.out()).contains(id, "chat@", "because: ").isEqualTo(told.out());
        assertThat(aside.out()).isEqualTo(told.out());
        CommandLineRun nobody = CommandLineRun.of("why", "req_no", "--journal", journal.toString(), "--ledger", books);
        assertThat(nobody.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(nobody.err()).contains("or in the ledger " + books);
        CommandLineRun summary = CommandLineRun.of("ledger", "summary", "--ledger", books);
        assertThat(summary.exitCode()).as(summary.err()).isZero();
        assertThat(summary.out()).contains("chat@one", "chat@other", "attempts of unknown cost");
        assertThat(CommandLineRun.of("ledger", "audit", "--ledger", books).out())
                .contains("first  start", "first  drill: one down");
        Path focus = folder.resolve("focus.csv");
        assertThat(CommandLineRun.of("ledger", "export", focus.toString(), "--content", "focus", "--ledger", books)
                        .exitCode())
                .isZero();
        assertThat(Files.readString(focus)).contains("BilledCost", "chat@one");
        assertThat(CommandLineRun.of("ledger", "keep", config.toString(), "--kind", "scenario", "--ledger", books)
                        .out())
                .contains("sha256:");
        CommandLineRun nowhere = CommandLineRun.of(
                "ledger", "summary", "--ledger", folder.resolve("no").toString());
        assertThat(nowhere.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(nowhere.err()).contains("Maybe");
    }

    private static boolean hangupIsIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.isReadable(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) != 0);
    }

    @Test
    void aDocumentIsReadAgainWhenItChangesAndAtHangupAndOneWithMistakesIsNotUsed() throws Exception {
        Running one = run("emulate", "--port", "0", "--json");
        Path config = folder.resolve("gateway.yaml");
        String text = """
                upstreams: {one: {address: %s/v1, supplier: own}}
                models: {chat: {pools: [{upstream: one, model: emulated}]}}
                """.formatted(one.said().path("address").asString());
        Files.writeString(config, text);
        Running gateway = run(
                "serve", "--config", config.toString(), "--port", "0", "--admin-port", "0", "--warm-up", "0", "--json");
        String address = gateway.said().path("address").asString();
        Files.writeString(config, text.replace("chat", "talk"));
        assertThat(gateway.told("again")).contains("read " + config + " again");
        HttpResponse<String> gone = ask(address);
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(gateway.told("model_not_found"))
                .contains("\"event\":\"refused\"", "\"peer\":\"127.0.0.1\"", "\"reason\":\"model_not_found\"");

        Files.writeString(config, text + "nothing: 1\n");
        assertThat(gateway.told("stands")).contains("nothing", "is not used: what was read before stands");
        Files.writeString(config, text);
        for (int i = 0; i < 500 && ask(address).statusCode() != 200; i++) {
            Thread.sleep(20);
        }
        assertThat(ask(address).statusCode()).isEqualTo(200);

        // A process that was started to outlive its terminal hears no hangup.
        Assumptions.assumeFalse(hangupIsIgnored());
        int before = gateway.told("again").split(" again").length;
        new ProcessBuilder(
                        "kill", "-HUP", String.valueOf(ProcessHandle.current().pid()))
                .start()
                .waitFor();
        for (int i = 0; i < 500 && gateway.told("again").split(" again").length == before; i++) {
            Thread.sleep(20);
        }
        assertThat(gateway.told("again").split(" again")).hasSizeGreaterThan(before);
    }

    @Test
    void aPlanIsCarriedOutAnotherIsTriedBesideItAndOneWithoutServersIsRefused() throws Exception {
        String question = Files.readString(
                Path.of(System.getProperty("project.root", ".."), "examples/first-plan/scenario.yaml"));
        Path today = folder.resolve("today.yaml");
        Path next = folder.resolve("next.yaml");
        Files.writeString(today, question);
        Files.writeString(next, question.replace("100 /s", "101 /s"));
        for (String each : List.of("today", "next")) {
            CommandLineRun plan = CommandLineRun.of(
                    "plan",
                    folder.resolve(each + ".yaml").toString(),
                    "--out",
                    folder.resolve(each + ".json").toString());
            assertThat(plan.exitCode()).as(plan.err()).isZero();
        }
        Running one = run("emulate", "--port", "0", "--json");
        Path config = folder.resolve("gateway.yaml");
        String upstream = """
                  %s:
                    address: %s/v1
                    supplier: %s
                    site: %s
                    model: emulated
                    price: {prompt: 1 USD/Mtokens, output: 2 USD/Mtokens, as-of: 2026-11-01, source: a test}
                """;
        String address = one.said().path("address").asString();
        String aws = upstream.formatted("aws", address, "aws", "'aws:us-east-1'");
        String both = aws + upstream.formatted("gcp", address, "gcp", "'gcp:us-central1'");
        Files.writeString(config, "upstreams:\n" + aws);
        CommandLineRun wanting =
                CommandLineRun.of("serve", folder.resolve("today.json").toString(), "--config", config.toString());
        assertThat(wanting.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(wanting.err()).contains("no upstream has supplier gcp and site gcp:us-central1", "Maybe add one");

        String trial = """
                canary: {plan: next.json, share: 50 %, requests: 3, expand: [100 %], hold: 0 s}
                shadow: {plan: next.json, share: 100 %, budget: 1 USD}
                """;
        Files.writeString(config, trial + "upstreams:\n" + both);
        Running gateway = run(
                "serve",
                folder.resolve("today.json").toString(),
                "--config",
                config.toString(),
                "--port",
                "0",
                "--admin-port",
                "0",
                "--warm-up",
                "0",
                "--json");
        String serving = gateway.said().path("address").asString();
        for (int i = 0; i < 60; i++) {
            assertThat(ask(serving).statusCode()).isEqualTo(200);
        }
        assertThat(gateway.told("has shown itself"))
                .contains("gets 100 % of the requests, stage 2 of 2", "has shown itself: 100 %");
        assertThat(ask(serving).headers().firstValue("x-ampacity-pool").orElseThrow())
                .endsWith("~canary");
        assertThat(look(gateway.said().path("adminAddress").asString() + "/admin/shadows"))
                .contains("\"id\":\"chat@plan ", "\"compared\":");

        Files.writeString(config, trial.replace("next.json", "never.json") + "upstreams:\n" + both);
        assertThat(gateway.told("is not used")).contains("this plan cannot be read", "Maybe make it: ampacity plan");
        Files.writeString(config, "upstreams:\n" + both);
        for (int i = 0; i < 500 && pool(serving).endsWith("~canary"); i++) {
            Thread.sleep(20);
        }
        assertThat(pool(serving)).startsWith("chat@").doesNotContain("~canary");
    }

    private static String pool(String address) throws Exception {
        return ask(address).headers().firstValue("x-ampacity-pool").orElseThrow();
    }

    private static String look(String address) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static HttpResponse<String> ask(String address) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address + "/v1/chat/completions"))
                            .POST(HttpRequest.BodyPublishers.ofString("""
                                            {"model":"chat","stream":true,"messages":[{"role":"user","content":"Hello"}]}"""))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void mistakesInADocumentAreToldAtOnce() throws Exception {
        Path config = folder.resolve("wrong.yaml");
        Files.writeString(config, "upstreams: {one: {address: nowhere, supplier: own}}\nmodels: {}\n");
        CommandLineRun run = CommandLineRun.of("serve", "--config", config.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("no address of a server", "Maybe");
        assertThat(CommandLineRun.of("emulate", "--port", "99999").exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(CommandLineRun.of("emulate", "--faults", "nothing", "--port", "0")
                        .err())
                .contains("is no fault");
    }
}
