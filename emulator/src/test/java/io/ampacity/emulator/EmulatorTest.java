package io.ampacity.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class EmulatorTest {

    private static String chat(String more) {
        return """
                {"model":"emulated","messages":[{"role":"user","content":"Tell me something."}]%s}""".formatted(more);
    }

    @Test
    void aStreamSaysWhatTheWholeAnswerSays() {
        try (Emulator emulator = Emulator.start(EmulatorSettings.usual())) {
            JsonNode whole = Asking.json(
                    Asking.post(emulator, "/v1/chat/completions", chat("")).body());
            String stream = Asking.post(emulator, "/v1/chat/completions", chat(",\"stream\":true"))
                    .body();
            assertThat(Asking.words(stream))
                    .isEqualTo(whole.path("choices")
                            .path(0)
                            .path("message")
                            .path("content")
                            .asString())
                    .isNotBlank();
            assertThat(Asking.events(stream)).last().isEqualTo("[DONE]");
            assertThat(whole.path("usage").path("completion_tokens").asInt()).isEqualTo(64);
        }
    }

    @Test
    void anAnswerContinuedElsewhereIsTheAnswerThatWasNotCut() {
        try (Emulator one = Emulator.start(EmulatorSettings.usual());
                Emulator other = Emulator.start(EmulatorSettings.usual())) {
            String unbroken = Asking.words(Asking.post(one, "/v1/chat/completions", chat(",\"stream\":true"))
                    .body());
            String first = unbroken.substring(0, unbroken.indexOf(' ', 40));
            String rest = Asking.words(Asking.post(other, "/v1/chat/completions", """
                    {"model":"emulated","stream":true,"messages":[{"role":"user","content":"Tell me something."},
                     {"role":"assistant","content":"%s"}]}""".formatted(first))
                    .body());
            assertThat(first + rest).isEqualTo(unbroken);
        }
    }

    @Test
    void usageCountsCachedAndReasoningTokens() {
        try (Emulator emulator = Emulator.start(EmulatorSettings.usual())) {
            String body = """
                    {"model":"emulated","reasoning_effort":"low","max_tokens":20,"messages":[{"role":"user","content":"%s"}]}""".formatted("many words ".repeat(100));
            Asking.post(emulator, "/v1/chat/completions", body);
            JsonNode usage = Asking.json(
                            Asking.post(emulator, "/v1/chat/completions", body).body())
                    .path("usage");
            assertThat(usage.path("prompt_tokens").asInt()).isEqualTo(275);
            assertThat(usage.path("prompt_tokens_details").path("cached_tokens").asInt())
                    .isEqualTo(256);
            assertThat(usage.path("completion_tokens").asInt()).isEqualTo(20);
            assertThat(usage.path("completion_tokens_details")
                            .path("reasoning_tokens")
                            .asInt())
                    .isEqualTo(8);
        }
    }

    @Test
    void theAccountIsWhatWasServed() {
        try (Emulator emulator = Emulator.start(EmulatorSettings.usual())) {
            emulator.faults().next(new Fault.None(), new Fault.CleanCut(10));
            Asking.post(emulator, "/v1/chat/completions", chat(",\"stream\":true"));
            Asking.post(emulator, "/v1/chat/completions", chat(",\"stream\":true"));
            assertThat(emulator.account().entries())
                    .extracting(Account.Entry::outputTokens, Account.Entry::end)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(64, Account.End.COMPLETED),
                            org.assertj.core.groups.Tuple.tuple(10, Account.End.FAULTED));
        }
    }

    @Test
    void everyProtocolEndsItsStream() {
        try (Emulator emulator = Emulator.start(EmulatorSettings.usual().withOutputTokens(5))) {
            assertThat(Asking.post(emulator, "/v1/messages", chat(",\"max_tokens\":99,\"stream\":true"))
                            .body())
                    .contains("event: message_start", "\"text_delta\"", "\"end_turn\"", "event: message_stop");
            assertThat(Asking.post(emulator, "/v1/responses", "{\"model\":\"m\",\"input\":\"hello\",\"stream\":true}")
                            .body())
                    .contains("event: response.created", "response.output_text.delta", "event: response.completed");
            assertThat(Asking.post(
                                    emulator,
                                    "/v1/completions",
                                    "{\"model\":\"m\",\"prompt\":\"hello\",\"stream\":true}")
                            .body())
                    .contains("\"finish_reason\":\"stop\"", "[DONE]");
            assertThat(Asking.json(Asking.post(emulator, "/v1/embeddings", "{\"model\":\"m\",\"input\":[\"a\",\"b\"]}")
                                    .body())
                            .path("data")
                            .size())
                    .isEqualTo(2);
            assertThat(Asking.read(emulator, "/v1/models").body()).contains("\"id\":\"emulated\"");
        }
    }

    @Test
    void requestsFailAsTheScriptSays() {
        try (Emulator emulator = Emulator.start(EmulatorSettings.usual())) {
            emulator.faults().read("status(429,2); reset; cut(3); *status(503)");
            var throttled = Asking.post(emulator, "/v1/chat/completions", chat(""));
            assertThat(throttled.statusCode()).isEqualTo(429);
            assertThat(throttled.headers().firstValue("retry-after")).contains("2");
            assertThatThrownBy(() -> Asking.post(emulator, "/v1/chat/completions", chat("")))
                    .isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> Asking.post(emulator, "/v1/chat/completions", chat(",\"stream\":true")))
                    .isInstanceOf(UncheckedIOException.class);
            for (int i = 0; i < 2; i++) {
                assertThat(Asking.post(emulator, "/v1/chat/completions", chat(""))
                                .statusCode())
                        .isEqualTo(503);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing", "cut", "cut(1,2)", "cut(-1)", "cut(x)", "stall(1)", "cut(1", "reset(1)"})
    void aFaultThatIsNoneIsRefusedWithAdvice(String text) {
        assertThatThrownBy(() -> Fault.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Maybe");
    }

    @Test
    void everyNameOfAFaultIsRead() {
        Fault.NAMES.forEach((name, count) -> {
            String numbers = count == 0 ? "" : count == 1 ? "(5)" : "(5,6)";
            Fault fault = Fault.parse(name + numbers);
            assertThat(fault instanceof Fault.None).as(name).isEqualTo(name.equals("none"));
        });
        assertThat(Fault.parse("stall(10,30)")).isEqualTo(new Fault.Stall(10, 30));
        assertThat(Fault.parse("status(429)")).isEqualTo(new Fault.Status(429, -1));
    }

    @Test
    void aFixedPaceIsKept() {
        Pace pace = new Pace.Fixed(0.1, 0.01);
        try (Emulator emulator =
                Emulator.start(EmulatorSettings.usual().withPace(pace).withOutputTokens(21))) {
            Asking.read(emulator, "/health");
            long began = System.nanoTime();
            Asking.post(emulator, "/v1/chat/completions", chat(",\"stream\":true"));
            double seconds = (System.nanoTime() - began) / 1e9;
            assertThat(seconds).isGreaterThan(0.29).isLessThan(1.5);
        }
    }

    @Test
    void aWrongKeyIsRefused() {
        try (Emulator emulator = Emulator.start(EmulatorSettings.usual().withKey("secret"))) {
            assertThat(Asking.post(emulator, "/v1/chat/completions", chat("")).statusCode())
                    .isEqualTo(401);
            assertThat(Asking.post(emulator, "/v1/chat/completions", chat(""), "authorization", "Bearer secret")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void settingsWithoutRoomAreRefused() {
        assertThatThrownBy(() -> EmulatorSettings.usual().withOutputTokens(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(EmulatorSettings.usual().withModels(List.of("a")).models()).containsExactly("a");
    }
}
