package io.ampacity.cli;

import io.ampacity.planner.proof.Proof;
import io.ampacity.reports.focus.FocusDifference;
import io.ampacity.reports.focus.FocusForecast;
import io.ampacity.reports.focus.FocusRow;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Paper;
import io.ampacity.scenario.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
            "  ampacity report plan.json                        the same on the terminal",
            "  ampacity report plan.json --strategy --html strategy.html   needs, return, stages, risks, playbooks",
            "  ampacity report plan.json --focus forecast.csv   its cost as rows of FOCUS",
            "  ampacity report plan.json --bill january.csv     how a bill differs from it"
        })
final class ReportCommand extends AbstractAction {

    @Parameters(index = "0", paramLabel = "PLAN", description = "The plan, a JSON file.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Path plan;

    @Mixin
    private AnsweredScenario answered = new AnsweredScenario();

    @Mixin
    private PaperFiles files = new PaperFiles();

    @Mixin
    private FocusFiles focus = new FocusFiles();

    @Option(
            names = "--strategy",
            description =
                    "The papers with which the plan is carried out: needs, skills, budget and return, stages, risks,"
                            + " playbooks, escalation, calendar.")
    private boolean strategy;

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
        focus.check();
        Plan read = AnsweredScenario.read(plan);
        PlanSession session = new PlanSession(answered.of(read, known, output()), output());
        List<FocusRow> rows = focus.wanted() ? FocusForecast.of(session.scenario(), read) : List.of();
        FocusDifference difference = focus.difference(session.scenario(), rows);
        focus.write(rows);
        if (focus.wanted() && files.places().isEmpty() && !strategy) {
            return tell(rows, difference);
        }
        WorkloadRequests requests = new WorkloadRequests(session.folder(), seed);
        boolean replayed = prove && read.status() != Plan.Status.INFEASIBLE;
        Proof proof = replayed
                ? session.prove(read, requests, new ReplayOptions().proving(this, session.scenario(), seed), null)
                : null;
        Paper paper = strategy
                ? session.strategy(read, proof, requests.words())
                : session.paper(read, proof, requests.words());
        files.write(paper);
        if (output().json()) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("verdict", paper.verdict().word());
            document.put("because", paper.verdict().because());
            document.put("files", files.places().stream().map(Path::toString).toList());
            if (focus.wanted()) {
                document.put("focus", FocusFiles.sums(rows));
                document.put("bill", difference);
            }
            output().document(document);
        } else if (files.places().isEmpty()) {
            output().paper(paper);
        } else {
            files.places().forEach(place -> output().text().println("wrote " + place));
        }
        return ExitCode.FINE;
    }

    /** Only what was asked for about money: the file that was written, the bill against the plan. */
    private Integer tell(List<FocusRow> rows, @Nullable FocusDifference difference) {
        Path place = focus.place();
        if (output().json()) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("files", place == null ? List.of() : List.of(place.toString()));
            document.put("focus", FocusFiles.sums(rows));
            document.put("bill", difference);
            output().document(document);
            return ExitCode.FINE;
        }
        if (difference != null) {
            output().blocks(difference.blocks().toArray(Block[]::new));
        }
        if (place != null) {
            output().text().println("wrote " + place);
        }
        return ExitCode.FINE;
    }
}
