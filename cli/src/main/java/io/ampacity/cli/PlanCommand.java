package io.ampacity.cli;

import io.ampacity.reports.html.HtmlRenderer;
import io.ampacity.reports.markdown.MarkdownRenderer;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.json.PlanJson;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ampacity plan}: what to buy, rent, reserve or build, where and when. */
@Command(
        name = "plan",
        description = "Find the cheapest plan that keeps every rule of a scenario; exit code 1 when there is none.",
        footer = {
            "",
            "Examples:",
            "  ampacity plan examples/enterprise-hybrid/scenario.yaml --out plan.json",
            "  ampacity simulate plan.json --fail worst         prove it, with its largest supplier and site lost"
        })
final class PlanCommand extends AbstractAction {

    @Parameters(index = "0", paramLabel = "SCENARIO", description = "The scenario, a YAML file.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Path scenario;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the plan as JSON.")
    private @Nullable Path out;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the paper as one HTML file.")
    private @Nullable Path html;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the paper as Markdown.")
    private @Nullable Path markdown;

    @Mixin
    private PlanningOptions planning = new PlanningOptions();

    @Override
    public Integer call() throws IOException {
        PlanSession session = new PlanSession(ScenarioFile.read(scenario, output()), output());
        Plan plan = session.plan(planning.options(this));
        if (out != null) {
            WholeFile.write(out, PlanJson.write(plan));
        }
        var paper = session.paper(plan, null, "");
        if (html != null) {
            WholeFile.write(html, new HtmlRenderer().render(paper));
        }
        if (markdown != null) {
            WholeFile.write(markdown, new MarkdownRenderer().render(paper));
        }
        if (output().json()) {
            output().document(PlanJson.tree(plan));
        } else {
            output().paper(paper);
        }
        return plan.status() == Plan.Status.INFEASIBLE ? ExitCode.NO : ExitCode.FINE;
    }
}
