package io.ampacity.cli;

import java.util.Set;

/** Which options of {@code ampacity simulate} speak of a plan, of a trace, or of replicas described beside them. */
final class OptionScopes {

    private OptionScopes() {}

    static final Set<String> OF_PLANS = Set.of("--scenario", "--period", "--duration");

    static final Set<String> OF_TRACES = Set.of("--trace-format", "--speed", "--repeat", "--limit");

    static final Set<String> OF_REPLICAS = Set.of(
            "--model",
            "--chip",
            "--tensor-parallel",
            "--pipeline-parallel",
            "--expert-parallel",
            "--data-parallel",
            "--precision",
            "--kv-precision",
            "--engine",
            "--replicas",
            "--max-num-seqs",
            "--max-batched-tokens",
            "--kv-tokens",
            "--ttft",
            "--tpot",
            "--attainment",
            "--offer",
            "--price",
            "--region",
            "--start",
            "--step-by-step",
            "--answers-chip",
            "--answers-tensor-parallel",
            "--answers-price",
            "--retry",
            "--max-outstanding",
            "--dispatch",
            "--cold-start");
}
