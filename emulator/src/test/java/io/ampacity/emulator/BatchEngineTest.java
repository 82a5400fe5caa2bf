package io.ampacity.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Precision;
import io.ampacity.physics.EngineLimits;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.StepModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The pace of a replica is the one that physics foretells. */
final class BatchEngineTest {

    private static final int TOKENS = 30;

    private static StepModel model() {
        Catalogue catalogue = BuiltInCatalogue.load();
        Chip chip = catalogue.chip("h100-sxm").orElseThrow();
        LanguageModel model = catalogue.model("llama-3.1-8b").orElseThrow();
        return ServingPhysics.shipped()
                .stepModel(chip, model, new Deployment(1, 1, 1, 1, Precision.BF16, Precision.BF16, Engine.VLLM));
    }

    @Test
    void oneSequenceTakesItsPrefillAndItsSteps() {
        StepModel model = model();
        double scale = 3;
        double expected = 0;
        int prompt = 5;
        for (int token = 0; token < TOKENS; token++) {
            expected += token == 0
                    ? model.stepSeconds(prompt, prompt * prompt / 2.0, 0, 0)
                    : model.stepSeconds(0, 0, 1, prompt + token);
        }
        expected = (expected + model.arrivalOverheadSeconds()) * scale;
        EmulatorSettings settings = EmulatorSettings.usual()
                .withPace(new Pace.OfReplica(model, EngineLimits.of(Engine.VLLM), scale))
                .withOutputTokens(TOKENS);
        try (Emulator emulator = Emulator.start(settings)) {
            ask(emulator);
            double seconds = ask(emulator);
            // Timers may be late, never early.
            assertThat(seconds).isBetween(expected * 0.99, expected * 1.5 + 0.2);
        }
    }

    @Test
    void aBatchIsNearlyAsFastAsOneAndEverySequenceEnds() {
        StepModel model = model();
        EmulatorSettings settings = EmulatorSettings.usual()
                .withPace(new Pace.OfReplica(model, EngineLimits.of(Engine.VLLM).withSequences(8), 1))
                .withOutputTokens(TOKENS);
        try (Emulator emulator = Emulator.start(settings)) {
            List<CompletableFuture<Double>> asked = IntStream.range(0, 20)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(
                            () -> ask(emulator), task -> Thread.ofVirtual().start(task)))
                    .toList();
            asked.forEach(CompletableFuture::join);
            assertThat(emulator.account().outputTokens()).isEqualTo(20L * TOKENS);
            assertThat(emulator.account().running()).isZero();
        }
    }

    private static double ask(Emulator emulator) {
        long began = System.nanoTime();
        assertThat(Asking.post(emulator, "/v1/chat/completions", """
                        {"model":"m","messages":[{"role":"user","content":"hello, you there"}]}""").statusCode())
                .isEqualTo(200);
        return (System.nanoTime() - began) / 1e9;
    }
}
