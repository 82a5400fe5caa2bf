package io.ampacity.reports;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.reports.paper.Section;
import io.ampacity.reports.paper.Tone;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What to do after the loss of each supplier, site and, where that is to be survived, family of chips, in the period that holds the most. */
final class StrategyPlaybooks {

    private final StrategyFigures figures;
    private final @Nullable ProofView proof;
    private final int period;

    StrategyPlaybooks(StrategyFigures figures, @Nullable ProofView proof) {
        this.figures = figures;
        this.proof = proof;
        this.period = figures.busiest();
    }

    Section section() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Paragraph("As things stand in " + figures.reading.periodName(period)
                + ", when the most chips are held. What is kept is of the busiest hour."));
        for (Policy.LossOf kind : Policy.LossOf.values()) {
            for (String lost : losable(kind)) {
                blocks.addAll(playbook(kind, lost));
            }
        }
        if (blocks.size() == 1) {
            blocks.add(new Block.Paragraph("Nothing serves requests, so that no loss interrupts users."));
        }
        return new Section("playbooks", "Contingency playbooks", blocks);
    }

    private Set<String> losable(Policy.LossOf kind) {
        Set<String> all = new LinkedHashSet<>();
        for (Plan.Placement placement : figures.plan.placement()) {
            boolean serves = placement.period() == period && placement.capacityRequestsPerSecond() > 0;
            switch (kind) {
                case SUPPLIER -> {
                    if (serves && !figures.reading.isOwn(placement.supplier())) {
                        all.add(placement.supplier());
                    }
                }
                case SITE -> {
                    if (serves && figures.reading.isOwn(placement.supplier())) {
                        all.add(placement.site());
                    }
                }
                case CHIP_FAMILY -> {
                    if (serves && asked(kind)) {
                        all.add(figures.family(placement.chip()));
                    }
                }
            }
        }
        return all;
    }

    /** Whether the policy wants such a loss survived: the loss of a family is no everyday one. */
    private boolean asked(Policy.LossOf kind) {
        return figures.scenario.policy().survivals().stream().anyMatch(survival -> survival.loss() == kind);
    }

    private List<Block> playbook(Policy.LossOf kind, String lost) {
        List<List<Cell>> rows = new ArrayList<>();
        List<Workload.Serving> tooShort = new ArrayList<>();
        int chips = figures.plan.placement().stream()
                .filter(placement -> placement.period() == period && figures.isLost(placement, kind, lost))
                .mapToInt(Plan.Placement::chips)
                .sum();
        for (Workload.Serving serving : figures.reading.serving()) {
            double kept = figures.kept(serving, period, kind, lost);
            if (kept < 1) {
                tooShort.add(serving);
            }
            rows.add(List.of(
                    Cell.text(PlainText.name(serving.id())),
                    Cell.text(Numerals.share(kept)).in(kept >= 1 ? Tone.GOOD : Tone.PLAIN),
                    Cell.text(kept >= 1 ? "all" : Numerals.rate(figures.peak(serving, period) * kept) + " req/s"),
                    Cell.text(takers(serving, kind, lost)),
                    Cell.text(replayed(kind, lost, serving.id()))));
        }
        String name =
                switch (kind) {
                    case SUPPLIER -> figures.name(lost);
                    case SITE -> PlainText.name(lost);
                    case CHIP_FAMILY -> PlainText.name(lost) + " chips";
                };
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Table(
                "Without " + name + ": " + Numerals.count((long) chips) + " chips gone",
                List.of(
                        Column.text("workload"),
                        Column.number("kept"),
                        Column.text("carries"),
                        Column.text("taken over by"),
                        Column.text("in the replay").withPriority(1)),
                rows,
                null));
        blocks.add(new Block.Points(steps(kind, lost, tooShort)));
        return blocks;
    }

    private String takers(Workload.Serving serving, Policy.LossOf kind, String lost) {
        Set<String> takers = new LinkedHashSet<>();
        figures.plan.placement().stream()
                .filter(placement -> placement.period() == period
                        && placement.workload().equals(serving.id())
                        && !figures.isLost(placement, kind, lost)
                        && placement.capacityRequestsPerSecond() > 0)
                .sorted(Comparator.comparingDouble(
                        placement -> placement.requestsPerSecond() - placement.capacityRequestsPerSecond()))
                .forEach(placement -> takers.add(PlainText.name(placement.site())));
        return takers.isEmpty() ? "nobody" : String.join(", ", takers);
    }

    private String replayed(Policy.LossOf kind, String lost, String workload) {
        ProofView view = proof;
        if (view == null) {
            return "not replayed";
        }
        for (ProofView.Loss loss : view.losses()) {
            boolean same = loss.id().equals(lost)
                    && switch (kind) {
                        case SUPPLIER -> loss.of() == ProofView.LossOf.SUPPLIER;
                        case SITE -> loss.of() == ProofView.LossOf.SITE;
                        case CHIP_FAMILY -> false; // no replay loses a family
                    };
            Double during = loss.during().byWorkload().get(workload);
            if (same && during != null) {
                return Numerals.share(during) + " in time";
            }
        }
        return "not replayed";
    }

    private List<Block.Point> steps(Policy.LossOf kind, String lost, List<Workload.Serving> tooFew) {
        List<Block.Point> steps = new ArrayList<>();
        steps.add(new Block.Point(
                "At once",
                "weights follow by themselves; see that no request still waits there (console, or ampacity why)"));
        if (tooFew.isEmpty()) {
            steps.add(new Block.Point("Nobody is turned away", "every workload keeps its busiest hour"));
        } else {
            List<String> order = new ArrayList<>();
            tooFew.stream()
                    .sorted(Comparator.comparingInt(Workload.Serving::priority).thenComparing(Workload.Serving::id))
                    .forEach(each -> order.add(PlainText.name(each.id()) + " (priority " + each.priority() + ")"));
            steps.add(new Block.Point("Turn away first, if the busiest hour comes", String.join(", then ", order)));
        }
        steps.add(new Block.Point(
                "If it lasts over a day",
                "ampacity replan PLAN --change " + kind.word() + "." + PlainText.name(lost) + "=lost"));
        return steps;
    }
}
