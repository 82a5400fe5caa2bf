package io.ampacity.gateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.testing.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LinesTest {

    @Test
    void aLineEndsWhereASearchByteByByteSaysSo() {
        SplittableRandom random = Seeds.random();
        byte[] near = {'\n', '\r', '\n' - 1, '\n' + 1, '\r' + 1, (byte) ('\n' | 0x80), (byte) ('\r' | 0x80), 0, -1};
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[random.nextInt(1, 40)];
            random.nextBytes(bytes);
            for (int i = random.nextInt(4); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = near[random.nextInt(near.length)];
            }
            int from = random.nextInt(bytes.length + 1);
            int to = random.nextInt(from, bytes.length + 1);
            int expected = from;
            while (expected < to && bytes[expected] != '\n' && bytes[expected] != '\r') {
                expected++;
            }
            assertThat(Lines.end(bytes, from, to))
                    .as("%s, round %d", Seeds.told(), round)
                    .isEqualTo(expected);
        }
    }
}
