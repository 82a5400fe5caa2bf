package io.ampacity.cli;

import io.ampacity.planner.proof.ReplaySettings;
import io.ampacity.scenario.Scenario;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.units.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the proof of a plan replays. */
final class ReplayOptions {

    @Option(
            names = "--period",
            paramLabel = "NAME",
            description = "Period of the plan whose fleet serves, such as 2027-Q4 (default: the busiest).")
    private @Nullable String period;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "How long the busiest hour is replayed (default: 20 min).")
    private @Nullable String duration;

    @Option(
            names = "--fail",
            paramLabel = "SPEC",
            description = {
                "A failure to replay, such as supplier:azure@600s+1200s; may be given several times.",
                "worst: the loss of the plan's largest supplier, then of its largest site."
            })
    private List<String> failures = new ArrayList<>();

    /** Whether anything was said. */
    boolean given() {
        return period != null || !failures.isEmpty() || duration != null;
    }

    /** What was asked for, with the usual losses unless others were. */
    ReplaySettings proving(AbstractAction command, Scenario scenario, long seed) {
        ReplaySettings asked =
                settings(command, scenario, seed, Runtime.getRuntime().availableProcessors());
        return failures.isEmpty() ? asked.withFailures(null) : asked;
    }

    /** What was asked for. */
    ReplaySettings settings(AbstractAction command, Scenario scenario, long seed, int threads) {
        return ReplaySettings.STANDARD
                .withPeriod(period(command, scenario))
                .withSeconds(seconds())
                .withFailures(failures.equals(List.of("worst")) ? null : failures(command))
                .withSeed(seed)
                .withThreads(threads);
    }

    private double seconds() {
        return duration == null
                ? ReplaySettings.STANDARD.seconds()
                : Numbers.positive("--duration", TimeSpan.parse(duration).seconds());
    }

    /** The failures as given. */
    List<Failure> failures(AbstractAction command) {
        try {
            return failures.stream().map(Failure::parse).toList();
        } catch (IllegalArgumentException refused) {
            throw command.badInput(String.valueOf(refused.getMessage()));
        }
    }

    private @Nullable Integer period(AbstractAction command, Scenario scenario) {
        if (period == null) {
            return null;
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < scenario.horizon().periods(); i++) {
            if (scenario.horizon().periodName(i).equals(period)) {
                return i;
            }
            names.add(scenario.horizon().periodName(i));
        }
        throw command.badInput("--period " + period + " is none of the plan's. Maybe " + String.join(", ", names));
    }
}
