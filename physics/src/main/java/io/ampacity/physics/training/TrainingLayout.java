package io.ampacity.physics.training;

import io.ampacity.facts.Precision;

/**
 * How a training step is laid out over chips.
 *
 * @param pipelineChunks groups of layers a pipeline stage holds; 1 without interleaving
 * @param globalBatch sequences of one step over all replicas
 * @param microBatch sequences of one micro-batch
 * @param sequenceLength tokens of a sequence
 * @param sequenceParallel whether small kernels share the sequence over the tensor-parallel group
 * @param fusedAttention whether attention skips masked blocks and keeps its scores on chip
 * @param shardedState whether optimizer state is spread over replicas (ZeRO-1) so that weights are gathered each step
 */
public record TrainingLayout(
        int tensorParallel,
        int pipelineParallel,
        int pipelineChunks,
        int dataParallel,
        int globalBatch,
        int microBatch,
        int sequenceLength,
        Recomputation recomputation,
        boolean sequenceParallel,
        boolean fusedAttention,
        boolean shardedState,
        Precision precision) {

    public TrainingLayout {
        if (tensorParallel < 1 || pipelineParallel < 1 || pipelineChunks < 1 || dataParallel < 1) {
            throw new IllegalArgumentException("a degree of parallelism is below 1: tensor " + tensorParallel
                    + ", pipeline " + pipelineParallel + ", chunks " + pipelineChunks + ", data " + dataParallel);
        }
        if (microBatch < 1
                || sequenceLength < 1
                || globalBatch < microBatch * dataParallel
                || globalBatch % (microBatch * dataParallel) != 0) {
            throw new IllegalArgumentException("a global batch of " + globalBatch + " sequences is not a multiple of "
                    + dataParallel + " replicas × micro-batches of " + microBatch
                    + ". Maybe change one of the three");
        }
    }

    public int chips() {
        return tensorParallel * pipelineParallel * dataParallel;
    }

    /** Micro-batches of one replica in one step. */
    public int microBatches() {
        return globalBatch / (microBatch * dataParallel);
    }

    public double tokensPerStep() {
        return (double) globalBatch * sequenceLength;
    }
}
