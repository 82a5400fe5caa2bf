package io.ampacity.reports;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.PlainText;
import io.ampacity.reports.paper.Section;
import io.ampacity.reports.paper.Tone;
import io.ampacity.scenario.Learning;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Skills;
import io.ampacity.scenario.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The gap of skills: what the plan runs that the organisation cannot run, or does not own, today. */
final class StrategySkills {

    private StrategySkills() {}

    static Section section(StrategyFigures figures) {
        Skills skills = figures.scenario.projects().skills();
        Set<String> today = skills == null ? figures.ownedFamilies() : skills.today();
        Map<String, Integer> first = new TreeMap<>();
        Map<String, Integer> most = new TreeMap<>();
        for (int period = 0; period < figures.reading.periods(); period++) {
            for (Map.Entry<String, Integer> entry : figures.families(period).entrySet()) {
                first.putIfAbsent(entry.getKey(), period);
                most.merge(entry.getKey(), entry.getValue(), Math::max);
            }
        }
        List<List<Cell>> rows = new ArrayList<>();
        int gaps = 0;
        for (Map.Entry<String, Integer> entry : first.entrySet()) {
            boolean known = today.contains(entry.getKey());
            gaps += known ? 0 : 1;
            rows.add(List.of(
                    Cell.text("running " + PlainText.name(entry.getKey()) + " chips"),
                    Cell.text(figures.reading.periodName(entry.getValue())),
                    Cell.text(most.get(entry.getKey()) + " chips"),
                    standing(figures, entry.getKey(), known)));
        }
        Set<String> suppliers = figures.spendBySupplier().keySet();
        for (String supplier : suppliers) {
            int from = figures.plan.capacity().stream()
                    .filter(capacity -> capacity.supplier().equals(supplier) && capacity.count() > 0)
                    .mapToInt(Plan.Capacity::period)
                    .min()
                    .orElse(0);
            rows.add(List.of(
                    Cell.text("accounts, quotas and network with " + figures.name(supplier)),
                    Cell.text(figures.reading.periodName(from)),
                    Cell.text("1 supplier"),
                    Cell.text("ask")));
        }
        for (Site site : figures.scenario.sites()) {
            boolean used = figures.plan.placement().stream()
                    .anyMatch(placement -> placement.site().equals(site.id()));
            if (used && site.kind() != Site.Kind.CLOUD_REGION) {
                rows.add(List.of(
                        Cell.text("hands at " + PlainText.name(site.id())),
                        Cell.text(figures.reading.periodName(0)),
                        Cell.text(site.kind() == Site.Kind.EDGE ? "edge site" : "data centre"),
                        Cell.text("ask")));
            }
        }
        for (Workload workload : figures.scenario.workloads()) {
            if (workload instanceof Workload.Training training) {
                rows.add(List.of(
                        Cell.text("training on gangs: " + PlainText.name(training.id())),
                        Cell.text(figures.reading.periodName(training.startPeriod())),
                        Cell.text("from " + training.minimumChips() + " chips"),
                        Cell.text("ask")));
            }
        }
        String sum = gaps == 0
                ? "Every family of chips in the plan is " + (skills == null ? "owned" : "run") + " today."
                : gaps + " of " + first.size() + " families of chips are new to the organisation; each must be learned"
                        + " before the period named.";
        String judged = skills == null
                ? "Today is judged by the chips owned at the start"
                : "Families are those the scenario says the team can run, learning is what the plan undertakes";
        return new Section(
                "skills",
                "Gap of skills",
                new Block.Table(
                        "What people must be able to do, and from when",
                        List.of(
                                Column.text("skill"),
                                Column.text("needed from"),
                                Column.text("for"),
                                Column.text("today")),
                        rows,
                        judged + "; \"ask\": the scenario does not say."),
                new Block.Paragraph(sum));
    }

    /** How a family stands today, and what the plan does about it. */
    private static Cell standing(StrategyFigures figures, String family, boolean known) {
        boolean stated = figures.scenario.projects().skills() != null;
        if (known) {
            return Cell.text(stated ? "can be run today" : "owned today").in(Tone.GOOD);
        }
        for (Learning learning : figures.scenario.projects().learnings()) {
            for (Plan.Project project : figures.plan.projects()) {
                if (learning.family().equals(family) && project.project().equals(learning.path())) {
                    return Cell.text(learning.way().word() + " from " + figures.reading.periodName(project.period())
                                    + ": " + Numerals.usd(learning.cost().usd()) + ", then "
                                    + Numerals.usd(learning.runningPerYear().usd()) + " a year")
                            .in(Tone.PLAIN);
                }
            }
        }
        return Cell.text(stated ? "cannot be run today" : "none owned today").in(Tone.BAD);
    }
}
