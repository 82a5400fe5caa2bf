package io.ampacity.cli;

import io.ampacity.planner.Planner;
import io.ampacity.planner.replan.Change;
import io.ampacity.reports.PlanDifference;
import io.ampacity.reports.paper.Block;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.json.PlanJson;
import io.ampacity.units.Money;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ampacity replan}: the plan after something changed, with what is ordered kept. */
@Command(
        name = "replan",
        description = {
            "Plan again after something changed: what was ordered before a period stays, the search starts from the plan",
            "that stood, and what differs is told, with its cost. Exit code 1 when no plan is left.",
            "",
            "Changes: demand*1.2  demand.WORKLOAD*1.2  price*0.9  price.SUPPLIER*0.9  price.SUPPLIER/CHIP*1.1  quota*2",
            "quota.SUPPLIER*0.5  power.SITE*1.5  budget*0.9  carbon*0.8  supplier.ID=lost  site.ID=lost  chip.ID=lost"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity replan plan.json --change 'demand.assistant*1.2'",
            "  ampacity replan plan.json --change supplier.nebius=lost --until 2027-Q3 --out new.json"
        })
final class ReplanCommand extends AbstractAction {

    @Parameters(index = "0", paramLabel = "PLAN", description = "The plan that stood, a JSON file.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Path plan;

    @Option(
            names = "--change",
            required = true,
            paramLabel = "CHANGE",
            description =
                    "What has changed, such as demand.assistant*1.2; may be given more than once. Factors: demand, price, quota, "
                            + "power, budget, carbon, egress, uplink, resale, cost. Also skill.FAMILY=known, and skill, project, "
                            + "supplier, site, chip or chip-family =lost.")
    private List<String> changes = new ArrayList<>();

    @Option(
            names = "--until",
            paramLabel = "PERIOD",
            description = {
                "First period whose reservations and purchases are not ordered yet; those before it are kept",
                "(default: the second period of the plan). \"none\" keeps nothing."
            })
    private @Nullable String until;

    @Option(
            names = "--anew",
            description =
                    "Look at all plans, not only at those near the one that stood: slower, and closer to the best.")
    private boolean anew;

    @Option(
            names = "--cost-of-change",
            paramLabel = "MONEY",
            description = {
                "What it costs to move one chip to other work for a period, or to take it up or give it up, such as \"50 USD\":",
                "whatever saves less stays as it was (default: nothing)."
            })
    private @Nullable String costOfChange;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the new plan as JSON.")
    private @Nullable Path out;

    @Mixin
    private AnsweredScenario scenario = new AnsweredScenario();

    @Mixin
    private PlanningOptions planning = new PlanningOptions();

    @Mixin
    private KnownFacts known = new KnownFacts();

    @Override
    public Integer call() throws IOException {
        if (out != null) {
            Draft.check(out);
        }
        Plan before = AnsweredScenario.read(plan);
        if (before.status() == Plan.Status.INFEASIBLE) {
            throw badInput(plan + " is infeasible, so nothing of it was ordered. Maybe plan the scenario anew");
        }
        int firstFree = firstFree(before);
        PlanSession session = new PlanSession(scenario.of(before, known, output()), output());
        Scenario changed = session.scenario();
        for (String text : changes) {
            changed = Change.parse(text).applyTo(changed);
        }
        double usdPerChip = costOfChange == null ? 0 : Money.parse(costOfChange).usd();
        if (!(usdPerChip >= 0)) {
            throw badInput("--cost-of-change is " + costOfChange + "; it must be 0 or above");
        }
        Planner.Near found =
                session.replanned(before, changed, firstFree, anew, usdPerChip, changes, planning.options(this));
        Plan after = found.plan();
        if (out != null) {
            WholeFile.write(out, PlanJson.write(after));
        }
        PlanDifference difference = PlanDifference.between(before, after);
        if (output().json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("changes", changes);
            document.put(
                    "keptUntil",
                    firstFree < before.periods().size() ? before.periods().get(firstFree) : null);
            document.put("status", after.status());
            document.put("gap", after.gap());
            document.put("solveSeconds", found.solveSeconds());
            document.put("objectiveUsd", difference.objectiveUsd());
            document.put("totals", difference.totals());
            document.put("capacity", difference.capacity());
            document.put("placement", difference.placement());
            output().document(document);
        } else {
            output().blocks(difference.blocks().toArray(Block[]::new));
        }
        return ExitCode.FINE;
    }

    private int firstFree(Plan before) {
        if (until == null) {
            return Math.min(1, before.periods().size());
        }
        if (until.equals("none")) {
            return 0;
        }
        int index = before.periods().indexOf(until);
        if (index < 0) {
            throw badInput("--until is " + until + ", which is no period of the plan. Maybe one of "
                    + String.join(", ", before.periods()));
        }
        return index;
    }
}
