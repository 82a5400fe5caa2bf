package io.ampacity.gateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class StreamsTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The events of a stream that comes in pieces of {@code size} bytes. */
    private static List<String> split(String stream, int size) {
        EventSplitter splitter = new EventSplitter();
        byte[] all = bytes(stream);
        List<String> events = new ArrayList<>();
        int event = 0;
        for (int from = 0; from < all.length; from += size) {
            int to = Math.min(all.length, from + size);
            for (int end = splitter.nextEnd(all, from, to); end >= 0; end = splitter.nextEnd(all, end, to)) {
                events.add(new String(all, event, end - event, StandardCharsets.UTF_8).strip());
                event = end;
            }
        }
        return events;
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void eventsAreTheSameHoweverTheyAreCut(String line) {
        String stream = "event: a*data: 1**: comment**data: 2*data: 3**data: [DONE]**".replace("*", line);
        List<String> whole = split(stream, stream.length());
        assertThat(whole).hasSize(4);
        for (int size = 1; size < stream.length(); size++) {
            assertThat(split(stream, size)).as("pieces of " + size).isEqualTo(whole);
        }
    }

    private static Verdict see(StreamWatch watch, String event) {
        byte[] bytes = bytes(event);
        return watch.event(bytes, 0, bytes.length);
    }

    @Test
    void usageOfMessagesIsLaidTogetherWhereverItIsTold() {
        StreamWatch watch = StreamWatch.of(Endpoint.MESSAGES, false);
        see(
                watch,
                "data: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":0,\"output_tokens\":1}}}\n\n");
        see(
                watch,
                "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"input_tokens\":11,"
                        + "\"cache_creation_input_tokens\":4511,\"cache_read_input_tokens\":7,\"output_tokens\":5}}\n\n");
        assertThat(see(watch, "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"))
                .isEqualTo(Verdict.DONE);
        assertThat(watch.tokens().prompt()).isEqualTo(11 + 4511 + 7);
        assertThat(watch.tokens().cacheWrite()).isEqualTo(4511);
        assertThat(watch.tokens().output()).isEqualTo(5);
        assertThat(watch.isFinished()).isTrue();
    }

    @Test
    void whatIsNoPlainTextIsNotGoneOnFrom() {
        StreamWatch words = StreamWatch.of(Endpoint.CHAT, true);
        assertThat(see(words, "data: {\"choices\":[{\"delta\":{\"content\":\"a\\\"b\"}}]}\n\n"))
                .isEqualTo(Verdict.CONTENT);
        assertThat(words.isContinuable()).isTrue();
        assertThat(words.said()).isEqualTo("a\\\"b");
        see(words, "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0}]}}]}\n\n");
        assertThat(words.isContinuable()).isFalse();
    }

    @Test
    void dataOnSeveralLinesIsOne() {
        StreamWatch watch = StreamWatch.of(Endpoint.CHAT, true);
        assertThat(see(watch, "data: {\"choices\":[{\"delta\":\ndata: {\"content\":\"x\"}}]}\n\n"))
                .isEqualTo(Verdict.CONTENT);
    }

    private static String edited(String body, boolean continuous) {
        byte[] bytes = bytes(body);
        return new String(
                new BodyEdit(bytes, RequestScan.of(bytes))
                        .model("other")
                        .usage(continuous)
                        .bytes(),
                StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"m\",\"messages\":[]}",
                "{\"messages\":[], \"stream_options\": {} ,\"model\":\"m\"}",
                "{\"stream_options\":null,\"model\":\"m\"}",
                "{\"model\":\"m\",\"stream_options\":{\"include_usage\":false}}",
                "{\"model\":\"m\",\"stream_options\":{\"x\":1}}",
                "{\"model\":\"m\",\"stream_options\":{\"include_usage\":true,\"continuous_usage_stats\":true},\"odd\":{\"k\":[1]}}",
            })
    void usageIsAskedForWhateverTheClientSaidOfIt(String body) {
        for (boolean continuous : new boolean[] {false, true}) {
            JsonNode asked = JsonMapper.shared().readTree(edited(body, continuous));
            assertThat(asked.path("model").asString()).isEqualTo("other");
            assertThat(asked.path("stream_options").path("include_usage").asBoolean())
                    .isTrue();
            if (continuous) {
                assertThat(asked.path("stream_options")
                                .path("continuous_usage_stats")
                                .asBoolean())
                        .isTrue();
            }
            for (String key : JsonMapper.shared().readTree(body).propertyNames()) {
                assertThat(asked.has(key)).as(key).isTrue();
            }
        }
    }

    @Test
    void goingOnKeepsEverythingElse() {
        byte[] body = bytes(
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"q\"}],\"max_tokens\":50,\"top_p\":0.5}");
        JsonNode asked = JsonMapper.shared()
                .readTree(new BodyEdit(body, RequestScan.of(body))
                        .goOnFrom("so \\\"far", 20, Prefill.CONTINUE)
                        .bytes());
        assertThat(asked.path("messages").path(1).path("content").asString()).isEqualTo("so \"far");
        assertThat(asked.path("max_tokens").asInt()).isEqualTo(30);
        assertThat(asked.path("continue_final_message").asBoolean()).isTrue();
        assertThat(asked.path("top_p").asDouble()).isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"model\":1}",
                "{\"model\":\"a\",\"model\":\"b\"}",
                "{\"model\":\"a\",\"stream\":false,\"stream\":true}",
                "{\"model\":\"a\"} x"
            })
    void aRequestThatCouldBeTakenTwoWaysIsRefused(String body) {
        assertThatThrownBy(() -> RequestScan.of(bytes(body))).isInstanceOf(BadRequest.class);
    }
}
