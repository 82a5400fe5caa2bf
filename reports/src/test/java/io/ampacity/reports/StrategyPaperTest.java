package io.ampacity.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.reports.html.HtmlRenderer;
import io.ampacity.reports.markdown.MarkdownRenderer;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.reports.paper.Paper;
import io.ampacity.reports.paper.Section;
import io.ampacity.scenario.Learning;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Skills;
import io.ampacity.units.Money;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class StrategyPaperTest {

    private static final Pattern NUMBER = Pattern.compile("[0-9][0-9,.]*");

    private static String text(Plan plan) {
        return new MarkdownRenderer().render(StrategyPaper.of(Example.scenario(), plan, Example.proof(), null));
    }

    /** The example's plan with everything that is held and carried made larger. */
    private static Plan scaled(double factor) {
        Plan plan = Example.plan();
        List<Plan.Capacity> capacity = new ArrayList<>();
        for (Plan.Capacity each : plan.capacity()) {
            capacity.add(new Plan.Capacity(
                    each.period(),
                    each.site(),
                    each.supplier(),
                    each.chip(),
                    each.contract(),
                    (int) Math.ceil(each.count() * factor),
                    (int) Math.ceil(each.added() * factor),
                    each.costUsd() * factor));
        }
        List<Plan.Placement> placement = new ArrayList<>();
        for (Plan.Placement each : plan.placement()) {
            placement.add(new Plan.Placement(
                    each.period(),
                    each.workload(),
                    each.site(),
                    each.supplier(),
                    each.chip(),
                    each.deployment(),
                    (int) Math.ceil(each.replicas() * factor),
                    (int) Math.ceil(each.chips() * factor),
                    each.requestsPerSecond(),
                    each.peakRequestsPerSecond(),
                    each.capacityRequestsPerSecond() * factor,
                    each.share(),
                    each.tokens()));
        }
        List<Plan.PeriodTotals> totals = new ArrayList<>();
        for (Plan.PeriodTotals each : plan.totals()) {
            totals.add(new Plan.PeriodTotals(
                    each.period(),
                    each.costUsd() + (factor - 1) * each.capacityUsd(),
                    each.capacityUsd() * factor,
                    each.energyUsd(),
                    each.carbonPriceUsd(),
                    each.energyKwh(),
                    each.carbonKg(),
                    each.waterLitres()));
        }
        return new Plan(
                plan.version(),
                plan.scenarioName(),
                plan.scenarioHash(),
                plan.status(),
                plan.objectiveUsd() * factor,
                plan.boundUsd() * factor,
                plan.gap(),
                plan.periods(),
                capacity,
                placement,
                totals,
                plan.bindingLimits(),
                plan.relaxations(),
                plan.warnings());
    }

    @Test
    void everyPaperThatCarriesAPlanOutIsThere() {
        Paper paper = StrategyPaper.of(Example.scenario(), Example.plan(), Example.proof(), null);
        assertThat(paper.sections().stream().map(Section::id))
                .containsExactly("needs", "skills", "return", "stages", "risks", "playbooks", "escalation", "calendar");
        assertThat(new HtmlRenderer().render(paper)).contains("Risk register", "Rollback", "Stop rule");
    }

    /** No part is the same for two plans of which one holds and carries half as much again. */
    @Test
    void twoPlansGiveDifferentFiguresInEverySection() {
        Paper one = StrategyPaper.of(Example.scenario(), Example.plan(), null, null);
        Paper other = StrategyPaper.of(Example.scenario(), scaled(1.5), null, null);
        for (int i = 0; i < one.sections().size(); i++) {
            if (!one.sections().get(i).id().equals("escalation")) {
                assertThat(one.sections().get(i))
                        .as(one.sections().get(i).id())
                        .isNotEqualTo(other.sections().get(i));
            }
        }
    }

    @Test
    void theGapOfSkillsIsThatOfTheScenarioAndSaysHowThePlanClosesIt() {
        String family = Example.scenario().family("h100-sxm");
        Learning learning = new Learning(family, Learning.Way.HIRE, new Money(200_000), new Money(900_000), 0);
        Skills none = new Skills(new TreeSet<>(), List.of(learning));
        Scenario unskilled =
                Example.scenario().withProjects(Example.scenario().projects().withSkills(none));
        Plan hired = Example.plan().withProjects(List.of(new Plan.Project(learning.path(), 0, 1, 0)));
        assertThat(skills(unskilled, hired)).contains("hire from", "900", "are new to the organisation");
        assertThat(skills(unskilled, Example.plan())).contains("cannot be run today");
        Skills able = new Skills(new TreeSet<>(Set.of(family)), List.of());
        assertThat(skills(unskilled.withProjects(unskilled.projects().withSkills(able)), Example.plan()))
                .contains("can be run today", "is run today")
                .doesNotContain("owned today");
        assertThat(skills(Example.scenario(), Example.plan())).contains("owned today");
    }

    private static String skills(Scenario scenario, Plan plan) {
        Paper paper = StrategyPaper.of(scenario, plan, Example.proof(), null);
        String text = new MarkdownRenderer().render(paper);
        return text.substring(text.indexOf("Gap of skills"));
    }

    @Test
    void figuresAreThoseOfThePlan() {
        Plan plan = Example.plan();
        String text = text(plan);
        StrategyFigures figures = new StrategyFigures(Example.scenario(), plan);
        int busiest = figures.busiest();
        assertThat(text)
                .contains(Numerals.count((long) figures.reading.chips(busiest)))
                .contains(plain(Numerals.usd(figures.reading.costUsd())));
        for (String supplier : figures.spendBySupplier().keySet()) {
            assertThat(text).contains("Without " + figures.name(supplier));
        }
        assertThat(plan.bindingLimits()).isNotEmpty();
        for (StrategyFigures.Bottleneck limit : figures.bottlenecks(3)) {
            assertThat(text).contains(plain(Numerals.usd(limit.dearestUsd())));
        }
        assertThat(numbers(text)).hasSizeGreaterThan(60);
    }

    /** With spaces that may break, as Markdown has them. */
    private static String plain(String numeral) {
        return numeral.replace(Numerals.JOIN, ' ');
    }

    private static Set<String> numbers(String text) {
        Set<String> numbers = new LinkedHashSet<>();
        NUMBER.matcher(text).results().forEach(each -> numbers.add(each.group()));
        return numbers;
    }

    @Test
    void theReturnIsReckonedAgainstDoingNothing() {
        StrategyPaper.DoingNothing dearer =
                new StrategyPaper.DoingNothing(scaled(2), List.of("policy.survive.supplier"));
        Paper paper = StrategyPaper.of(Example.scenario(), Example.plan(), null, dearer);
        assertThat(paper.verdict().word()).isEqualTo("Carry it out");
        assertThat(paper.verdict().because()).contains("spares", "policy.survive.supplier");
        double[] ours = StrategyFigures.cash(Example.scenario(), Example.plan());
        double[] theirs = StrategyFigures.cash(Example.scenario(), scaled(2));
        double value = 0;
        for (int period = 0; period < ours.length; period++) {
            value += (theirs[period] - ours[period]) / Math.pow(1.08, (period + 0.5) * 3 / 12.0);
        }
        assertThat(paper.verdict().because()).contains(Numerals.usd(value));

        StrategyPaper.DoingNothing same = new StrategyPaper.DoingNothing(scaled(0.5), List.of());
        assertThat(StrategyPaper.of(Example.scenario(), Example.plan(), null, same)
                        .verdict()
                        .word())
                .isEqualTo("Think again");
    }

    @Test
    void noPlanHasNoStrategy() {
        Paper paper = StrategyPaper.of(Example.scenario(), Example.infeasible(), null, null);
        assertThat(paper.sections()).isEmpty();
        assertThat(paper.verdict().word()).contains("No plan");
    }
}
