package io.ampacity.cli;

import io.ampacity.facts.Chip;
import io.ampacity.simulator.replica.EngineSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the serving engine of a replica batches, where its defaults on the chip shall not hold. */
final class EngineOptions {

    @Option(names = "--max-num-seqs", paramLabel = "N", description = "Most requests running at once on a replica.")
    private @Nullable Integer maxNumSeqs;

    @Option(names = "--max-batched-tokens", paramLabel = "N", description = "Most new tokens in one engine iteration.")
    private @Nullable Integer maxBatchedTokens;

    @Option(names = "--kv-tokens", paramLabel = "N", description = "Room of a replica's KV cache in tokens.")
    private @Nullable Long kvTokens;

    @Option(names = "--step-by-step", description = "Simulate every engine iteration as an event: slower, same result.")
    private boolean stepByStep;

    /** @throws BadInput when a figure is below 1 */
    void check() {
        Numbers.checkAtLeastOne("--max-num-seqs", maxNumSeqs);
        Numbers.checkAtLeastOne("--max-batched-tokens", maxBatchedTokens);
        Numbers.checkAtLeastOne("--kv-tokens", kvTokens);
    }

    /** The engine's settings on a chip. */
    EngineSettings engine(Chip chip) {
        EngineSettings engine = EngineSettings.forChip(chip).withStepByStep(stepByStep);
        if (maxBatchedTokens != null) {
            engine = engine.withMaxNumSeqs(Math.min(engine.maxNumSeqs(), maxBatchedTokens))
                    .withMaxBatchedTokens(maxBatchedTokens);
        }
        if (maxNumSeqs != null) {
            engine = engine.withMaxNumSeqs(maxNumSeqs);
        }
        return kvTokens == null ? engine : engine.withKvTokens(kvTokens);
    }
}
