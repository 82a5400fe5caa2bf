package io.ampacity.cli;

import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.proof.Proof;
import io.ampacity.planner.proof.ReplaySettings;
import io.ampacity.reports.html.HtmlRenderer;
import io.ampacity.reports.paper.Paper;
import io.ampacity.reports.paper.Verdict;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.json.PlanJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ampacity demo}: the main job on the example that comes with the program. */
@Command(
        name = "demo",
        description = {
            "Plan an example enterprise, prove the plan by replaying traffic with its largest supplier lost,",
            "and tell the result here and in one HTML file."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity demo",
            "  ampacity demo --html /tmp/demo.html --out /tmp/plan.json",
            "  ampacity explain /tmp/plan.json"
        })
final class DemoCommand extends AbstractAction {

    @Option(
            names = "--html",
            paramLabel = "FILE",
            defaultValue = "ampacity-demo.html",
            description = "Where the paper goes (default: ${DEFAULT-VALUE}).")
    private Path html = Path.of("ampacity-demo.html");

    @Option(names = "--out", paramLabel = "FILE", description = "Write the plan as JSON.")
    private @Nullable Path out;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of the replayed traffic.")
    private long seed = 1;

    @Override
    public Integer call() throws IOException {
        Draft.check(html);
        if (out != null) {
            Draft.check(out);
        }
        PlanSession session = new PlanSession(ScenarioFile.builtIn(output()), output());
        Plan plan = session.plan(PlannerOptions.usual());
        WorkloadRequests requests = new WorkloadRequests(Path.of(""), seed);
        Proof proof = session.prove(plan, requests, ReplaySettings.STANDARD.withSeed(seed), null);
        Paper paper = session.paper(plan, proof, requests.words());
        WholeFile.write(html, new HtmlRenderer().render(paper));
        if (out != null) {
            WholeFile.write(out, PlanJson.write(plan));
        }
        if (output().json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("verdict", paper.verdict().word());
            document.put("plan", PlanJson.tree(plan));
            document.put("proof", proof.result());
            document.put("html", html.toString());
            output().document(document);
        } else {
            output().paper(paper);
            output().text().println("The whole paper, with charts and sources: " + html);
        }
        return paper.verdict().standing() == Verdict.Standing.HOLDS ? ExitCode.FINE : ExitCode.NO;
    }
}
