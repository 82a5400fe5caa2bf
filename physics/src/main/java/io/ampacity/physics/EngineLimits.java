package io.ampacity.physics;

import io.ampacity.facts.Engine;

/**
 * How an engine forms its batches and takes memory: defaults of its documentation that a deployment may change.
 *
 * @param batchedTokens most new tokens of one iteration
 * @param sequences most sequences that run at once
 * @param memoryShare share of memory the engine takes
 * @param runtimeBytes memory of one chip that context, graphs and communication buffers take
 * @param mixesPrefill whether prompts are read in the same iteration as others decode; otherwise decoding waits
 */
public record EngineLimits(
        int batchedTokens, int sequences, double memoryShare, double runtimeBytes, boolean mixesPrefill) {

    /** The defaults of an engine's server. */
    public static EngineLimits of(Engine engine) {
        return switch (engine) {
            case VLLM -> new EngineLimits(8192, 1024, 0.9, 0.8e9, true);
            case SGLANG -> new EngineLimits(8192, 1024, 0.88, 0.8e9, false);
            case TRTLLM -> new EngineLimits(8192, 2048, 0.9, 1.5e9, true);
        };
    }

    public EngineLimits withBatchedTokens(int tokens) {
        return new EngineLimits(tokens, sequences, memoryShare, runtimeBytes, mixesPrefill);
    }

    public EngineLimits withSequences(int most) {
        return new EngineLimits(batchedTokens, most, memoryShare, runtimeBytes, mixesPrefill);
    }
}
