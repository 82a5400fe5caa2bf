package io.ampacity.reports;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.Paper;
import io.ampacity.reports.paper.Section;
import io.ampacity.reports.paper.Verdict;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan as the papers with which an organisation carries it out: needs, skills, budget and return, stages, risks, what to
 * do after each loss, who decides, and when it is looked at again. Every figure is one of the plan or follows from it.
 */
public final class StrategyPaper {

    private StrategyPaper() {}

    /**
     * What would be done otherwise: everything from one supplier, beside own chips.
     *
     * @param broken rules of the scenario that it breaks
     */
    public record DoingNothing(Plan plan, List<String> broken) {
        public DoingNothing {
            broken = List.copyOf(broken);
        }
    }

    /**
     * The papers of a plan.
     *
     * @param nothing null when no single supplier can carry the work
     */
    public static Paper of(Scenario scenario, Plan plan, @Nullable ProofView proof, @Nullable DoingNothing nothing) {
        StrategyFigures figures = new StrategyFigures(scenario, plan);
        String title = (scenario.name().isBlank() ? plan.scenarioName() : scenario.name()) + ": strategy";
        if (plan.status() == Plan.Status.INFEASIBLE) {
            return new Paper(
                    title,
                    "",
                    new Verdict(
                            Verdict.Standing.IMPOSSIBLE,
                            "No plan, so no strategy",
                            "Settle first which limit gives way: the plan's own paper names the cheapest."),
                    new Block.Tiles(List.of()),
                    List.of());
        }
        StrategyReturn money = new StrategyReturn(figures, nothing);
        StrategyStages stages = new StrategyStages(figures);
        List<Section> sections = new ArrayList<>();
        sections.add(new StrategyNeeds(figures).section());
        sections.add(StrategySkills.section(figures));
        sections.add(money.section());
        sections.add(stages.section());
        sections.add(new StrategyRisks(figures).section());
        sections.add(new StrategyPlaybooks(figures, proof).section());
        sections.add(StrategyCalendar.escalation(figures));
        sections.add(StrategyCalendar.section(figures, stages));
        return new Paper(
                title,
                "How to carry out the plan from " + figures.reading.periodName(0) + " to "
                        + figures.reading.periodName(figures.last()),
                money.verdict(),
                new Block.Tiles(tiles(figures, money)),
                sections);
    }

    private static List<Block.Tile> tiles(StrategyFigures figures, StrategyReturn money) {
        List<Block.Tile> tiles = new ArrayList<>();
        tiles.add(new Block.Tile(
                "cost", Cell.usd(figures.reading.costUsd()), "over " + figures.reading.periods() + " periods"));
        Double value = money.netPresentValueUsd();
        tiles.add(new Block.Tile(
                "against doing nothing", value == null ? Cell.text("unknown") : Cell.usd(value), "net present value"));
        int busiest = figures.busiest();
        tiles.add(new Block.Tile(
                "chips at the most",
                Cell.count(figures.reading.chips(busiest)),
                "in " + figures.reading.periodName(busiest)));
        tiles.add(new Block.Tile(
                "suppliers",
                Cell.count(figures.spendBySupplier().size()),
                figures.spendBySupplier().isEmpty()
                        ? "only own chips"
                        : "largest takes " + Numerals.share(StrategyRisks.largestShare(figures))));
        return tiles;
    }
}
