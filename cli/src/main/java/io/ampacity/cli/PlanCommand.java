package io.ampacity.cli;

import io.ampacity.planner.pareto.Front;
import io.ampacity.planner.proof.Proof;
import io.ampacity.planner.proof.Tightening;
import io.ampacity.planner.strategy.Comparison;
import io.ampacity.planner.strategy.Uncertainty;
import io.ampacity.reports.AgainstTable;
import io.ampacity.reports.FrontTable;
import io.ampacity.reports.UncertaintyTable;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.Paper;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.reports.paper.Section;
import io.ampacity.reports.paper.Verdict;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.json.PlanJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
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
            "  ampacity plan scenario.yaml --pareto --html fronts.html",
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
                "wants the loss of a site survived, its largest site; --fail says other losses. Where the replay",
                "misses a promise, plan again with more to spare, at most three times."
            })
    private boolean prove;

    @Option(
            names = "--against",
            description = "Plan as others do too, on the same facts, and say what is saved at equal service.")
    private boolean against;

    @Option(
            names = "--uncertainty",
            description = {
                "What not knowing the future costs: the value of planning for all futures at once, of knowing which comes,",
                "and of waiting a period; the regret of ordering for one future alone."
            })
    private boolean uncertainty;

    @Option(
            names = "--pareto",
            description = {
                "What a higher cost buys: plans from the cheapest to the one with the least greenhouse gas, to the one least",
                "concentrated on one supplier, and to the one that keeps most service when a supplier is lost."
            })
    private boolean pareto;

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
        if (uncertainty && session.scenario().futures().isEmpty()) {
            throw badInput("--uncertainty has nothing to weigh: " + scenario
                    + " has one future only. Maybe add futures, or success to a programme");
        }
        var settings = prove ? replay.proving(this, session.scenario(), seed) : null;
        Plan plan = session.plan(planning.options(this));
        Plan cheapest = plan;
        boolean infeasible = plan.status() == Plan.Status.INFEASIBLE;
        WorkloadRequests requests = new WorkloadRequests(session.folder(), seed);
        Proof proof = null;
        Tightening tightening = null;
        if (settings != null && !infeasible) {
            tightening = session.tightened(plan, planning.options(this), requests, settings);
            plan = tightening.last().plan();
            proof = tightening.last().proof();
        }
        if (out != null) {
            WholeFile.write(out, PlanJson.write(plan));
        }
        Comparison comparison = against && !infeasible ? session.against(plan, planning.options(this)) : null;
        Uncertainty unknown = uncertainty && !infeasible ? session.uncertainty(plan, planning.options(this)) : null;
        List<Front> fronts = pareto && !infeasible ? session.fronts(cheapest, planning.options(this)) : List.of();
        List<Section> studies = new ArrayList<>();
        if (comparison != null) {
            studies.add(new Section("against", "Against what people do today", AgainstTable.blocks(comparison)));
        }
        if (unknown != null) {
            studies.add(new Section("uncertainty", "What not knowing costs", UncertaintyTable.blocks(unknown)));
        }
        if (!fronts.isEmpty()) {
            studies.add(new Section("fronts", "What a higher cost buys", FrontTable.blocks(fronts)));
        }
        Paper paper = session.paper(plan, proof, requests.words(), studies);
        files.write(paper);
        if (output().json()) {
            ObjectNode document = JsonForm.MAPPER.valueToTree(PlanJson.tree(plan));
            if (proof != null) {
                document.put("verdict", paper.verdict().word());
                document.set("proof", JsonForm.MAPPER.valueToTree(proof.result()));
            }
            if (tightening != null) {
                document.put("rounds", tightening.rounds().size());
                document.set(
                        "margins", JsonForm.MAPPER.valueToTree(tightening.last().margins()));
            }
            if (comparison != null) {
                document.set("against", JsonForm.MAPPER.valueToTree(AgainstTable.document(comparison)));
            }
            if (unknown != null) {
                document.set("uncertainty", JsonForm.MAPPER.valueToTree(UncertaintyTable.document(unknown)));
            }
            if (!fronts.isEmpty()) {
                document.set("fronts", JsonForm.MAPPER.valueToTree(FrontTable.document(fronts)));
            }
            output().document(document);
        } else {
            output().paper(paper);
            if (tightening != null && tightening.rounds().size() > 1) {
                output().blocks(rounds(tightening));
            }
        }
        boolean stands = !infeasible && (proof == null || paper.verdict().standing() == Verdict.Standing.HOLDS);
        return stands ? ExitCode.FINE : ExitCode.NO;
    }

    private static Block rounds(Tightening tightening) {
        List<String> margins = new ArrayList<>();
        new TreeMap<>(tightening.last().margins())
                .forEach((workload, margin) ->
                        margins.add(PlainText.name(workload) + " with " + Numerals.share(margin) + " to spare"));
        return new Block.Paragraph("The replay missed a promise at first. Planned again, "
                + tightening.rounds().size() + " rounds in all: " + String.join(", ", margins)
                + (tightening.agrees() ? "; plan and replay agree." : "; they do not agree yet."));
    }
}
