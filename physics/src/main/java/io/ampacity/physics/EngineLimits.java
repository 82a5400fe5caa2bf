package io.ampacity.physics;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;

/**
 * How an engine forms its batches and takes memory: defaults of its documentation that a deployment may change.
 *
 * @param batchedTokens most new tokens of one iteration
 * @param sequences most sequences that run at once
 * @param memoryShare share of memory the engine takes
 * @param runtimeBytes memory of one chip that context, graphs and communication buffers take
 * @param mixesPrefill whether prompts are read in the same iteration as others decode; otherwise decoding waits
 * @param splitsPrompts whether a prompt may be read in parts over several iterations
 */
public record EngineLimits(
        int batchedTokens,
        int sequences,
        double memoryShare,
        double runtimeBytes,
        boolean mixesPrefill,
        boolean splitsPrompts) {

    /** Share of memory that operators give an engine when its default leaves too little. */
    private static final double LARGEST_SHARE = 0.95;

    /** Chips with less memory, or older than eight-bit floats, get a smaller batch from vLLM. */
    private static final double LARGE_MEMORY = 70.0 * (1L << 30);

    /**
     * Most tokens of an iteration that reads prompts and is still launched as one recorded graph: vLLM records sizes up to
     * 512 and splits graphs at attention (default of {@code cudagraph_capture_sizes}); others record decoding alone.
     */
    static int recordedTokens(Engine engine) {
        return engine == Engine.VLLM ? 512 : 0;
    }

    /** The defaults of an engine's server on a large chip. */
    public static EngineLimits of(Engine engine) {
        return switch (engine) {
            case VLLM -> new EngineLimits(8192, 1024, 0.9, 0.8e9, true, true);
            case SGLANG -> new EngineLimits(8192, 1024, 0.88, 0.8e9, false, true);
            case TRTLLM -> new EngineLimits(8192, 2048, 0.9, 1.5e9, true, false);
        };
    }

    /**
     * The defaults of a deployment's server on a chip. vLLM starts with smaller batches where there is less than 70 GiB and
     * on A100 ({@code vllm/engine/arg_utils.py}, v0.9 to v0.19), which also leaves more room for context. Each copy of
     * attention has a batch of its own.
     */
    public static EngineLimits of(Chip chip, Deployment deployment) {
        EngineLimits large = of(deployment.engine());
        boolean small = deployment.engine() == Engine.VLLM
                && (!chip.peakFlops().containsKey(Precision.FP8)
                        || chip.memoryBytes() == null
                        || chip.memoryBytes().value() < LARGE_MEMORY);
        EngineLimits limits = small ? large.withBatchedTokens(2048).withSequences(256) : large;
        return limits.withBatchedTokens(limits.batchedTokens() * deployment.dataParallel())
                .withSequences(limits.sequences() * deployment.dataParallel());
    }

    public EngineLimits withBatchedTokens(int tokens) {
        return new EngineLimits(tokens, sequences, memoryShare, runtimeBytes, mixesPrefill, splitsPrompts);
    }

    public EngineLimits withSequences(int most) {
        return new EngineLimits(batchedTokens, most, memoryShare, runtimeBytes, mixesPrefill, splitsPrompts);
    }

    /** The same with as much memory as an engine can be given. */
    EngineLimits withLargestShare() {
        return new EngineLimits(
                batchedTokens,
                sequences,
                Math.max(memoryShare, LARGEST_SHARE),
                runtimeBytes,
                mixesPrefill,
                splitsPrompts);
    }
}
