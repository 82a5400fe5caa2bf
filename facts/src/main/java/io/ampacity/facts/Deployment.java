package io.ampacity.facts;

/**
 * How one replica of a model is laid out over a group of chips.
 *
 * @param tensorParallel chips that share each layer, at least 1
 * @param pipelineParallel groups of layers, at least 1
 * @param expertParallel chips over which experts are spread, at least 1; 1 keeps experts tensor-parallel
 * @param dataParallel copies of attention inside the replica (DP attention), at least 1
 * @param weights format of the weights and so of the matrix arithmetic
 * @param kvCache format of the KV cache
 * @param engine the serving software
 */
public record Deployment(
        int tensorParallel,
        int pipelineParallel,
        int expertParallel,
        int dataParallel,
        Precision weights,
        Precision kvCache,
        Engine engine) {

    public Deployment {
        if (tensorParallel < 1 || pipelineParallel < 1 || expertParallel < 1 || dataParallel < 1) {
            throw new IllegalArgumentException("a degree of parallelism is below 1: tensor " + tensorParallel
                    + ", pipeline " + pipelineParallel + ", expert " + expertParallel + ", data " + dataParallel);
        }
    }

    /** Tensor-parallel BF16 on vLLM, the plainest layout. */
    public static Deployment tensorParallel(int degree) {
        return new Deployment(degree, 1, 1, 1, Precision.BF16, Precision.BF16, Engine.VLLM);
    }

    /** Chips one replica takes: attention is spread over tensor × data, experts over the same chips. */
    public int chips() {
        return pipelineParallel * tensorParallel * dataParallel;
    }

    /** Short name such as {@code tp4-fp8}. */
    public String id() {
        return "tp" + tensorParallel
                + (pipelineParallel > 1 ? "-pp" + pipelineParallel : "")
                + (expertParallel > 1 ? "-ep" + expertParallel : "")
                + (dataParallel > 1 ? "-dp" + dataParallel : "")
                + "-" + weights.id()
                + (kvCache == weights || (kvCache == Precision.BF16 && weights != Precision.BF16)
                        ? ""
                        : "-kv" + kvCache.id())
                + (engine == Engine.VLLM ? "" : "-" + engine.id());
    }
}
