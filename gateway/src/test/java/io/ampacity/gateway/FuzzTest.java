package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.gateway.json.JsonCursor;
import io.ampacity.gateway.json.MalformedJson;
import io.ampacity.gateway.protocol.BadRequest;
import io.ampacity.gateway.protocol.DocumentWatch;
import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.protocol.EventSplitter;
import io.ampacity.gateway.protocol.RequestScan;
import io.ampacity.gateway.protocol.StreamWatch;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.ampacity.gateway.translation.MalformedAnswer;
import io.ampacity.gateway.translation.Translation;
import io.ampacity.testing.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What strangers may send: requests, answers and streams with bytes changed, cut, doubled and moved. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class FuzzTest {

    private static final List<String> BODIES = List.of(Bench.stream(), """
            {"model":"emulated","stream":false,"max_tokens":9,"messages":[{"role":"user","content":[{"type":"text",
            "text":"\\u00e4\\ud83d\\ude00"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AA"}}]}],
            "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],"n":1,"logprobs":false}""", """
            {"model":"emulated","max_tokens":5,"system":"s","messages":[{"role":"assistant","content":[{"type":"tool_use",
            "id":"t","name":"f","input":{"a":[1,2.5e-3,null,true]}}]},{"role":"user","content":"x"}]}""");

    private static final List<String> STREAMS = List.of("""
            data: {"id":"c","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

            data: {"id":"c","choices":[{"index":0,"delta":{"content":"w\\u00e4rd"},"finish_reason":null}]}

            data: {"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: {"id":"c","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":1}}}

            data: [DONE]

            """, """
            event: message_start
            data: {"type":"message_start","message":{"id":"m","usage":{"input_tokens":3,"output_tokens":1}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}

            event: message_stop
            data: {"type":"message_stop"}

            """);

    static byte[] mutated(byte[] original, SplittableRandom chance) {
        byte[] bytes = original.clone();
        for (int change = chance.nextInt(4); change >= 0; change--) {
            if (bytes.length < 2) {
                return bytes;
            }
            int at = chance.nextInt(bytes.length);
            int length = 1 + chance.nextInt(Math.min(40, bytes.length - at));
            switch (chance.nextInt(6)) {
                case 0 -> bytes[at] = (byte) chance.nextInt(256);
                case 1 -> bytes[at] = (byte) "\"\\{}[],:\r\n 0-e\0".charAt(chance.nextInt(15));
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 ->
                    bytes = joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + length, bytes.length));
                case 4 -> {
                    byte[] piece = Arrays.copyOfRange(bytes, at, at + length);
                    bytes = joined(
                            joined(Arrays.copyOf(bytes, at), piece), Arrays.copyOfRange(bytes, at, bytes.length));
                }
                default -> {
                    int other = chance.nextInt(bytes.length);
                    byte kept = bytes[at];
                    bytes[at] = bytes[other];
                    bytes[other] = kept;
                }
            }
        }
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static final List<UpstreamSettings> FOREIGN = Arrays.stream(io.ampacity.gateway.protocol.Speech.values())
            .map(speech -> UpstreamSettings.plain("f", "h", 1).but(draft -> {
                draft.speech = speech;
                draft.endpoints = speech == io.ampacity.gateway.protocol.Speech.OPENAI
                        ? EnumSet.of(Endpoint.CHAT)
                        : EnumSet.noneOf(Endpoint.class);
            }))
            .toList();

    /** Every reader either takes the bytes or refuses them in its own words; the strict one agrees with another's. */
    private static void readAll(byte[] bytes, SplittableRandom chance) {
        boolean ours = true;
        try {
            JsonCursor cursor = new JsonCursor().over(bytes, 0, bytes.length);
            cursor.skip();
            cursor.finish();
        } catch (MalformedJson refused) {
            ours = false;
        }
        if (ours && isText(bytes)) {
            try {
                JsonMapper.shared().readTree(bytes);
            } catch (JacksonException theirs) {
                assertThat(theirs)
                        .as("%s", new String(bytes, StandardCharsets.UTF_8))
                        .isNull();
            }
        }
        try {
            RequestScan.of(bytes);
        } catch (BadRequest refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
        DocumentWatch.of(bytes).isSound();
        UpstreamSettings upstream = FOREIGN.get(chance.nextInt(FOREIGN.size()));
        Endpoint asked = chance.nextBoolean() ? Endpoint.CHAT : Endpoint.MESSAGES;
        Translation translation = Translation.of(asked, upstream);
        if (translation != null) {
            try {
                translation.request(bytes);
            } catch (BadRequest refused) {
                assertThat(refused.getMessage()).isNotNull();
            }
            try {
                translation.document(bytes);
                translation.stream(bytes);
                translation.endOfStream();
            } catch (MalformedAnswer refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
            translation.error(bytes, 400);
        }
    }

    private static boolean isText(byte[] bytes) {
        return Arrays.equals(new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), bytes);
    }

    private static void watch(byte[] bytes, SplittableRandom chance) {
        Endpoint[] endpoints = {Endpoint.CHAT, Endpoint.MESSAGES, Endpoint.RESPONSES};
        StreamWatch watch = StreamWatch.of(endpoints[chance.nextInt(3)], true);
        EventSplitter splitter = new EventSplitter();
        int from = 0;
        int end = splitter.nextEnd(bytes, 0, bytes.length);
        while (end >= 0) {
            watch.event(bytes.clone(), from, end);
            from = end;
            end = splitter.nextEnd(bytes, end, bytes.length);
        }
        watch.said();
        watch.outputSoFar();
    }

    private static void read(int inputs) {
        SplittableRandom chance = Seeds.random();
        for (int i = 0; i < inputs; i++) {
            String body = BODIES.get(chance.nextInt(BODIES.size()));
            byte[] request = mutated(body.getBytes(StandardCharsets.UTF_8), chance);
            byte[] stream =
                    mutated(STREAMS.get(chance.nextInt(STREAMS.size())).getBytes(StandardCharsets.UTF_8), chance);
            try {
                readAll(request, chance);
                readAll(stream, chance);
                watch(stream, chance);
            } catch (RuntimeException fault) {
                throw new AssertionError(
                        Seeds.told() + ", input " + i + ": " + new String(request, StandardCharsets.ISO_8859_1) + "\n"
                                + new String(stream, StandardCharsets.ISO_8859_1),
                        fault);
            }
        }
    }

    @Test
    void noReaderFailsInAWayOfItsOwn() {
        read(20_000);
    }

    @Test
    @Tag("nightly")
    void noReaderFailsInAWayOfItsOwnAmongAMillion() {
        read(1_000_000);
    }

    /** Sends broken requests over sockets; a sound one between them is always answered, with its own words alone. */
    private static void overSockets(int inputs) throws IOException {
        SplittableRandom chance = Seeds.random();
        try (Bench bench = Bench.of(1, settings -> settings.withLimits(Limits.STANDARD.scaled(0.02)))) {
            String expected = bench.ask(Bench.chat(""))
                    .json()
                    .at("/choices/0/message/content")
                    .asString();
            List<Socket> open = new ArrayList<>();
            for (int i = 0; i < inputs; i++) {
                byte[] sound = Talk.request(
                        "/v1/chat/completions", BODIES.get(chance.nextInt(2)), "x-secret", "of request " + i);
                Socket socket = Talk.open(bench.gateway.port());
                socket.getOutputStream().write(mutated(sound, chance));
                open.add(socket);
                if (open.size() == 50) {
                    for (Socket each : open) {
                        drain(each, i);
                    }
                    open.clear();
                    assertThat(bench.ask(Bench.chat(""))
                                    .json()
                                    .at("/choices/0/message/content")
                                    .asString())
                            .as(Seeds.told())
                            .isEqualTo(expected);
                }
            }
            for (Socket each : open) {
                drain(each, inputs);
            }
            assertThat(bench.faults).as(Seeds.told()).isEmpty();
        }
    }

    private static void drain(Socket socket, int upTo) throws IOException {
        try (socket) {
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            byte[] answer = in.readAllBytes();
            String text = new String(answer, StandardCharsets.ISO_8859_1);
            assertThat(text).as("nobody's headers come back, up to %s", upTo).doesNotContain("of request");
        } catch (java.net.SocketException reset) {
            assertThat(reset.getMessage()).isNotNull();
        }
    }

    @Test
    void brokenRequestsOverSocketsHurtNobodyElse() throws IOException {
        overSockets(1000);
    }

    @Test
    @Tag("nightly")
    void manyBrokenRequestsOverSocketsHurtNobodyElse() throws IOException {
        overSockets(50_000);
    }
}
