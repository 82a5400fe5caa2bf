package io.ampacity.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import org.junit.jupiter.api.Test;

/** What chips of a replica spend talking. */
class CollectivesTest {

    private static Collectives of(int tensor) {
        return Collectives.of(
                ModelShape.of(Fixtures.LLAMA_70B),
                ChipSheet.of(Fixtures.H100),
                new Deployment(tensor, 1, 1, 1, Precision.FP8, Precision.FP8, Engine.TRTLLM),
                Efficiencies.TYPICAL,
                2);
    }

    @Test
    void oneChipHasNobodyToTalkTo() {
        assertThat(of(1).seconds(1000)).isZero();
    }

    @Test
    void moreTokensNeverTakeLessAndNoneJump() {
        Collectives eight = of(8);
        double before = eight.seconds(0);
        for (int tokens = 1; tokens < 1000; tokens++) {
            double seconds = eight.seconds(tokens);
            assertThat(seconds).isGreaterThan(before);
            assertThat(seconds - before).isLessThan(1e-4);
            before = seconds;
        }
    }

    /** Eight chips that read 1 MB from each of seven others, 160 times, against a ring that moves 1.75 MB. */
    @Test
    void aShortSumMovesEveryOthersPart() {
        double tokens = 64;
        double bytes = tokens * 8192 * 2;
        double moved = of(8).seconds(tokens) - of(8).seconds(0);
        assertThat(moved).isCloseTo(160 * 7 * bytes / (450e9 * Efficiencies.TYPICAL.link()), within(1e-6));
    }

    @Test
    void aLongSumIsTakenInARing() {
        Collectives eight = of(8);
        double slope = (eight.seconds(20_000) - eight.seconds(10_000)) / 10_000;
        assertThat(slope).isCloseTo(160 * 1.75 * 8192 * 2 / (450e9 * Efficiencies.TYPICAL.link()), within(1e-9));
    }
}
