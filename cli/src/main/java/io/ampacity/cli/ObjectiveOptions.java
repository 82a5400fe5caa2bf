package io.ampacity.cli;

import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.units.Fraction;
import io.ampacity.units.TimeSpan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What users are promised. */
final class ObjectiveOptions {

    @Option(names = "--ttft", paramLabel = "TIME", description = "Objective: time to first token, such as '1 s'.")
    private @Nullable String timeToFirstToken;

    @Option(names = "--tpot", paramLabel = "TIME", description = "Objective: time per output token, such as '50 ms'.")
    private @Nullable String timePerOutputToken;

    @Option(
            names = "--attainment",
            paramLabel = "SHARE",
            defaultValue = "95 %",
            description = "Share of requests that must attain the objective (default: ${DEFAULT-VALUE}).")
    private String attainment = "95 %";

    /** The promise; null when there is none. */
    @Nullable ServiceLevelObjective objective(AbstractAction command) {
        if (timeToFirstToken == null && timePerOutputToken == null) {
            return null;
        }
        double share = Fraction.parse(attainment).value();
        if (!(share > 0 && share <= 1)) {
            throw command.badInput("--attainment is " + attainment + "; it must be above 0 and at most 100 %");
        }
        return new ServiceLevelObjective(limit("--ttft", timeToFirstToken), limit("--tpot", timePerOutputToken), share);
    }

    private static @Nullable TimeSpan limit(String option, @Nullable String time) {
        if (time == null) {
            return null;
        }
        TimeSpan limit = TimeSpan.parse(time);
        Numbers.positive(option, limit.seconds());
        return limit;
    }
}
