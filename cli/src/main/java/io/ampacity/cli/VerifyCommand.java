package io.ampacity.cli;

import io.ampacity.planner.verify.Violation;
import io.ampacity.scenario.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ampacity verify}: checks a plan against its scenario without the planner's own code. */
@Command(
        name = "verify",
        description = "Check that a plan keeps every rule of its scenario and adds up; exit code 1 when it does not.",
        footerHeading = "%nExample:%n",
        footer = "  ampacity verify scenario.yaml plan.json")
final class VerifyCommand extends AbstractAction {

    @Parameters(index = "0", paramLabel = "SCENARIO", description = "The scenario, a YAML file.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Path scenario;

    @Parameters(index = "1", paramLabel = "PLAN", description = "The plan, a JSON file.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Path plan;

    @Mixin
    private PlanningOptions planning = new PlanningOptions();

    @Mixin
    private KnownFacts known = new KnownFacts();

    @Override
    public Integer call() {
        if (String.valueOf(scenario.getFileName()).endsWith(".json")) {
            throw badInput(scenario + " is no scenario. Maybe you mean: ampacity verify " + plan + " " + scenario);
        }
        Plan read = AnsweredScenario.read(plan);
        PlanSession session = new PlanSession(ScenarioFile.of(read, scenario, known.catalogue(), output()), output());
        List<Violation> violations = session.verify(read, planning.options(this));
        if (output().json()) {
            output().document(Map.of("stands", violations.isEmpty(), "violations", violations));
        } else if (violations.isEmpty()) {
            output().text().println("The plan stands: it keeps every rule of " + scenario + ", and it adds up.");
        } else {
            violations.forEach(output().text()::println);
        }
        return violations.isEmpty() ? ExitCode.FINE : ExitCode.NO;
    }
}
