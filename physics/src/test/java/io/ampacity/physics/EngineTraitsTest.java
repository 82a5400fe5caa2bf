package io.ampacity.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Precision;
import org.junit.jupiter.api.Test;

/** What an engine does its own way: recorded graphs, eight-bit caches, drawing of tokens. */
class EngineTraitsTest {

    private static ServingStepModel model(
            Chip chip, LanguageModel model, Engine engine, Precision cache, Decoding decoding) {
        Deployment deployment = new Deployment(1, 1, 1, 1, Precision.BF16, cache, engine);
        return ServingPhysics.sketch(
                chip, model, deployment, EngineLimits.of(chip, deployment), Efficiencies.TYPICAL, decoding);
    }

    private static ServingStepModel small(Engine engine, Precision cache) {
        return model(Fixtures.H100, Fixtures.LLAMA_8B, engine, cache, Decoding.GREEDY);
    }

    @Test
    void aShortPromptJoinsARecordedGraphAndALongOneIsLaunched() {
        ServingStepModel vllm = small(Engine.VLLM, Precision.BF16);
        double launched = 32 * Efficiencies.TYPICAL.promptLayerSeconds();
        assertThat(vllm.stepSeconds(256, 256 * 128.0, 256, 0)).isLessThan(launched);
        assertThat(vllm.stepSeconds(257, 257 * 128.0, 256, 0)).isGreaterThan(launched);
        assertThat(small(Engine.SGLANG, Precision.BF16).stepSeconds(64, 64 * 32.0, 0, 0))
                .isGreaterThan(launched);
    }

    @Test
    void anEightBitCacheIsReadInHalfTheTimeExceptWhereAnEngineWidensIt() {
        double wide = small(Engine.TRTLLM, Precision.BF16).decodeSecondsPerContextToken(8);
        assertThat(small(Engine.TRTLLM, Precision.FP8).decodeSecondsPerContextToken(8) / wide)
                .isCloseTo(0.5, within(1e-9));
        assertThat(small(Engine.VLLM, Precision.BF16).decodeSecondsPerContextToken(8))
                .isEqualTo(wide);
        assertThat(small(Engine.VLLM, Precision.FP8).decodeSecondsPerContextToken(8) / wide)
                .isBetween(0.7, 0.85);
        assertThat(model(Fixtures.B200, Fixtures.LLAMA_8B, Engine.VLLM, Precision.FP8, Decoding.GREEDY)
                                .decodeSecondsPerContextToken(8)
                        / model(Fixtures.B200, Fixtures.LLAMA_8B, Engine.VLLM, Precision.BF16, Decoding.GREEDY)
                                .decodeSecondsPerContextToken(8))
                .isCloseTo(0.5, within(1e-9));
    }

    @Test
    void drawingATokenTakesTimeInProportionToTheVocabulary() {
        assertThat(drawing(Fixtures.QWEN_32B) / drawing(Fixtures.LLAMA_8B)).isCloseTo(151936.0 / 128256, within(1e-6));
    }

    private static double drawing(LanguageModel model) {
        ServingStepModel drawn = model(Fixtures.B200, model, Engine.VLLM, Precision.BF16, Decoding.SAMPLED);
        ServingStepModel greedy = model(Fixtures.B200, model, Engine.VLLM, Precision.BF16, Decoding.GREEDY);
        return drawn.stepSeconds(0, 0, 64, 0) - greedy.stepSeconds(0, 0, 64, 0);
    }

    @Test
    void aLayerThatDraftsOnItsOwnOutputIsRightLessOften() {
        assertThat(Drafting.ownLayer(1).tokensPerStep()).isCloseTo(1.82, within(0.01));
        assertThat(Drafting.ownLayer(3).tokensPerStep()).isBetween(2.3, 2.9);
        for (int tokens = 1; tokens < 8; tokens++) {
            assertThat(Drafting.ownLayer(tokens + 1).acceptance())
                    .isLessThan(Drafting.ownLayer(tokens).acceptance());
        }
    }
}
