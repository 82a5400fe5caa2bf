package io.ampacity.cli;

import io.ampacity.planner.proof.Proof;
import io.ampacity.reports.paper.Paper;
import io.ampacity.scenario.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ampacity report}: the paper of a plan that was made before. */
@Command(
        name = "report",
        description = "Write the paper of a plan: what is held, what runs where, what it costs, which rules it keeps.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity report plan.json --html plan.html",
            "  ampacity report plan.json --markdown plan.md --prove",
            "  ampacity report plan.json                        the same on the terminal"
        })
final class ReportCommand extends AbstractAction {

    @Parameters(index = "0", paramLabel = "PLAN", description = "The plan, a JSON file.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Path plan;

    @Mixin
    private AnsweredScenario answered = new AnsweredScenario();

    @Mixin
    private PaperFiles files = new PaperFiles();

    @Option(names = "--prove", description = "Replay traffic on the plan, with the usual losses, and tell that too.")
    private boolean prove;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the replayed traffic (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Mixin
    private KnownFacts known = new KnownFacts();

    @Override
    public Integer call() throws IOException {
        files.check();
        Plan read = AnsweredScenario.read(plan);
        PlanSession session = new PlanSession(answered.of(read, known, output()), output());
        WorkloadRequests requests = new WorkloadRequests(session.folder(), seed);
        boolean replayed = prove && read.status() != Plan.Status.INFEASIBLE;
        Proof proof = replayed
                ? session.prove(read, requests, new ReplayOptions().proving(this, session.scenario(), seed), null)
                : null;
        Paper paper = session.paper(read, proof, requests.words());
        files.write(paper);
        if (output().json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("verdict", paper.verdict().word());
            document.put("because", paper.verdict().because());
            document.put("files", files.places().stream().map(Path::toString).toList());
            output().document(document);
        } else if (files.places().isEmpty()) {
            output().paper(paper);
        } else {
            files.places().forEach(place -> output().text().println("wrote " + place));
        }
        return ExitCode.FINE;
    }
}
