package io.ampacity.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.testing.Seeds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TicksTest {

    @Test
    void ticksAreRoundAndReachTheTop() {
        assertThat(Ticks.upTo(224, 4)).containsExactly(0.0, 100.0, 200.0, 300.0);
        assertThat(Ticks.upTo(0, 4)).containsExactly(0.0, 1.0);
        assertThat(Ticks.upTo(Double.NaN, 4)).containsExactly(0.0, 1.0);
    }

    @Test
    void anyHeightGetsAFewTicksThatCoverIt() {
        long seed = Seeds.SEED;
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            double top = Math.pow(10, random.nextDouble() * 18 - 6);
            List<Double> ticks = Ticks.upTo(top, 4);
            assertThat(ticks.size()).as("seed %d, top %s", seed, top).isBetween(2, 6);
            assertThat(ticks.getLast()).as("seed %d", seed).isGreaterThanOrEqualTo(top * (1 - 1e-9));
        }
    }

    @Test
    void momentsLieInsideAndAreFew() {
        assertThat(Ticks.moments(0, 10_800, 9)).hasSize(7).contains(3600.0);
        assertThat(Ticks.moments(5, 6e7, 9)).hasSizeLessThanOrEqualTo(10);
        assertThat(Ticks.clock(5400, 10_800)).isEqualTo("1:30 h");
        assertThat(Ticks.clock(95, 600)).isEqualTo("1:35 min");
    }
}
