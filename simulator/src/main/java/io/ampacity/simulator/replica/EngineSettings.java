package io.ampacity.simulator.replica;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.physics.EngineLimits;
import java.util.function.Consumer;

/**
 * How the serving engine of a replica batches, named as vLLM names it.
 *
 * @param maxNumSeqs most requests running at once
 * @param maxBatchedTokens most new tokens in one iteration; at least {@code maxNumSeqs}
 * @param blockSize tokens in one block of the KV cache
 * @param kvTokens room of the KV cache in tokens; 0 takes what the step model says
 * @param reserveFullPrompt whether a request starts only when its whole prompt fits, not just its first chunk
 * @param prefixShare share of each prompt taken as cached, for traffic whose prefixes are known only as a share; 0 to
 *     under 1
 * @param prefixCaching whether prompts whose blocks are named share their cache
 * @param stepByStep whether to simulate every step as an event of its own: the same result, slower
 * @param draftedTokens tokens drafted for each decoding request in a step, which count against the budget of the
 *     iteration; 0 without speculative decoding
 * @param tokensPerStep tokens that a real step gives a sequence, which come in one message: 1 without speculative decoding;
 *     at most one more than are drafted
 */
public record EngineSettings(
        int maxNumSeqs,
        int maxBatchedTokens,
        int blockSize,
        long kvTokens,
        boolean reserveFullPrompt,
        double prefixShare,
        boolean prefixCaching,
        boolean stepByStep,
        int draftedTokens,
        double tokensPerStep) {

    /** vLLM's defaults for serving on chips with 70 GiB and more, A100 excepted. */
    public static final EngineSettings LARGE = new EngineSettings(1024, 8192, 16, 0, true, 0, true, false);

    /** vLLM's defaults for serving on smaller chips. */
    public static final EngineSettings SMALL = new EngineSettings(256, 2048, 16, 0, true, 0, true, false);

    /** Settings without speculative decoding. */
    public EngineSettings(
            int maxNumSeqs,
            int maxBatchedTokens,
            int blockSize,
            long kvTokens,
            boolean reserveFullPrompt,
            double prefixShare,
            boolean prefixCaching,
            boolean stepByStep) {
        this(
                maxNumSeqs,
                maxBatchedTokens,
                blockSize,
                kvTokens,
                reserveFullPrompt,
                prefixShare,
                prefixCaching,
                stepByStep,
                0,
                1);
    }

    public EngineSettings {
        check(maxNumSeqs >= 1, "max-num-seqs", maxNumSeqs, "at least 1");
        check(
                maxBatchedTokens >= maxNumSeqs,
                "max-batched-tokens",
                maxBatchedTokens,
                "at least max-num-seqs, " + maxNumSeqs);
        check(blockSize >= 1 && blockSize <= 4096, "block-size", blockSize, "1 to 4096");
        check(kvTokens >= 0, "kv-tokens", kvTokens, "at least 0, where 0 takes the model's");
        check(draftedTokens >= 0 && draftedTokens <= 64, "drafted tokens", draftedTokens, "0 to 64");
        if (!(tokensPerStep >= 1 && tokensPerStep <= 1 + draftedTokens)) {
            throw new IllegalArgumentException("a step that gives " + tokensPerStep + " tokens when " + draftedTokens
                    + " are drafted is outside 1 to " + (1 + draftedTokens));
        }
        if (!(prefixShare >= 0 && prefixShare < 1)) {
            throw new IllegalArgumentException("prefix share " + prefixShare + " is outside 0 to under 1");
        }
    }

    /** vLLM's defaults on a chip. */
    public static EngineSettings forChip(Chip chip) {
        EngineLimits limits = EngineLimits.of(chip, Deployment.tensorParallel(1));
        return LARGE.withMaxNumSeqs(limits.sequences()).withMaxBatchedTokens(limits.batchedTokens());
    }

    public EngineSettings withMaxNumSeqs(int sequences) {
        return with(draft -> draft.maxNumSeqs = sequences);
    }

    public EngineSettings withMaxBatchedTokens(int tokens) {
        return with(draft -> draft.maxBatchedTokens = tokens);
    }

    public EngineSettings withKvTokens(long tokens) {
        return with(draft -> draft.kvTokens = tokens);
    }

    public EngineSettings withPrefixShare(double share) {
        return with(draft -> draft.prefixShare = share);
    }

    public EngineSettings withPrefixCaching(boolean caching) {
        return with(draft -> draft.prefixCaching = caching);
    }

    public EngineSettings withStepByStep(boolean steps) {
        return with(draft -> draft.stepByStep = steps);
    }

    /** The same with so many tokens drafted, of which a step brings so many with the one that is known to come. */
    public EngineSettings withDrafts(int tokens, double tokensPerStep) {
        return with(draft -> {
            draft.draftedTokens = tokens;
            draft.tokensPerStep = tokensPerStep;
        });
    }

    private EngineSettings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** The same settings while one of them changes. */
    private static final class Draft {
        int maxNumSeqs;
        int maxBatchedTokens;
        int blockSize;
        long kvTokens;
        boolean reserveFullPrompt;
        double prefixShare;
        boolean prefixCaching;
        boolean stepByStep;
        int draftedTokens;
        double tokensPerStep;

        Draft(EngineSettings from) {
            maxNumSeqs = from.maxNumSeqs;
            maxBatchedTokens = from.maxBatchedTokens;
            blockSize = from.blockSize;
            kvTokens = from.kvTokens;
            reserveFullPrompt = from.reserveFullPrompt;
            prefixShare = from.prefixShare;
            prefixCaching = from.prefixCaching;
            stepByStep = from.stepByStep;
            draftedTokens = from.draftedTokens;
            tokensPerStep = from.tokensPerStep;
        }

        EngineSettings settings() {
            return new EngineSettings(
                    maxNumSeqs,
                    maxBatchedTokens,
                    blockSize,
                    kvTokens,
                    reserveFullPrompt,
                    prefixShare,
                    prefixCaching,
                    stepByStep,
                    draftedTokens,
                    tokensPerStep);
        }
    }

    private static void check(boolean holds, String name, long value, String range) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be " + range);
        }
    }
}
