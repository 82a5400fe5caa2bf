package io.ampacity.benchmarks;

import io.ampacity.physics.StepModel;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Cost of one estimate of a step, over steps of every size in random order. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StepModelBenchmark {

    private static final int STEPS = 1024;

    @Param({
        "llama-3.1-8b/h100-sxm/1",
        "llama-3.1-70b/h100-sxm/4",
        "qwen3-30b-a3b/h100-sxm/1",
        "deepseek-v2-lite/h100-sxm/1"
    })
    String subject = "";

    private @Nullable StepModel model;
    private final int[] prefillTokens = new int[STEPS];
    private final double[] prefillPairs = new double[STEPS];
    private final int[] sequences = new int[STEPS];
    private final double[] context = new double[STEPS];
    private int at;

    @Setup
    public void choose() {
        model = Subjects.stepModel(subject);
        SplittableRandom random = new SplittableRandom(1);
        for (int step = 0; step < STEPS; step++) {
            prefillTokens[step] = 1 + random.nextInt(8192);
            prefillPairs[step] = prefillTokens[step] * (random.nextInt(4000) + 0.5 * prefillTokens[step]);
            sequences[step] = 1 + random.nextInt(512);
            context[step] = sequences[step] * (double) random.nextInt(4000);
        }
    }

    private StepModel model() {
        return Objects.requireNonNull(model);
    }

    private int next() {
        at = (at + 1) & (STEPS - 1);
        return at;
    }

    @Benchmark
    public double decodeSeconds() {
        int step = next();
        return model().stepSeconds(0, 0, sequences[step], context[step]);
    }

    @Benchmark
    public double decodeJoules() {
        int step = next();
        return model().stepJoules(0, 0, sequences[step], context[step]);
    }

    @Benchmark
    public double mixedSeconds() {
        int step = next();
        return model().stepSeconds(prefillTokens[step], prefillPairs[step], sequences[step], context[step]);
    }

    @Benchmark
    public double mixedJoules() {
        int step = next();
        return model().stepJoules(prefillTokens[step], prefillPairs[step], sequences[step], context[step]);
    }
}
