package io.ampacity.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The cursor against another parser: both take the same documents and read the same texts of them. */
final class JsonCursorTest {

    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final String JUNK = "{}[]\",:0123456789.eE+-\\utrfalsn x\n\t\u0000\u0001";

    private static final String[] SEEDS = {
        "{\"a\":1,\"b\":[true,false,null,-1.5e+3],\"c\":{\"d\":\"x\\u00e9\\n\\\"\"}}",
        "[{\"delta\":{\"content\":\"hello \\ud83d\\ude00\"},\"index\":0}]",
        "{\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":0},\"choices\":[]}",
        "\"text\"",
        " 0 ",
        "{}",
        "[]",
    };

    static LongStream seeds() {
        return Seeds.upTo(200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void itTakesWhatAnotherParserTakesAndNothingElse(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = SEEDS[random.nextInt(SEEDS.length)].getBytes(StandardCharsets.UTF_8);
            int changes = random.nextInt(3);
            for (int change = 0; change < changes; change++) {
                bytes[random.nextInt(bytes.length)] = (byte) JUNK.charAt(random.nextInt(JUNK.length()));
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            assertThat(takes(bytes)).as("seed " + seed + ": " + text).isEqualTo(jacksonTakes(text));
        }
    }

    private static boolean takes(byte[] bytes) {
        try {
            JsonCursor cursor = new JsonCursor().over(bytes, 0, bytes.length);
            cursor.skip();
            cursor.finish();
            return true;
        } catch (MalformedJson malformed) {
            return false;
        }
    }

    private static boolean jacksonTakes(String text) {
        try {
            JsonNode node = JACKSON.readTree(text);
            return node != null && !node.isMissingNode();
        } catch (JacksonException malformed) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void textsAreReadAsAnotherParserReadsThem(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            text.appendCodePoint(random.nextInt(4) == 0 ? 0x1F600 + random.nextInt(50) : random.nextInt(0x300));
        }
        byte[] json = JACKSON.writeValueAsBytes(text.toString());
        JsonCursor cursor = new JsonCursor().over(json, 0, json.length);
        assertThat(cursor.string()).isTrue();
        assertThat(cursor.text()).as("seed " + seed).isEqualTo(text.toString());
        assertThat(JACKSON.readTree(JsonText.quoted(text.toString())).asString())
                .as("seed " + seed)
                .isEqualTo(text.toString());
    }

    @Test
    void deepNestingIsRefusedAndNotFollowed() {
        byte[] deep = "[".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        assertThat(takes(deep)).isFalse();
    }

    @Test
    void countsBeyondEighteenDigitsAndBelowZeroAreUnknown() {
        assertThat(count("12")).isEqualTo(12);
        assertThat(count("-1")).isEqualTo(-1);
        assertThat(count("1.5")).isEqualTo(-1);
        assertThat(count("9999999999999999999")).isEqualTo(-1);
        assertThat(count("\"7\"")).isEqualTo(-1);
    }

    private static long count(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new JsonCursor().over(bytes, 0, bytes.length).count();
    }
}
