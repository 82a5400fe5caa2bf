package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.emulator.Fault;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.Use;
import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.protocol.Prefill;
import io.ampacity.gateway.protocol.Speech;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.Secret;
import io.ampacity.gateway.settings.UpstreamSettings;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests in one protocol to upstreams of another, and their answers back. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TranslationTest {

    private static final String TOOLS_CHAT = """
            {"model":"emulated","max_tokens":50,"temperature":0.5,"top_p":0.9,"stop":["END"],"tool_choice":"required",
            "messages":[
            {"role":"system","content":"Be brief."},
            {"role":"user","content":[{"type":"text","text":"What is this?"},
              {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]},
            {"role":"assistant","content":null,"tool_calls":[
              {"id":"c1","type":"function","function":{"name":"look","arguments":"{\\"at\\":\\"sky\\"}"}}]},
            {"role":"tool","tool_call_id":"c1","content":"blue"},
            {"role":"user","content":"And now?"}],
            "tools":[{"type":"function","function":{"name":"look","description":"Looks.",
              "parameters":{"type":"object","properties":{"at":{"type":"string"}}}}}]%s}""";

    @BeforeAll
    static void warm() {
        Bench.warm();
    }

    private static Bench emulated(UnaryOperator<UpstreamSettings> upstream) {
        return Bench.of(2, UnaryOperator.identity(), upstream, settings -> settings.withLimits(Limits.STANDARD));
    }

    private static UnaryOperator<UpstreamSettings> speaks(Speech speech, Endpoint... natively) {
        return upstream -> upstream.but(draft -> {
            draft.speech = speech;
            draft.endpoints = natively.length == 0 ? EnumSet.noneOf(Endpoint.class) : EnumSet.of(natively[0], natively);
            draft.prefill = Prefill.PLAIN;
        });
    }

    private static Bench canned(CannedUpstream upstream, UnaryOperator<UpstreamSettings> settings) {
        return Bench.of(
                0,
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                gateway -> gateway.withLimits(Limits.STANDARD)
                        .but(draft -> draft.fleet = Bench.fleet(
                                List.of(settings.apply(UpstreamSettings.plain("up0", "127.0.0.1", upstream.port()))))));
    }

    private static String plainWords() {
        try (Bench bench = emulated(UnaryOperator.identity())) {
            return bench.ask(Bench.stream()).words();
        }
    }

    // Against an emulated server that really speaks the other protocol.

    @Test
    void chatIsAnsweredByAServerOfMessagesWordForWord() {
        try (Bench bench = emulated(speaks(Speech.ANTHROPIC, Endpoint.MESSAGES))) {
            Talk stream = bench.ask(Bench.stream());
            assertThat(stream.saysWhole()).isTrue();
            assertThat(stream.words()).isEqualTo(plainWords());
            assertThat(stream.usage().path("completion_tokens").asLong()).isEqualTo(64);
            Talk whole = bench.ask(Bench.chat(""));
            JsonNode choice = whole.json().path("choices").path(0);
            assertThat(choice.path("message").path("content").asString()).isEqualTo(stream.words());
            assertThat(choice.path("finish_reason").asString()).isIn("stop", "length");
            Use use = bench.records.getLast().attempts().getFirst().use();
            assertThat(use.outputTokens()).isEqualTo(64);
            assertThat(use.promptTokens())
                    .isEqualTo(bench.upstream(0).account().entries().getLast().promptTokens());
        }
    }

    @Test
    void messagesAreAnsweredByAServerOfChatWordForWord() {
        String body = """
                {"model":"emulated","max_tokens":64,"messages":[{"role":"user","content":"Tell me something long."}]%s}""";
        try (Bench plain = emulated(UnaryOperator.identity());
                Bench bench = emulated(speaks(Speech.OPENAI, Endpoint.CHAT))) {
            Talk expected = Talk.with(plain.gateway.port(), "/v1/messages", body.formatted(""));
            Talk whole = Talk.with(bench.gateway.port(), "/v1/messages", body.formatted(""));
            assertThat(whole.json().path("content").path(0).path("text"))
                    .isEqualTo(expected.json().path("content").path(0).path("text"));
            assertThat(whole.json().path("usage").path("output_tokens").asLong())
                    .isEqualTo(64);
            assertThat(whole.json().path("type").asString()).isEqualTo("message");
            Talk stream = Talk.with(bench.gateway.port(), "/v1/messages", body.formatted(",\"stream\":true"));
            StringBuilder words = new StringBuilder();
            List<String> kinds = new ArrayList<>();
            for (String event : stream.events()) {
                JsonNode json = JsonMapper.shared().readTree(event);
                kinds.add(json.path("type").asString());
                words.append(json.path("delta").path("text").asString(""));
            }
            assertThat(words.toString())
                    .isEqualTo(
                            expected.json().path("content").path(0).path("text").asString());
            assertThat(kinds.getFirst()).isEqualTo("message_start");
            assertThat(kinds.subList(kinds.size() - 3, kinds.size()))
                    .containsExactly("content_block_stop", "message_delta", "message_stop");
            assertThat(bench.records.getLast().attempts().getFirst().use().outputTokens())
                    .isEqualTo(64);
        }
    }

    @Test
    void aTranslatedStreamThatBreaksGoesOnElsewhere() {
        try (Bench bench = emulated(speaks(Speech.ANTHROPIC, Endpoint.MESSAGES))) {
            bench.upstream(0).faults().next(new Fault.Cut(30));
            Talk talk = bench.ask(Bench.stream());
            assertThat(talk.saysWhole()).isTrue();
            assertThat(talk.words()).isEqualTo(plainWords());
            assertThat(bench.record().rescued()).isTrue();
        }
    }

    @Test
    void aTranslatedStreamThatBreaksIsNeverToldAsWhole() {
        try (Bench bench = emulated(speaks(Speech.OPENAI, Endpoint.CHAT))) {
            bench.upstream(0).faults().always(new Fault.CleanCut(30));
            bench.upstream(1).faults().always(new Fault.CleanCut(30));
            Talk talk = Talk.with(bench.gateway.port(), "/v1/messages", """
                    {"model":"emulated","max_tokens":64,"stream":true,"messages":[{"role":"user","content":"Hello"}]}""");
            assertThat(talk.body()).contains("event: error").doesNotContain("message_stop");
        }
    }

    // Against canned answers, as the makers of the protocols publish them.

    @Test
    void whatCannotBeSaidIsRefusedByNameAndNobodyIsAsked() {
        try (CannedUpstream upstream = new CannedUpstream();
                Bench bench = canned(upstream, speaks(Speech.ANTHROPIC, Endpoint.MESSAGES))) {
            for (String field : List.of(
                    "\"logit_bias\":{\"1\":2}",
                    "\"a_field_of_tomorrow\":1",
                    "\"n\":2",
                    "\"response_format\":{\"type\":\"json_object\"}",
                    "\"seed\":7")) {
                Talk talk = bench.ask(Bench.chat("," + field));
                assertThat(talk.status()).as(field).isEqualTo(400);
                assertThat(talk.body()).contains("cannot be said", "Maybe");
            }
            assertThat(upstream.asked).isEmpty();
            assertThat(bench.records).extracting(record -> record.outcome()).containsOnly(Outcome.REFUSED);
            assertThat(bench.gateway.pools().getFirst().outstanding()).isZero();
        }
        try (CannedUpstream upstream = new CannedUpstream();
                Bench bench = canned(upstream, speaks(Speech.OPENAI, Endpoint.CHAT))) {
            Talk talk = Talk.with(bench.gateway.port(), "/v1/messages", """
                    {"model":"emulated","max_tokens":9,"container":"x","messages":[{"role":"user","content":"a"}]}""");
            assertThat(talk.status()).isEqualTo(400);
            assertThat(talk.body()).contains("container");
        }
    }

    @Test
    void toolsAndPicturesReachAnthropicAndItsCallsComeBack() {
        try (CannedUpstream upstream = new CannedUpstream();
                Bench bench = canned(
                        upstream,
                        speaks(Speech.ANTHROPIC, Endpoint.MESSAGES).andThen(one -> one.withCredential(new Secret("sk")))
                                ::apply)) {
            upstream.answers(200, """
                    {"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[
                    {"type":"text","text":"Looking."},{"type":"tool_use","id":"t1","name":"look","input":{"at":"sea"}}],
                    "stop_reason":"tool_use","usage":{"input_tokens":10,"cache_read_input_tokens":5,"output_tokens":7}}""");
            Talk talk = bench.ask(TOOLS_CHAT.formatted(""));
            JsonNode asked = upstream.asked.getFirst().body();
            assertThat(upstream.asked.getFirst().path()).isEqualTo("/v1/messages");
            assertThat(upstream.asked.getFirst().headers())
                    .containsEntry("x-api-key", "sk")
                    .containsKey("anthropic-version");
            assertThat(asked.path("system").asString()).isEqualTo("Be brief.");
            assertThat(asked.at("/messages/0/content/1/source/media_type").asString())
                    .isEqualTo("image/png");
            assertThat(asked.at("/messages/1/content/0/input/at").asString()).isEqualTo("sky");
            // Two things that the user's side says in a row are one turn.
            assertThat(asked.at("/messages/2/content/0/tool_use_id").asString()).isEqualTo("c1");
            assertThat(asked.at("/messages/2/content/1/text").asString()).isEqualTo("And now?");
            assertThat(asked.at("/tool_choice/type").asString()).isEqualTo("any");
            assertThat(asked.at("/tools/0/input_schema/type").asString()).isEqualTo("object");
            assertThat(asked.at("/stop_sequences/0").asString()).isEqualTo("END");
            JsonNode message = talk.json().at("/choices/0/message");
            assertThat(message.path("content").asString()).isEqualTo("Looking.");
            assertThat(message.at("/tool_calls/0/function/arguments").asString())
                    .isEqualTo("{\"at\":\"sea\"}");
            assertThat(talk.json().at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
            assertThat(talk.json().at("/usage/prompt_tokens").asLong()).isEqualTo(15);
            Use use = bench.record().attempts().getFirst().use();
            assertThat(use.cachedTokens()).isEqualTo(5);
        }
    }

    @Test
    void geminiIsAskedInItsWordsAndAnswersInOurs() {
        try (CannedUpstream upstream = new CannedUpstream();
                Bench bench = canned(
                        upstream, speaks(Speech.GEMINI).andThen(one -> one.withCredential(new Secret("gk")))::apply)) {
            String first = """
                    data: {"candidates":[{"content":{"parts":[{"text":"Hel"}],"role":"model"}}],"responseId":"r1"}

                    """;
            String second = """
                    data: {"candidates":[{"content":{"parts":[{"text":"lo"},{"functionCall":{"name":"look","args":{"at":"x"}}}]},\
                    "finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":4,"thoughtsTokenCount":2}}

                    """;
            upstream.streams("text/event-stream", List.of(bytes(first), bytes(second)));
            Talk talk = bench.ask(TOOLS_CHAT.formatted(",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
            CannedUpstream.Asked asked = upstream.asked.getFirst();
            assertThat(asked.path()).isEqualTo("/v1/models/emulated:streamGenerateContent?alt=sse");
            assertThat(asked.headers()).containsEntry("x-goog-api-key", "gk");
            assertThat(asked.body().at("/systemInstruction/parts/0/text").asString())
                    .isEqualTo("Be brief.");
            assertThat(asked.body().at("/contents/0/parts/1/inlineData/data").asString())
                    .isEqualTo("AAAA");
            assertThat(asked.body()
                            .at("/contents/2/parts/0/functionResponse/name")
                            .asString())
                    .isEqualTo("look");
            assertThat(asked.body().at("/generationConfig/maxOutputTokens").asInt())
                    .isEqualTo(50);
            assertThat(asked.body().at("/toolConfig/functionCallingConfig/mode").asString())
                    .isEqualTo("ANY");
            assertThat(talk.words()).isEqualTo("Hello");
            assertThat(talk.saysWhole()).isTrue();
            assertThat(talk.body()).contains("\"tool_calls\"").contains("\"finish_reason\":\"tool_calls\"");
            assertThat(talk.usage().path("completion_tokens").asLong()).isEqualTo(6);

            upstream.answers(200, """
                    {"candidates":[{"content":{"parts":[{"text":"No."}]},"finishReason":"SAFETY"}]}""");
            assertThat(bench.ask(Bench.chat(""))
                            .json()
                            .at("/choices/0/finish_reason")
                            .asString())
                    .isEqualTo("content_filter");
            assertThat(bench.records.getLast().outcome()).isEqualTo(Outcome.FILTERED);
            upstream.answers(
                    400, "{\"error\":{\"code\":400,\"message\":\"too long\",\"status\":\"INVALID_ARGUMENT\"}}");
            Talk refused = bench.ask(Bench.chat(""));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().at("/error/message").asString()).isEqualTo("too long");
        }
    }

    @Test
    void bedrockIsAskedSignedAndItsEventStreamComesBackHoweverItIsCut() {
        try (CannedUpstream upstream = new CannedUpstream();
                Bench bench = canned(
                        upstream,
                        speaks(Speech.BEDROCK)
                                .andThen(one -> one.withCredential(new Secret("AKID:secret:token"))
                                        .but(draft -> {
                                            draft.basePath = "";
                                            draft.region = "eu-central-1";
                                        }))::apply)) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(frame("messageStart", "{\"role\":\"assistant\"}"));
            all.writeBytes(frame("contentBlockDelta", "{\"delta\":{\"text\":\"Hel\"},\"contentBlockIndex\":0}"));
            all.writeBytes(frame("contentBlockDelta", "{\"delta\":{\"text\":\"lo\"},\"contentBlockIndex\":0}"));
            all.writeBytes(frame("messageStop", "{\"stopReason\":\"end_turn\"}"));
            all.writeBytes(frame("metadata", "{\"usage\":{\"inputTokens\":11,\"outputTokens\":3,\"totalTokens\":14}}"));
            List<byte[]> pieces = new ArrayList<>();
            for (byte one : all.toByteArray()) {
                pieces.add(new byte[] {one});
            }
            upstream.streams("application/vnd.amazon.eventstream", pieces);
            Talk talk = bench.ask(Bench.stream());
            assertThat(talk.words()).isEqualTo("Hello");
            assertThat(talk.saysWhole()).isTrue();
            assertThat(talk.headers()).containsEntry("content-type", "text/event-stream");
            assertThat(talk.usage().path("prompt_tokens").asLong()).isEqualTo(11);
            CannedUpstream.Asked asked = upstream.asked.getFirst();
            assertThat(asked.path()).isEqualTo("/model/emulated/converse-stream");
            assertThat(asked.headers().get("authorization"))
                    .startsWith("AWS4-HMAC-SHA256 Credential=AKID/")
                    .contains(
                            "/eu-central-1/bedrock/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token,");
            assertThat(asked.headers()).containsEntry("x-amz-security-token", "token");

            // Messages of Anthropic's protocol go there too, over chat.
            Talk messages = Talk.with(bench.gateway.port(), "/v1/messages", """
                    {"model":"emulated","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"a"}]}""");
            assertThat(messages.body()).contains("\"text\":\"Hel\"", "message_stop", "\"output_tokens\":3");

            byte[] broken = all.toByteArray();
            broken[broken.length / 2] ^= 1;
            upstream.streams("application/vnd.amazon.eventstream", List.of(broken));
            Talk wrong = bench.ask(Bench.stream());
            assertThat(wrong.status() != 200 || wrong.saysError()).isTrue();
        }
    }

    @Test
    void azureIsAskedAtItsPathWithItsKey() {
        try (CannedUpstream upstream = new CannedUpstream();
                Bench bench = canned(
                        upstream,
                        speaks(Speech.AZURE, Endpoint.CHAT)
                                .andThen(one -> one.withCredential(new Secret("ak"))
                                        .but(draft -> {
                                            draft.basePath = "";
                                            draft.version = "2024-10-21";
                                        }))::apply)) {
            upstream.answers(200, """
                    {"id":"c","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"Yes."},\
                    "finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2},"x_new":1}""");
            Talk talk = bench.ask(Bench.chat(",\"a_field_of_tomorrow\":1"));
            assertThat(talk.body()).contains("\"x_new\":1");
            CannedUpstream.Asked asked = upstream.asked.getFirst();
            assertThat(asked.path()).isEqualTo("/openai/deployments/emulated/chat/completions?api-version=2024-10-21");
            assertThat(asked.headers()).containsEntry("api-key", "ak").doesNotContainKey("authorization");
            assertThat(asked.body().path("a_field_of_tomorrow").asInt()).isEqualTo(1);
        }
    }

    @Test
    void signaturesAreThoseOfThePublishedTestSuite() {
        Secret credential = new Secret("AKIDEXAMPLE:wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        Signature signature = Signature.of(credential, "us-east-1", "service", Instant.parse("2015-08-30T12:36:00Z"));
        assertThat(signature
                        .headers("GET", "example.amazonaws.com", "/", new byte[0])
                        .get("authorization"))
                .endsWith("SignedHeaders=host;x-amz-date, "
                        + "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
        assertThat(signature
                        .headers("POST", "example.amazonaws.com", "/", new byte[0])
                        .get("authorization"))
                .endsWith("Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] frame(String type, String payload) {
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        for (String[] header : new String[][] {{":message-type", "event"}, {":event-type", type}}) {
            headers.write(header[0].length());
            headers.writeBytes(bytes(header[0]));
            headers.write(7);
            headers.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) header[1].length()).array());
            headers.writeBytes(bytes(header[1]));
        }
        int length = 16 + headers.size() + payload.length();
        ByteBuffer frame = ByteBuffer.allocate(length).putInt(length).putInt(headers.size());
        frame.putInt(sum(frame.array(), 8));
        frame.put(headers.toByteArray()).put(bytes(payload));
        return frame.putInt(sum(frame.array(), length - 4)).array();
    }

    private static int sum(byte[] bytes, int length) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }
}
