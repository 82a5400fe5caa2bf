package io.ampacity.cli;

import io.ampacity.planner.proof.Proof;
import io.ampacity.reports.paper.Paper;
import io.ampacity.reports.paper.Verdict;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.json.PlanJson;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code ampacity plan}: what to buy, rent, reserve or build, where and when. */
@Command(
        name = "plan",
        description = {
            "Find the cheapest plan that keeps every rule of a scenario; exit code 1 when there is none.",
            "With --prove, replay traffic on it too; exit code 1 when it does not hold."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity plan examples/first-plan/scenario.yaml",
            "  ampacity plan scenario.yaml --out plan.json --html plan.html",
            "  ampacity plan scenario.yaml --prove",
            "See also: ampacity help scenario"
        })
final class PlanCommand extends AbstractAction {

    @Parameters(index = "0", paramLabel = "SCENARIO", description = "The scenario, a YAML file.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Path scenario;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the plan as JSON.")
    private @Nullable Path out;

    @Mixin
    private PaperFiles files = new PaperFiles();

    @Option(
            names = "--prove",
            description = {
                "Replay the busiest hour on the plan while its largest supplier is lost and, where the policy",
                "wants the loss of a site survived, its largest site; --fail says other losses."
            })
    private boolean prove;

    @Mixin
    private ReplayOptions replay = new ReplayOptions();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the replayed traffic (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Mixin
    private PlanningOptions planning = new PlanningOptions();

    @Mixin
    private KnownFacts known = new KnownFacts();

    @Mixin
    private CalibrationOption calibration = new CalibrationOption();

    @Override
    public Integer call() throws IOException {
        if (!prove && replay.given()) {
            throw badInput("--period, --duration and --fail say what is replayed, and nothing is without --prove");
        }
        if (out != null) {
            Draft.check(out);
        }
        files.check();
        PlanSession session = new PlanSession(
                ScenarioFile.read(scenario, known.catalogue(), output()),
                output(),
                calibration.physics(known.catalogue()));
        var settings = prove ? replay.proving(this, session.scenario(), seed) : null;
        Plan plan = session.plan(planning.options(this));
        if (out != null) {
            WholeFile.write(out, PlanJson.write(plan));
        }
        boolean infeasible = plan.status() == Plan.Status.INFEASIBLE;
        WorkloadRequests requests = new WorkloadRequests(session.folder(), seed);
        Proof proof = settings == null || infeasible ? null : session.prove(plan, requests, settings, null);
        Paper paper = session.paper(plan, proof, requests.words());
        files.write(paper);
        if (output().json()) {
            ObjectNode document = JsonForm.MAPPER.valueToTree(PlanJson.tree(plan));
            if (proof != null) {
                document.put("verdict", paper.verdict().word());
                document.set("proof", JsonForm.MAPPER.valueToTree(proof.result()));
            }
            output().document(document);
        } else {
            output().paper(paper);
        }
        boolean stands = !infeasible && (proof == null || paper.verdict().standing() == Verdict.Standing.HOLDS);
        return stands ? ExitCode.FINE : ExitCode.NO;
    }
}
