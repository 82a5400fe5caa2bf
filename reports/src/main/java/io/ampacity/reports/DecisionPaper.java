package io.ampacity.reports;

import io.ampacity.physics.Provenance;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Mark;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.Paper;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.reports.paper.Section;
import io.ampacity.reports.paper.Tone;
import io.ampacity.reports.paper.Verdict;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A plan as a paper that a person decides by: what is done, what it costs, whether it holds, what binds. */
public final class DecisionPaper {

    private static final int LIMITS_IN_BRIEF = 5;

    private final PlanReading reading;
    private final Plan plan;
    private final Annex annex;
    private final List<Block.Check> checks;
    private final @Nullable ProofSection proof;
    private final @Nullable ProofView view;

    private DecisionPaper(Scenario scenario, Plan plan, @Nullable ProofView view, Annex annex) {
        this.reading = new PlanReading(scenario, plan);
        this.plan = plan;
        this.annex = annex;
        this.view = view;
        boolean answered = plan.status() != Plan.Status.INFEASIBLE;
        this.checks = answered ? PolicyChecks.of(reading) : List.of();
        this.proof = view == null || !answered ? null : new ProofSection(reading, view);
    }

    /** The paper of a plan, with its replay where there is one. */
    public static Paper of(Scenario scenario, Plan plan, @Nullable ProofView proof) {
        return of(scenario, plan, proof, Annex.NONE);
    }

    /** The paper of a plan, with its replay where there is one, and what else is known. */
    public static Paper of(Scenario scenario, Plan plan, @Nullable ProofView proof, Annex annex) {
        return new DecisionPaper(scenario, plan, proof, annex).paper();
    }

    private Paper paper() {
        List<Section> sections = new ArrayList<>();
        PlanSections parts = new PlanSections(reading);
        if (plan.status() == Plan.Status.INFEASIBLE) {
            sections.add(relaxations());
        } else {
            sections.add(parts.held());
            sections.add(parts.runs());
            sections.add(parts.cost());
            ProjectsSection projects = new ProjectsSection(reading);
            if (!projects.isEmpty()) {
                sections.add(projects.section());
            }
            if (!checks.isEmpty()) {
                sections.add(new Section("rules", "The rules", new Block.Checks(checks)));
            }
            if (proof != null) {
                sections.add(proof.section());
            }
        }
        if (!plan.bindingLimits().isEmpty()) {
            sections.add(binding());
        }
        if (!annex.alternatives().isEmpty()) {
            sections.add(alternatives());
        }
        sections.addAll(annex.studies());
        List<Block.Check> unknowns = unknowns();
        if (!unknowns.isEmpty()) {
            sections.add(new Section("unknowns", "What is not known", new Block.Checks(unknowns)));
        }
        sections.add(new SourcesSection(reading).section());
        sections.add(origin());
        String description = reading.scenario.description();
        return new Paper(
                reading.scenario.name().isBlank() ? plan.scenarioName() : reading.scenario.name(),
                description == null ? "" : description,
                verdict(),
                new Block.Tiles(tiles()),
                sections);
    }

    private Verdict verdict() {
        if (plan.status() == Plan.Status.INFEASIBLE) {
            String because = plan.relaxations().isEmpty()
                    ? "No plan keeps all limits at once."
                    : "No plan keeps all limits at once; the cheapest way out is to relax "
                            + (plan.relaxations().size() == 1
                                    ? "one limit."
                                    : plan.relaxations().size() + " limits.");
            return new Verdict(Verdict.Standing.IMPOSSIBLE, "No plan", because);
        }
        String cost = Numerals.usd(reading.costUsd()) + " over " + reading.periods()
                + (reading.periods() == 1 ? " period, " : " periods, ") + optimality();
        for (Block.Check check : checks) {
            if (check.mark() == Mark.BROKEN) {
                return new Verdict(
                        Verdict.Standing.FAILS,
                        "A rule is broken",
                        check.rule() + ": " + check.detail() + ". Cost is " + cost + ".");
            }
        }
        if (proof == null) {
            return new Verdict(
                    Verdict.Standing.UNPROVEN,
                    "Planned, not yet proven",
                    "It keeps every rule and costs " + cost + ".");
        }
        Block.Check broken = proof.first(Mark.BROKEN);
        if (broken != null) {
            return new Verdict(
                    Verdict.Standing.FAILS,
                    "It does not hold",
                    broken.rule() + ": " + broken.detail() + ". Cost is " + cost + ".");
        }
        Block.Check unknown = proof.first(Mark.UNKNOWN);
        if (unknown != null || !proof.tests()) {
            String open = unknown == null
                    ? "The replay put no promise to the test"
                    : unknown.rule() + ": " + unknown.detail();
            return new Verdict(
                    Verdict.Standing.UNPROVEN,
                    "Proven in part",
                    "It keeps every rule and costs " + cost + ". What is open: " + open + ".");
        }
        return new Verdict(
                Verdict.Standing.HOLDS,
                "It holds",
                "It keeps every rule, the replay kept every promise, and it costs " + cost + ".");
    }

    private String optimality() {
        if (plan.gap() <= 0) {
            return "proven optimal";
        }
        return "at most " + Numerals.share(plan.gap()) + " above the best possible";
    }

    private List<Block.Tile> tiles() {
        List<Block.Tile> tiles = new ArrayList<>();
        if (plan.status() == Plan.Status.INFEASIBLE) {
            tiles.add(new Block.Tile(
                    "Limits to relax", Cell.count(plan.relaxations().size()).in(Tone.BAD), "cheapest set"));
            return tiles;
        }
        tiles.add(
                new Block.Tile("Cost", Cell.usd(reading.costUsd()), Numerals.usd(plan.objectiveUsd()) + " discounted"));
        tiles.add(new Block.Tile(
                "Electricity", Cell.number(Numerals.energy(reading.energyKwh()), reading.energyKwh()), "all sites"));
        tiles.add(
                new Block.Tile("CO₂e", Cell.number(Numerals.carbon(reading.carbonKg()), reading.carbonKg()), basis()));
        int most = 0;
        for (int period = 0; period < reading.periods(); period++) {
            most = Math.max(most, reading.chips(period));
        }
        tiles.add(new Block.Tile("Chips", Cell.count(most), "at most"));
        tiles.add(new Block.Tile("Gap", plan.gap() <= 0 ? Cell.number("0", 0) : Cell.share(plan.gap()), "to bound"));
        if (view != null) {
            Tone tone = proof != null && !proof.holds() ? Tone.BAD : Tone.PLAIN;
            tiles.add(new Block.Tile("In time", Cell.share(view.sloAttainment()).in(tone), "replayed"));
        }
        return tiles;
    }

    private String basis() {
        return switch (reading.scenario.policy().carbon().basis()) {
            case AVERAGE_DIRECT -> "average, direct";
            case AVERAGE_LIFE_CYCLE -> "average, life-cycle";
            case MARGINAL -> "marginal";
        };
    }

    private Section relaxations() {
        List<Block.Point> points = new ArrayList<>();
        for (Plan.Relaxation relaxation : plan.relaxations()) {
            points.add(new Block.Point(
                    limitName(relaxation.limit(), relaxation.period()),
                    "relax by " + amount(relaxation.by(), relaxation.unit()) + ". " + relaxation.explanation()));
        }
        return points.isEmpty()
                ? new Section(
                        "relaxations",
                        "What to relax",
                        new Block.Paragraph("No small set of limits was found that would make it answerable."))
                : new Section(
                        "relaxations",
                        "What to relax",
                        new Block.Paragraph("All of these together, and nothing less dear, make it answerable:"),
                        new Block.Points(points));
    }

    /** What one more of a limit is worth, in the planner's words where they say so, else in our own. */
    private static String worth(Plan.BindingLimit limit) {
        if (limit.explanation().contains(" save ")) {
            return limit.explanation();
        }
        String unit = limit.unit().isBlank() ? "unit" : PlainText.name(limit.unit());
        return "one more " + unit + " saves " + Numerals.usd(limit.shadowPrice()) + ". " + limit.explanation();
    }

    private Section binding() {
        List<Block.Point> points = new ArrayList<>();
        for (Plan.BindingLimit limit : plan.bindingLimits()) {
            points.add(new Block.Point(limitName(limit.limit(), limit.period()), worth(limit)));
        }
        Block explained = new Block.Paragraph("Limits that hold the cost up, the dearest first, in discounted money:");
        if (points.size() <= LIMITS_IN_BRIEF) {
            return new Section("binding", "What binds", explained, new Block.Points(points));
        }
        List<Block.Point> brief = new ArrayList<>(points.subList(0, LIMITS_IN_BRIEF));
        brief.add(new Block.Point("", (points.size() - LIMITS_IN_BRIEF) + " more limits bind."));
        return new Section(
                "binding",
                "What binds",
                explained,
                new Block.InBrief(List.of(new Block.Points(brief))),
                new Block.InFull(List.of(new Block.Points(points.subList(0, Math.min(points.size(), 60))))));
    }

    private Section alternatives() {
        List<List<Cell>> rows = new ArrayList<>();
        for (Annex.Alternative alternative : annex.alternatives()) {
            double more = alternative.objectiveUsd() - plan.objectiveUsd();
            rows.add(List.of(
                    Cell.text(PlainText.name(alternative.name())),
                    Cell.usd(alternative.objectiveUsd()),
                    Cell.number((more > 0 ? "+" : "") + Numerals.usd(more), more),
                    Cell.text(alternative.explanation())));
        }
        return new Section(
                "alternatives",
                "What else was weighed",
                new Block.Table(
                        "Other plans, in discounted money",
                        List.of(
                                Column.text("plan"),
                                Column.number("cost"),
                                Column.number("against this"),
                                Column.text("why not")),
                        rows,
                        null));
    }

    private List<Block.Check> unknowns() {
        List<Block.Check> notes = new ArrayList<>();
        Set<String> guessed = new LinkedHashSet<>();
        Set<String> kin = new LinkedHashSet<>();
        for (Annex.Estimate estimate : annex.estimates()) {
            String name = PlainText.name(estimate.model()) + " on " + PlainText.name(estimate.chip());
            switch (estimate.provenance()) {
                case CALIBRATED -> {}
                case KIN -> kin.add(name);
                case UNCALIBRATED -> guessed.add(name);
            }
        }
        if (!guessed.isEmpty()) {
            notes.add(new Block.Check(
                    Mark.NOTE,
                    "Speed and power are not calibrated",
                    String.join(", ", guessed) + "; measure before you buy"));
        }
        if (!kin.isEmpty()) {
            notes.add(new Block.Check(
                    Mark.NOTE, "Speed and power are taken from a kindred chip", String.join(", ", kin)));
        }
        for (String warning : plan.warnings()) {
            notes.add(new Block.Check(Mark.NOTE, warning, ""));
        }
        return notes;
    }

    private Section origin() {
        List<Block> blocks = new ArrayList<>();
        if (!annex.estimates().isEmpty()) {
            blocks.add(new Block.InFull(List.of(estimates())));
        }
        List<Block.Entry> entries = new ArrayList<>();
        entries.add(new Block.Entry("scenario", "sha256 " + plan.scenarioHash()));
        entries.add(new Block.Entry("status", status()));
        if (view != null) {
            entries.add(new Block.Entry("replay seed", Long.toString(view.seed())));
        }
        if (!annex.version().isEmpty()) {
            entries.add(new Block.Entry("ampacity", annex.version()));
        }
        blocks.add(new Block.InFull(List.of(new Block.Entries(entries))));
        blocks.add(new Block.InBrief(List.of(new Block.Paragraph(originInBrief(), Tone.FAINT))));
        return new Section("origin", "Where this comes from", blocks);
    }

    private String originInBrief() {
        String hash = plan.scenarioHash();
        return "Scenario sha256 " + hash.substring(0, Math.min(12, hash.length())) + ", " + status()
                + (view == null ? "" : ", replay seed " + view.seed())
                + (annex.version().isEmpty() ? "" : ", ampacity " + annex.version()) + ".";
    }

    private Block.Table estimates() {
        List<List<Cell>> rows = new ArrayList<>();
        for (Annex.Estimate estimate : annex.estimates()) {
            rows.add(List.of(
                    Cell.text(PlainText.name(estimate.model())),
                    Cell.text(PlainText.name(estimate.chip())),
                    Cell.text(PlainText.name(estimate.layout())),
                    Cell.text(estimate.provenance().id())
                            .in(estimate.provenance() == Provenance.UNCALIBRATED ? Tone.BAD : Tone.PLAIN)));
        }
        return new Block.Table(
                "How far speed and power rest on measurements",
                List.of(Column.text("model"), Column.text("chip"), Column.text("layout"), Column.text("provenance")),
                rows,
                "calibrated: fitted to measurements of this chip. kin: from the closest calibrated chip. uncalibrated: default"
                        + " efficiencies, no measurement behind them.");
    }

    private String status() {
        return switch (plan.status()) {
            case OPTIMAL -> "optimal within a gap of " + Numerals.share(Math.max(0, plan.gap()));
            case FEASIBLE -> "feasible, gap " + Numerals.share(plan.gap());
            case INFEASIBLE -> "infeasible";
        };
    }

    private String limitName(String limit, @Nullable Integer period) {
        return PlainText.name(limit) + (period == null ? "" : ", " + reading.periodName(period));
    }

    private static String amount(double by, String unit) {
        return switch (unit) {
            case "USD", "$" -> Numerals.usd(by);
            case "kg", "kgCO2e" -> Numerals.carbon(by) + " CO₂e";
            case "kWh" -> Numerals.energy(by);
            default ->
                (by == Math.rint(by) ? Numerals.count(by) : Numerals.significant(by))
                        + (unit.isBlank() ? "" : Numerals.JOIN + PlainText.name(unit));
        };
    }
}
