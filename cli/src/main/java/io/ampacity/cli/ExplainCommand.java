package io.ampacity.cli;

import io.ampacity.reports.Explanation;
import io.ampacity.reports.paper.Block;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ampacity explain}: why a plan costs what it costs. */
@Command(
        name = "explain",
        description = {
            "Say why a plan costs what it costs: what each supplier takes, which limits bind and what one more unit of",
            "each would save. For an infeasible plan: the cheapest limits to relax. Needs the plan alone."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ampacity explain plan.json", "  ampacity explain plan.json --json"})
final class ExplainCommand extends AbstractAction {

    @Parameters(index = "0", paramLabel = "PLAN", description = "The plan, a JSON file.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Path plan;

    @Override
    public Integer call() {
        Explanation explanation = Explanation.of(AnsweredScenario.read(plan));
        if (output().json()) {
            output().document(explanation.document());
        } else {
            output().blocks(explanation.blocks().toArray(Block[]::new));
        }
        return ExitCode.FINE;
    }
}
