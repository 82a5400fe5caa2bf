package io.ampacity.reports;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.reports.paper.Section;
import io.ampacity.scenario.Expansion;
import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.Learning;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Programme;
import io.ampacity.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What a plan undertakes beside renting and buying chips, and what it sells: when, for how much, and what rests on it. */
final class ProjectsSection {

    private final PlanReading reading;
    private final Scenario scenario;
    private final Plan plan;

    ProjectsSection(PlanReading reading) {
        this.reading = reading;
        this.scenario = reading.scenario;
        this.plan = reading.plan;
    }

    boolean isEmpty() {
        return plan.projects().isEmpty() && plan.sales().isEmpty();
    }

    Section section() {
        List<Block> blocks = new ArrayList<>();
        if (!plan.projects().isEmpty()) {
            blocks.add(projects());
        }
        if (!plan.sales().isEmpty()) {
            blocks.add(sales());
        }
        return new Section("projects", "What it undertakes", new Block.InBrief(blocks), new Block.InFull(blocks));
    }

    /** What is told of a project. */
    private record Told(String what, double usd, String rests) {}

    private Block.Table projects() {
        List<List<Cell>> rows = new ArrayList<>();
        for (Plan.Project project : plan.projects()) {
            Told told = told(project);
            Integer ready = project.readyPeriod();
            rows.add(List.of(
                    Cell.text(told.what),
                    Cell.text(reading.periodName(project.period())),
                    Cell.text(ready == null ? "beyond the horizon" : reading.periodName(ready)),
                    Double.isNaN(told.usd) ? Cell.text("unknown") : Cell.usd(told.usd),
                    Cell.text(told.rests)));
        }
        return new Block.Table(
                "Projects",
                List.of(
                        Column.text("what"),
                        Column.text("starts"),
                        Column.text("of use from"),
                        Column.number("costs"),
                        Column.text("what rests on it").withPriority(2)),
                rows,
                "Money of the day inside the horizon, chips apart: a programme's and learning's as paid, an expansion's whole price and"
                        + " its running.");
    }

    private Told told(Plan.Project project) {
        Horizon horizon = scenario.horizon();
        for (Programme programme : scenario.projects().programmes()) {
            if (programme.path().equals(project.project())) {
                return new Told(
                        "chip programme " + PlainText.name(programme.id()),
                        sum(project.period(), p -> programme.cost(horizon, project.period(), p)),
                        chips(line -> line.contract().equals(programme.contract())));
            }
        }
        for (Expansion expansion : scenario.projects().expansions()) {
            if (expansion.path().equals(project.project())) {
                Integer ready = project.readyPeriod();
                double running = ready == null
                        ? 0
                        : expansion.runningPerYear().usd()
                                / 12
                                * horizon.monthsPerPeriod()
                                * (horizon.periods() - ready);
                return new Told(
                        project.count() + " × " + expansion.power().print() + " at " + PlainText.name(expansion.site()),
                        project.count() * (expansion.price().usd() + running),
                        chips(line -> line.site().equals(expansion.site())
                                && (expansion.cools().isEmpty()
                                        || expansion.cools().contains(line.chip()))
                                && ready != null
                                && line.period() >= ready));
            }
        }
        for (Learning learning : scenario.projects().learnings()) {
            if (learning.path().equals(project.project())) {
                return new Told(
                        learning.way().word() + " for " + PlainText.name(learning.family()),
                        sum(project.period(), p -> learning.cost(horizon, project.period(), p)),
                        chips(line -> scenario.family(line.chip()).equals(learning.family())));
            }
        }
        return new Told(PlainText.name(project.project()), Double.NaN, "");
    }

    @FunctionalInterface
    private interface Paid {
        double in(int period);
    }

    private double sum(int start, Paid paid) {
        double sum = 0;
        for (int p = start; p < scenario.horizon().periods(); p++) {
            sum += paid.in(p);
        }
        return sum;
    }

    /** The most chips of some lines held in one period, and the workloads that run on such chips at their sites. */
    private String chips(Predicate<Plan.Capacity> mine) {
        int most = 0;
        Set<String> workloads = new TreeSet<>();
        for (int p = 0; p < plan.periods().size(); p++) {
            int held = 0;
            for (Plan.Capacity line : plan.capacity()) {
                if (line.period() == p && line.count() > 0 && mine.test(line)) {
                    held += line.count();
                    plan.placement().stream()
                            .filter(placed -> placed.period() == line.period()
                                    && placed.site().equals(line.site())
                                    && placed.chip().equals(line.chip()))
                            .forEach(placed -> workloads.add(PlainText.name(placed.workload())));
                }
            }
            most = Math.max(most, held);
        }
        if (most == 0) {
            return "nothing in the future that is shown";
        }
        return "up to " + Numerals.count(most) + " chips"
                + (workloads.isEmpty() ? "" : ", for " + String.join(", ", workloads));
    }

    private Block.Table sales() {
        List<List<Cell>> rows = new ArrayList<>();
        for (Plan.Sale sale : plan.sales()) {
            rows.add(List.of(
                    Cell.text(Numerals.count(sale.count()) + " " + PlainText.name(sale.chip()) + " at "
                            + PlainText.name(sale.site())),
                    Cell.text(reading.periodName(sale.ordered())),
                    Cell.text(reading.periodName(sale.period())),
                    Cell.usd(sale.proceedsUsd())));
        }
        return new Block.Table(
                "Chips sold on",
                List.of(Column.text("what"), Column.text("ordered"), Column.text("sold"), Column.number("brings")),
                rows,
                "What kept chips are worth at the end of the horizon is in the cost of the periods before.");
    }
}
