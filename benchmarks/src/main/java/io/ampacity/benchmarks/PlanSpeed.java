package io.ampacity.benchmarks;

import io.ampacity.planner.Planner;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import java.util.Locale;

/** Measures how long a plan takes against the size of its scenario, as a table: {@code PlanSpeed [SECONDS]}. */
public final class PlanSpeed {

    private static final int[][] SIZES = {
        {2, 16, 1}, {4, 32, 1}, {4, 32, 4}, {8, 64, 4}, {8, 64, 12}, {16, 64, 4}, {32, 128, 1}, {32, 128, 4}
    };

    private PlanSpeed() {}

    public static void main(String[] arguments) {
        double limit = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 20;
        PlannerOptions options = new PlannerOptions(0.001, limit, Assumptions.usual(), null);
        Planner planner = new Planner();
        // Loads the solver and warms the compiler up.
        planner.plan(MadeScenario.of(2, 16, 1, 7), new MadeCoefficients(), options);
        System.out.println("| workloads | offers | periods | status | gap | wall s | processor s |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (int[] size : SIZES) {
            Scenario scenario = MadeScenario.of(size[0], size[1], size[2], 1);
            ProcessMeter meter = new ProcessMeter();
            String answer = answer(planner, scenario, options);
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %d | %d | %s | %.2f | %.2f |%n",
                    size[0],
                    size[1],
                    size[2],
                    answer,
                    meter.wallSeconds(),
                    meter.processorSeconds());
        }
    }

    private static String answer(Planner planner, Scenario scenario, PlannerOptions options) {
        try {
            Plan plan = planner.plan(scenario, new MadeCoefficients(), options);
            return String.format(
                    Locale.ROOT, "%s | %.2f %%", plan.status().name().toLowerCase(Locale.ROOT), plan.gap() * 100);
        } catch (PlannerException e) {
            return "no plan in time | ";
        }
    }
}
