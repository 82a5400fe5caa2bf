package io.ampacity.cli;

import io.ampacity.planner.PlannerOptions;
import picocli.CommandLine.Option;

/** How hard to look for the best plan. */
final class PlanningOptions {

    @Option(
            names = "--gap",
            paramLabel = "SHARE",
            defaultValue = "1 %",
            description = "Stop when the plan is proven to be this close to the best (default: ${DEFAULT-VALUE}).")
    private String gap = "1 %";

    @Option(
            names = "--time-limit",
            paramLabel = "TIME",
            defaultValue = "60 s",
            description = "Stop searching after this time and give the best plan found (default: ${DEFAULT-VALUE}).")
    private String timeLimit = "60 s";

    PlannerOptions options(AbstractAction command) {
        double share = io.ampacity.units.Fraction.parse(gap).value();
        double seconds = io.ampacity.units.TimeSpan.parse(timeLimit).seconds();
        if (!(share >= 0 && share < 1)) {
            throw command.badInput("--gap is " + gap + "; it must be from 0 to under 100 %");
        }
        if (!(seconds > 0)) {
            throw command.badInput("--time-limit is " + timeLimit + "; it must be above 0");
        }
        PlannerOptions usual = PlannerOptions.usual();
        return new PlannerOptions(share, seconds, usual.assumptions(), null);
    }
}
