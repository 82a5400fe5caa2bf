package io.ampacity.physics;

import io.ampacity.facts.Deployment;
import io.ampacity.facts.Precision;

/**
 * What one chip of a deployment moves and computes in an iteration: coefficients of tokens, sequences and context, from the
 * shape of the model and how it is spread.
 *
 * @param linearBytes weights that every iteration streams: attention, dense and shared blocks
 * @param linearFlopsPerToken operations with them
 * @param expertBytesEach weights of one routed expert in all layers
 * @param expertFlopsPerToken operations of a token with its routed experts
 * @param headBytes the output table
 * @param headFlopsPerSequence operations with it
 * @param keyValueBytesPerContextToken keys and values read for each cached token while decoding
 * @param decodeFlopsPerContextToken attention's operations for each of them
 * @param keyValueBytesPerSequence what a sequence reads whatever its length: windows, linear states
 * @param prefillFlopsPerPair attention's operations for each pair of tokens of a prompt
 * @param slidingFlopsPerToken the same in layers with a window, for each token
 */
record StepWork(
        double linearBytes,
        double linearFlopsPerToken,
        double expertBytesEach,
        double expertFlopsPerToken,
        double headBytes,
        double headFlopsPerSequence,
        double keyValueBytesPerContextToken,
        double decodeFlopsPerContextToken,
        double keyValueBytesPerSequence,
        double prefillFlopsPerPair,
        double slidingFlopsPerToken) {

    static StepWork of(ModelShape shape, Deployment deployment) {
        double tensor = deployment.tensorParallel();
        double attentionCopies = deployment.dataParallel();
        double stageChips = tensor * attentionCopies;
        double width = deployment.weights().bytes();
        double attentionWidth = attentionWeights(shape, deployment.weights()).bytes();
        double attentionWeights =
                shape.layers() * (shape.attentionParameters() / tensor + shape.replicatedParameters());
        double blockWeights =
                (shape.denseLayers() * shape.denseParameters() + shape.moeLayers() * shape.sharedParameters())
                        / stageChips;
        double linearBytes = attentionWeights * attentionWidth + blockWeights * width;
        double linearFlopsPerToken = 2 * (attentionWeights / attentionCopies + blockWeights);
        double expertBytesEach = shape.moeLayers() * shape.expertParameters() * width / stageChips;
        double expertFlopsPerToken =
                2 * shape.moeLayers() * shape.expertParameters() * shape.expertsPerToken() / stageChips;
        double headBytes = shape.headParameters() * ModelShape.tableBytes(deployment.weights()) / tensor;
        double headFlopsPerSequence = 2 * shape.headParameters() / tensor / attentionCopies;

        double headShare = shape.latent() ? 1 : Math.max(1 / tensor, 1.0 / shape.keyValueHeads());
        double keyValueBytes =
                shape.keyValueElements() * headShare * deployment.kvCache().bytes() / attentionCopies;
        double pairShare = 1 / (tensor * attentionCopies);
        double keyValueBytesPerContextToken = shape.fullLayers() * keyValueBytes;
        double decodeFlopsPerContextToken = shape.fullLayers() * shape.decodeFlopsPerPair() * pairShare;
        double keyValueBytesPerSequence =
                shape.stateBytesPerSequence(deployment.kvCache()) * headShare / attentionCopies;
        double prefillFlopsPerPair = shape.fullLayers() * shape.prefillFlopsPerPair() * pairShare;
        double slidingFlopsPerToken =
                shape.slidingLayers() * (double) shape.window() * shape.prefillFlopsPerPair() * pairShare;
        return new StepWork(
                linearBytes,
                linearFlopsPerToken,
                expertBytesEach,
                expertFlopsPerToken,
                headBytes,
                headFlopsPerSequence,
                keyValueBytesPerContextToken,
                decodeFlopsPerContextToken,
                keyValueBytesPerSequence,
                prefillFlopsPerPair,
                slidingFlopsPerToken);
    }

    /** Four-bit checkpoints of mixtures keep attention at eight bits: its weights are few and its error is not. */
    static Precision attentionWeights(ModelShape shape, Precision weights) {
        return weights == Precision.FP4 && shape.experts() > 0 ? Precision.FP8 : weights;
    }
}
