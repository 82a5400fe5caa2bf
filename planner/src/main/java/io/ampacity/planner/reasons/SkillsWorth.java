package io.ampacity.planner.reasons;

import io.ampacity.planner.Planner;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.scenario.Learning;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Skills;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What it is worth to run more families of chips, or sooner: each by planning again, for half a team runs nothing and so has no
 * price at the margin.
 *
 * @param families by name
 */
public record SkillsWorth(List<Family> families) {

    public SkillsWorth {
        families = List.copyOf(families);
    }

    /**
     * A family that the team cannot run today.
     *
     * @param knownUsd discounted USD that it would save to run it from the first period on; NaN when there is no plan then
     */
    public record Family(String family, double knownUsd, List<Sooner> ways) {}

    /**
     * A way to learn it.
     *
     * @param months by which it is ready sooner, one period or less
     * @param usdPerMonth discounted USD saved for each of these months
     */
    public record Sooner(String way, int months, double usdPerMonth) {}

    /** Works it out. */
    public static SkillsWorth of(
            Planner planner, Scenario scenario, Coefficients coefficients, PlannerOptions options, Plan plan) {
        Skills skills = scenario.projects().skills();
        List<Family> families = new ArrayList<>();
        SortedSet<String> closed = new TreeSet<>();
        scenario.chips().forEach(chip -> closed.add(scenario.family(chip)));
        if (skills != null) {
            closed.removeAll(skills.today());
            for (String family : closed) {
                SortedSet<String> today = new TreeSet<>(skills.today());
                today.add(family);
                List<Learning> others = skills.learnings().stream()
                        .filter(learning -> !learning.family().equals(family))
                        .toList();
                double known = saved(planner, scenario, coefficients, options, plan, new Skills(today, others));
                families.add(new Family(family, known, sooner(planner, scenario, coefficients, options, plan, family)));
            }
        }
        return new SkillsWorth(families);
    }

    private static List<Sooner> sooner(
            Planner planner,
            Scenario scenario,
            Coefficients coefficients,
            PlannerOptions options,
            Plan plan,
            String family) {
        List<Sooner> ways = new ArrayList<>();
        Skills skills = scenario.projects().skills();
        for (Learning learning : scenario.projects().learnings()) {
            int period = scenario.horizon().monthsPerPeriod();
            // The last months before it is ready are those of its last period.
            int months = learning.leadMonths() == 0 ? 0 : (learning.leadMonths() - 1) % period + 1;
            if (skills != null && learning.family().equals(family) && months > 0) {
                List<Learning> shorter = skills.learnings().stream()
                        .map(each -> each.equals(learning)
                                ? new Learning(
                                        each.family(),
                                        each.way(),
                                        each.cost(),
                                        each.runningPerYear(),
                                        each.leadMonths() - months)
                                : each)
                        .toList();
                double saved =
                        saved(planner, scenario, coefficients, options, plan, new Skills(skills.today(), shorter));
                ways.add(new Sooner(learning.path(), months, saved / months));
            }
        }
        return ways;
    }

    private static double saved(
            Planner planner,
            Scenario scenario,
            Coefficients coefficients,
            PlannerOptions options,
            Plan plan,
            Skills skills) {
        Scenario other = scenario.withProjects(scenario.projects().withSkills(skills));
        Plan found = planner.plan(other, coefficients, options);
        return found.status() == Plan.Status.INFEASIBLE
                ? Double.NaN
                : Math.max(0, plan.objectiveUsd() - found.objectiveUsd());
    }
}
