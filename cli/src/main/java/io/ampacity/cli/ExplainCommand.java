package io.ampacity.cli;

import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.reasons.Negotiation;
import io.ampacity.reports.Explanation;
import io.ampacity.reports.FlipsTable;
import io.ampacity.reports.NegotiationSheet;
import io.ampacity.reports.RecourseTable;
import io.ampacity.reports.SkillsWorthTable;
import io.ampacity.reports.UncertaintyTable;
import io.ampacity.reports.paper.Block;
import io.ampacity.scenario.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ampacity explain}: why a plan costs what it costs. */
@Command(
        name = "explain",
        description = {
            "Say why a plan costs what it costs: what each supplier takes, which limits bind and what one more unit of",
            "each would save. For an infeasible plan: the cheapest limits to relax. Needs the plan alone.",
            "With --negotiate, --why, --why-not, --alternatives, --flips or --uncertainty, plan again without it, at other prices or",
            "for single futures; those need the scenario too."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity explain plan.json",
            "  ampacity explain plan.json --json",
            "  ampacity explain plan.json --negotiate nebius",
            "  ampacity explain plan.json --why-not aws/h200-sxm",
            "  ampacity explain plan.json --alternatives",
            "  ampacity explain plan.json --flips",
            "  ampacity explain plan.json --uncertainty"
        })
final class ExplainCommand extends AbstractAction {

    /** How much more a different plan may cost, and how many are looked for. */
    private static final double WITHIN = 0.02;

    private static final int MOST_PLANS = 3;

    @Parameters(index = "0", paramLabel = "PLAN", description = "The plan, a JSON file.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Path plan;

    @Option(
            names = {"--negotiate", "--why", "--why-not"},
            paramLabel = "PART",
            description = {
                "What a part of the offers is worth, and the price at which it leaves the plan or enters it: a supplier,",
                "a chip, or SUPPLIER/CHIP. May be given more than once."
            })
    private List<String> parts = new ArrayList<>();

    @Option(
            names = "--alternatives",
            description = {
                "What doing without each supplier, chip and contract of the plan costs, and plans within 2 %% of the cost",
                "that are as different as can be."
            })
    private boolean alternatives;

    @Option(
            names = "--flips",
            description = {
                "The smallest change of a price, of demand or of deliveries at which another first supplier, another",
                "chip, or buying instead of renting is best. Tries what --time-limit leaves time for, and tells the rest."
            })
    private boolean flips;

    @Option(names = "--uncertainty", description = "What not knowing the future costs, of a scenario with several.")
    private boolean uncertainty;

    @Option(
            names = "--recourse",
            description = {
                "What we would do if a chip programme fails: what is ordered then that is not ordered now, and what it is",
                "worth to be able to."
            })
    private boolean recourse;

    @Option(
            names = "--skills",
            description = {"What it is worth to run one more family of chips, and to be ready one team month sooner."})
    private boolean skills;

    @Mixin
    private AnsweredScenario scenario = new AnsweredScenario();

    @Mixin
    private PlanningOptions planning = new PlanningOptions();

    @Mixin
    private KnownFacts known = new KnownFacts();

    @Override
    public Integer call() {
        Plan read = AnsweredScenario.read(plan);
        Explanation explanation = Explanation.of(read);
        Map<String, Object> document = explanation.document();
        List<Block> blocks = new ArrayList<>();
        if (parts.isEmpty() && !alternatives && !flips && !uncertainty && !recourse && !skills) {
            blocks.addAll(explanation.blocks());
        } else {
            again(read, document, blocks);
        }
        if (output().json()) {
            output().document(document);
        } else {
            output().blocks(blocks.toArray(Block[]::new));
        }
        return ExitCode.FINE;
    }

    /** What only planning again can say. */
    private void again(Plan read, Map<String, Object> document, List<Block> blocks) {
        if (read.status() == Plan.Status.INFEASIBLE) {
            throw badInput("an infeasible plan has no suppliers to negotiate with and nothing to weigh");
        }
        PlanSession session = new PlanSession(scenario.of(read, known, output()), output());
        PlannerOptions options = planning.options(this);
        if (uncertainty && session.scenario().futures().isEmpty()) {
            throw badInput("--uncertainty has nothing to weigh: the scenario has one future only. Maybe add futures, or"
                    + " success to a programme, and plan again");
        }
        if (recourse) {
            if (!session.mayFail()) {
                throw badInput("--recourse has nothing to tell: no programme of the scenario can fail. Maybe give one a"
                        + " success below 100 %, and plan again");
            }
            var then = session.recourse(read, options);
            document.put("recourse", RecourseTable.document(then, read));
            blocks.addAll(RecourseTable.blocks(then, read));
        }
        if (skills) {
            if (session.scenario().projects().skills() == null) {
                throw badInput(
                        "--skills has nothing to weigh: the scenario says nothing of what the team can run. Maybe"
                                + " add skills: {today: [cuda]}, and plan again");
            }
            var worth = session.skillsWorth(read, options);
            document.put("skills", SkillsWorthTable.document(worth));
            blocks.addAll(SkillsWorthTable.blocks(worth));
        }
        List<Map<String, Object>> sheets = new ArrayList<>();
        for (String part : parts) {
            Negotiation sheet = session.negotiation(read, part, options);
            sheets.add(NegotiationSheet.document(sheet));
            blocks.addAll(NegotiationSheet.blocks(sheet));
        }
        if (!parts.isEmpty()) {
            document.put("negotiation", sheets);
        }
        if (alternatives) {
            var others = session.alternatives(read, options);
            document.put("alternatives", NegotiationSheet.document(others));
            blocks.addAll(NegotiationSheet.blocks(others));
            if (session.scenario().futures().tailWeight() == 0) {
                var different = session.different(read, options, WITHIN, MOST_PLANS);
                document.put("different", FlipsTable.differentDocument(different));
                blocks.addAll(FlipsTable.different(different, WITHIN));
            }
        }
        if (flips) {
            var turned = session.flips(read, options);
            document.put("flips", FlipsTable.document(turned.flips()));
            document.put("flipsUntried", FlipsTable.untriedDocument(turned.untried()));
            blocks.addAll(FlipsTable.blocks(turned));
        }
        if (uncertainty) {
            var unknown = session.uncertainty(read, options);
            document.put("uncertainty", UncertaintyTable.document(unknown));
            blocks.addAll(UncertaintyTable.blocks(unknown));
        }
    }
}
