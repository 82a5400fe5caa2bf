package io.ampacity.physics.measurement;

import java.util.Locale;

/** A kind of file that measurements come in. */
public enum MeasurementFormat {
    /** The product's own rows, one an operating point. */
    AMPACITY("own CSV of operating points"),
    /** One row a request, as {@code ampacity simulate --per-request} writes them. */
    REQUESTS("CSV of requests with first and last token times"),
    /** A result of {@code vllm bench serve}. */
    VLLM_BENCH("result of vllm bench serve (JSON)"),
    /** One JSON object a request, with the engine's time stamps. */
    VLLM_RUN("requests of a vLLM run with time stamps (JSON lines)"),
    /** The ML.ENERGY leaderboard. */
    ML_ENERGY("ML.ENERGY leaderboard (CSV)"),
    /** A summary of MLPerf Inference results. */
    MLPERF("MLPerf Inference summary (JSON)"),
    /** The measurements of splitwise-sim. */
    SPLITWISE("splitwise-sim perf_model.csv"),
    /** AIConfigurator's sample of served latencies. */
    SILICON("AIConfigurator silicon_sample.csv"),
    /** AIConfigurator's kernel times. */
    KERNELS("AIConfigurator kernel times (CSV)"),
    /** Metrics of vLLM and DCGM in Prometheus' text form. */
    PROMETHEUS("Prometheus text of vLLM and DCGM");

    private final String title;

    MeasurementFormat(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** The name on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
