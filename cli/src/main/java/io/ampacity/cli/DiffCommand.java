package io.ampacity.cli;

import io.ampacity.reports.PlanDifference;
import io.ampacity.reports.paper.Block;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ampacity diff}: what differs between two plans. */
@Command(
        name = "diff",
        description = "Show what differs between two plans: cost, chips held, what runs where.",
        footerHeading = "%nExamples:%n",
        footer = {"  ampacity diff old.json new.json", "  ampacity diff old.json new.json --exit-code --quiet"})
final class DiffCommand extends AbstractAction {

    @Parameters(index = "0", paramLabel = "BEFORE", description = "A plan, a JSON file.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Path before;

    @Parameters(index = "1", paramLabel = "AFTER", description = "Another plan.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Path after;

    @Option(names = "--exit-code", description = "End with exit code 1 when anything differs.")
    private boolean exitCode;

    @Override
    public Integer call() {
        PlanDifference difference = PlanDifference.between(AnsweredScenario.read(before), AnsweredScenario.read(after));
        if (output().json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("same", difference.same());
            document.put("sameQuestion", difference.sameQuestion());
            document.put("objectiveUsd", difference.objectiveUsd());
            document.put("totals", difference.totals());
            document.put("capacity", difference.capacity());
            document.put("placement", difference.placement());
            output().document(document);
        } else {
            output().blocks(difference.blocks().toArray(Block[]::new));
        }
        return exitCode && !difference.same() ? ExitCode.NO : ExitCode.FINE;
    }
}
