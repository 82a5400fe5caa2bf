package io.ampacity.physics;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import org.junit.jupiter.api.Test;

/** How engines form batches by default. */
class EngineLimitsTest {

    @Test
    void vllmBatchesLessOnOlderChips() {
        Deployment one = Deployment.tensorParallel(1);
        assertThat(EngineLimits.of(Fixtures.H100, one).batchedTokens()).isEqualTo(8192);
        assertThat(EngineLimits.of(Fixtures.A100, one).batchedTokens()).isEqualTo(2048);
        assertThat(EngineLimits.of(Fixtures.A100, one).sequences()).isEqualTo(256);
    }

    @Test
    void eachCopyOfAttentionHasABatchOfItsOwn() {
        Deployment copies = new Deployment(1, 1, 8, 8, Precision.FP8, Precision.FP8, Engine.SGLANG);
        assertThat(EngineLimits.of(Fixtures.B200, copies).batchedTokens()).isEqualTo(8 * 8192);
    }

    @Test
    void anEngineGetsMoreMemoryWhenItsShareIsTooLittle() {
        Deployment four = new Deployment(4, 1, 1, 1, Precision.FP8, Precision.FP8, Engine.SGLANG);
        // 671 GB of weights leave 88 % of four times 192 GB nothing, and 95 % a little.
        MemoryRoom room = ServingPhysics.memoryRoom(
                Fixtures.chip("b200-192", 2250, 4500, 9000, 192, 8.0, 1000, 900, 8), Fixtures.DEEPSEEK_R1, four);
        assertThat(room.fits()).isTrue();
        assertThat(room.usableBytes()).isEqualTo(0.95 * 192e9);
        assertThat(ServingPhysics.memoryRoom(Fixtures.H100, Fixtures.DEEPSEEK_R1, four)
                        .fits())
                .isFalse();
    }
}
