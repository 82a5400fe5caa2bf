package io.ampacity.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.ampacity.facts.LanguageModel.Attention;
import io.ampacity.facts.LanguageModel.FeedForward;
import io.ampacity.facts.LanguageModel.LayerKinds;
import io.ampacity.facts.Precision;
import org.junit.jupiter.api.Test;

class ModelShapeTest {

    @Test
    void countedParametersEqualTheMakersWord() {
        assertThat(ModelShape.of(Fixtures.LLAMA_8B).totalParameters()).isCloseTo(8.03e9, withinPercentage(0.5));
        assertThat(ModelShape.of(Fixtures.LLAMA_70B).totalParameters()).isCloseTo(70.6e9, withinPercentage(0.5));
        assertThat(ModelShape.of(Fixtures.LLAMA_405B).totalParameters()).isCloseTo(405.9e9, withinPercentage(0.5));
        assertThat(ModelShape.of(Fixtures.QWEN_32B).totalParameters()).isCloseTo(32.8e9, withinPercentage(0.5));
        assertThat(ModelShape.of(Fixtures.QWEN_30B_A3B).totalParameters()).isCloseTo(30.5e9, withinPercentage(0.5));
        assertThat(ModelShape.of(Fixtures.DEEPSEEK_R1).totalParameters()).isCloseTo(671e9, withinPercentage(0.5));
        assertThat(ModelShape.of(Fixtures.DEEPSEEK_R1).activeParameters()).isCloseTo(37e9, withinPercentage(2));
    }

    @Test
    void keysAndValuesTakeTheKnownBytesAToken() {
        assertThat(ModelShape.of(Fixtures.LLAMA_8B).kvBytesPerToken(Precision.BF16))
                .isEqualTo(131_072);
        assertThat(ModelShape.of(Fixtures.LLAMA_70B).kvBytesPerToken(Precision.BF16))
                .isEqualTo(327_680);
        assertThat(ModelShape.of(Fixtures.DEEPSEEK_R1).kvBytesPerToken(Precision.BF16))
                .isEqualTo(61 * 576 * 2);
    }

    @Test
    void aSlidingLayerKeepsItsWindowAndNoMore() {
        ModelShape shape = ModelShape.of(Fixtures.model(
                "sliding",
                24,
                2880,
                64,
                201088,
                new Attention.GroupedQuery(8, 64),
                new LayerKinds(12, 12, 128, 0),
                new FeedForward.MixtureOfExperts(32, 4, 2880, 0, 0, 0, 0, 3)));
        assertThat(shape.fullLayers()).isEqualTo(12);
        assertThat(shape.kvBytesPerToken(Precision.BF16)).isEqualTo(12 * 1024 * 2);
        assertThat(shape.stateBytesPerSequence(Precision.BF16)).isEqualTo(12 * 128 * 1024 * 2);
    }

    @Test
    void touchedExpertsFollowTheChanceOfBeingChosen() {
        ModelShape shape = ModelShape.of(Fixtures.QWEN_30B_A3B);
        assertThat(shape.touchedExperts(0)).isZero();
        assertThat(shape.touchedExperts(1)).isCloseTo(8, withinPercentage(1e-6));
        assertThat(shape.touchedExperts(2)).isCloseTo(128 * (1 - Math.pow(1 - 8.0 / 128, 2)), withinPercentage(1e-6));
        assertThat(shape.touchedExperts(100_000)).isCloseTo(128, withinPercentage(1e-6));
    }
}
