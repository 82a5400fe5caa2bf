package io.ampacity.benchmarks;

import io.ampacity.planner.Planner;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Plans the large reference at growing sizes, as a table: {@code LargePlan [SECONDS [SUPPLIERS OFFERS-EACH PERIODS WORKLOADS
 * FUTURES SEED]]}. Every plan goes through the verifier.
 */
public final class LargePlan {

    private static final int[][] SIZES = {
        {2, 4, 1, 2, 1, 1},
        {4, 4, 4, 8, 1, 1},
        {8, 4, 4, 16, 1, 1},
        {10, 4, 4, 30, 1, 1},
        {10, 4, 20, 30, 1, 1},
        {10, 4, 20, 30, 5, 1},
        {10, 10, 20, 30, 1, 1},
        {10, 20, 20, 30, 1, 1},
        {10, 40, 20, 30, 1, 1},
        {10, 4, 20, 30, 20, 1}
    };

    private LargePlan() {}

    public static void main(String[] arguments) throws IOException {
        double limit = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 60;
        int[][] sizes = SIZES;
        if (arguments.length == 7) {
            int[] size = new int[6];
            for (int i = 0; i < size.length; i++) {
                size[i] = Integer.parseInt(arguments[i + 1]);
            }
            sizes = new int[][] {size};
        }
        PlannerOptions options = new PlannerOptions(
                0.005,
                limit,
                Assumptions.usual(),
                Boolean.getBoolean("progress")
                        ? (seconds, best, bound) ->
                                System.err.printf(Locale.ROOT, "%8.1f s  best %.6g  bound %.6g%n", seconds, best, bound)
                        : null);
        System.out.println(
                "| suppliers × offers × periods × workloads × futures | seed | chips at the end | cost | gap | wall s |"
                        + " processor s | peak memory MB | verifier |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (int[] size : sizes) {
            Scenario scenario =
                    LargeScenario.of(new LargeScenario.Size(size[0], size[1], size[2], size[3], size[4]), size[5]);
            ProcessMeter meter = new ProcessMeter();
            Plan plan;
            try {
                plan = new Planner().plan(scenario, new LargeCoefficients(), options);
            } catch (PlannerException none) {
                System.out.printf(
                        Locale.ROOT,
                        "| %d × %d × %d × %d × %d | %d | | no plan in time | | %.1f | %.1f | %,d | |%n",
                        size[0],
                        size[1] * size[0],
                        size[2],
                        size[3],
                        size[4],
                        size[5],
                        meter.wallSeconds(),
                        meter.processorSeconds(),
                        peakMegabytes());
                continue;
            }
            double wall = meter.wallSeconds();
            double processor = meter.processorSeconds();
            var violations = new PlanVerifier(scenario, new LargeCoefficients(), options.assumptions()).verify(plan);
            System.out.printf(
                    Locale.ROOT,
                    "| %d × %d × %d × %d × %d | %d | %,d | %,.0f MUSD | %.2f %% | %.1f | %.1f | %,d | %s |%n",
                    size[0],
                    size[1] * size[0],
                    size[2],
                    size[3],
                    size[4],
                    size[5],
                    plan.capacity().stream()
                            .filter(line -> line.period() == size[2] - 1)
                            .mapToLong(Plan.Capacity::count)
                            .sum(),
                    plan.objectiveUsd() / 1e6,
                    plan.gap() * 100,
                    wall,
                    processor,
                    peakMegabytes(),
                    violations.isEmpty() ? "accepts" : violations.getFirst());
        }
    }

    private static long peakMegabytes() throws IOException {
        List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
        return status.stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1000)
                .findFirst()
                .orElse(0);
    }
}
