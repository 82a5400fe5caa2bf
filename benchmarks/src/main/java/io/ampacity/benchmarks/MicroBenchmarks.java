package io.ampacity.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks whose names match and prints a table: {@code MicroBenchmarks [REGEX]}.
 *
 * <p>JMH reads the wall clock, which other work on the machine lengthens. So processor time stands beside
 * wall time, both as means: the former says what the code costs, the latter how busy the machine was.
 */
public final class MicroBenchmarks {

    private static final int ITERATIONS = 10;
    private static final TimeValue LENGTH = TimeValue.milliseconds(100);

    private MicroBenchmarks() {}

    public static void main(String[] arguments) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(String.join("|", arguments))
                        .forks(1)
                        .warmupIterations(5)
                        .warmupTime(LENGTH)
                        .measurementIterations(ITERATIONS)
                        .measurementTime(LENGTH)
                        .jvmArgs("-XX:+UseSerialGC", "-Xmx1g", "-Xmn256m", "--sun-misc-unsafe-memory-access=allow")
                        .addProfiler(GCProfiler.class)
                        .addProfiler(ProcessorTime.class)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        System.out.println("| benchmark | processor ns | wall ns | bytes allocated |");
        System.out.println("|---|---|---|---|");
        for (RunResult result : results) {
            print(result);
        }
    }

    private static void print(RunResult result) {
        Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        Result<?> processor = result.getSecondaryResults().get(ProcessorTime.RESULT);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.2f |%n",
                name(result.getParams()),
                processor == null ? Double.NaN : processor.getScore(),
                result.getPrimaryResult().getScore(),
                allocated == null ? Double.NaN : allocated.getScore());
    }

    private static String name(BenchmarkParams benchmark) {
        String whole = benchmark.getBenchmark();
        String method = whole.substring(whole.lastIndexOf('.', whole.lastIndexOf('.') - 1) + 1);
        TreeMap<String, String> parameters = new TreeMap<>();
        for (String key : benchmark.getParamsKeys()) {
            parameters.put(key, benchmark.getParam(key));
        }
        return parameters.isEmpty() ? method : method + " " + String.join(" ", parameters.values());
    }
}
