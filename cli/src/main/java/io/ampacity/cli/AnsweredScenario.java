package io.ampacity.cli;

import io.ampacity.scenario.Plan;
import io.ampacity.scenario.json.PlanJson;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The plan that a command reads, with the scenario that it answers. */
final class AnsweredScenario {

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description = "The scenario that the plan answers (default: where the plan says).")
    private @Nullable Path scenario;

    boolean given() {
        return scenario != null;
    }

    /** The scenario of {@code plan}, which was read from a file. */
    ScenarioFile of(Plan plan, KnownFacts known, Output output) {
        return ScenarioFile.of(plan, scenario, known.catalogue(), output);
    }

    static Plan read(Path plan) {
        String name = String.valueOf(plan.getFileName());
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            throw new BadInput(
                    plan + " is no plan but looks like a scenario",
                    "make its plan first: ampacity plan " + plan + " --out plan.json");
        }
        return PlanJson.read(plan);
    }
}
