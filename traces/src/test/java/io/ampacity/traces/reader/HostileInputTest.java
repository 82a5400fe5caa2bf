package io.ampacity.traces.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.ampacity.documents.DocumentException;
import io.ampacity.testing.Seeds;
import io.ampacity.traces.RequestSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever bytes a file holds, a reader ends with requests in order or with a {@link DocumentException}. */
class HostileInputTest {

    private static final List<TraceFormat> FORMATS =
            List.of(TraceFormat.AZURE, TraceFormat.BURSTGPT, TraceFormat.MOONCAKE, TraceFormat.REQUESTS);

    private static final List<String> VALID = List.of("""
            TIMESTAMP,ContextTokens,GeneratedTokens\r
            2023-11-16 18:17:03.9799600,4808,10\r
            2023-11-16 18:17:04.0319600,3180,8\r
            """, """
            Timestamp,Session ID,Model,Request tokens,Response tokens,Total tokens,Log Type
            5,1,ChatGPT,472,18,490,Conversation log
            45,2,"Chat, GPT",1087,230,1317,API log
            """, """
            {"timestamp": 0, "input_length": 6758, "output_length": 500, "hash_ids": [0, 1, 2]}
            {"timestamp": 9, "input_length": 7322, "output_length": 490, "hash_ids": ["a"]}
            """, """
            arrival_s,prompt_tokens,output_tokens,session,prefix_blocks,prefix_block_tokens
            0.5,374,44,1,1 2 -3,16
            1e0,396,109,,,
            2,"5",6.0,x,7,16
            """);

    private static final byte[] TELLING =
            "\0\n\r\",:;{}[]\\-+.eE0123456789 \tNaN\u00ff".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    Path folder;

    @Test
    void noMutationOfAValidFileEscapesTheDocumentedException() throws IOException {
        SplittableRandom random = Seeds.random();
        int refused = 0;
        int read = 0;
        for (int round = 0; round < 4_000; round++) {
            TraceFormat format = FORMATS.get(round % FORMATS.size());
            byte[] bytes = mutated(VALID.get(round % VALID.size()).getBytes(StandardCharsets.UTF_8), random);
            if (survives(bytes, random.nextBoolean() ? format : null)) {
                read++;
            } else {
                refused++;
            }
        }
        // Were nearly all refused, or none, the mutations would test little.
        assertThat(refused).isGreaterThan(250);
        assertThat(read).isGreaterThan(250);
    }

    @Test
    void binaryJunkIsRefusedInEveryTextFormat() throws IOException {
        SplittableRandom random = Seeds.random();
        for (int round = 0; round < 100; round++) {
            byte[] junk = new byte[random.nextInt(1, 5000)];
            random.nextBytes(junk);
            for (TraceFormat format : FORMATS) {
                assertThat(survives(junk, format)).as(Seeds.told()).isFalse();
            }
        }
    }

    private boolean survives(byte[] bytes, @Nullable TraceFormat format) throws IOException {
        Path file = Files.write(folder.resolve("trace"), bytes);
        try (RequestSource source = Traces.open(file, format)) {
            double last = 0;
            while (source.next()) {
                if (!(source.arrivalSeconds() >= last) || source.promptTokens() < 0 || source.outputTokens() < 0) {
                    fail("a request is out of order or negative, " + Seeds.told());
                }
                last = source.arrivalSeconds();
                for (int i = 0; i < source.prefixBlocks(); i++) {
                    source.prefixBlock(i);
                }
            }
            return true;
        } catch (DocumentException refused) {
            assertThat(refused.issues()).hasSize(1);
            assertThat(refused.getMessage()).contains("Maybe ").hasSizeLessThan(2000);
            return false;
        } catch (RuntimeException escaped) {
            throw new AssertionError(
                    Seeds.told() + ", " + format + ": " + new String(bytes, StandardCharsets.ISO_8859_1), escaped);
        }
    }

    private static byte[] mutated(byte[] valid, SplittableRandom random) {
        byte[] bytes = valid.clone();
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(Math.max(1, bytes.length));
            switch (random.nextInt(5)) {
                case 0 -> bytes = Arrays.copyOf(bytes, at);
                case 1 -> bytes = spliced(bytes, at, at, TELLING[random.nextInt(TELLING.length)]);
                case 2 -> bytes = spliced(bytes, at, Math.min(bytes.length, at + 1));
                case 3 -> bytes = spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, bytes.length));
                default -> {
                    if (bytes.length > 0) {
                        bytes[at] = TELLING[random.nextInt(TELLING.length)];
                    }
                }
            }
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte... between) {
        byte[] result = Arrays.copyOf(bytes, bytes.length - (to - from) + between.length);
        System.arraycopy(between, 0, result, from, between.length);
        System.arraycopy(bytes, to, result, from + between.length, bytes.length - to);
        return result;
    }
}
