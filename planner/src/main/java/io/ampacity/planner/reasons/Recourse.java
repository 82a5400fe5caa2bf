package io.ampacity.planner.reasons;

import io.ampacity.planner.Planner;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.Restriction;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.limits.FailuresBecomeKnown;
import io.ampacity.planner.model.Failures;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Capacity;
import io.ampacity.scenario.Plan.FuturePlan;
import io.ampacity.scenario.Programme;
import io.ampacity.scenario.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What a plan does once programmes have failed, and what it is worth to be able to.
 *
 * @param worthUsd what the cost that is weighed would rise by if every order had to be the same whatever fails; NaN when there is no
 *     plan then
 * @param branches by set of programmes that fail
 */
public record Recourse(double worthUsd, List<Branch> branches) {

    public Recourse {
        branches = List.copyOf(branches);
    }

    /**
     * What is done in a future in which programmes fail.
     *
     * @param knownPeriod from which the first failure is known; null when none of them was started
     * @param orders reservations and purchases placed from then on, beyond those of the future that is otherwise the likeliest of
     *     those in which nothing fails
     * @param forgone those of that future that are not placed here
     */
    public record Branch(
            String future,
            double probability,
            SortedSet<String> programmes,
            @Nullable Integer knownPeriod,
            double costUsd,
            List<Capacity> orders,
            List<Capacity> forgone) {}

    /** Works it out by planning again with orders that follow no failure. */
    public static Recourse of(
            Planner planner, Scenario scenario, Coefficients coefficients, PlannerOptions options, Plan plan) {
        Restriction blind = model -> {
            FailuresBecomeKnown.forbid(model);
            return true;
        };
        double worth = planner.plan(scenario, plan.scenarioHash(), coefficients, options, blind)
                .map(other -> other.objectiveUsd() - plan.objectiveUsd())
                .orElse(Double.NaN);
        return new Recourse(worth, branches(scenario, plan));
    }

    private static List<Branch> branches(Scenario scenario, Plan plan) {
        Map<String, Future> futures = new HashMap<>();
        scenario.futures().each().forEach(future -> futures.put(future.id(), future));
        FuturePlan usual = null;
        for (FuturePlan each : plan.futures()) {
            Future future = futures.get(each.future());
            boolean works = future != null && Failures.in(future).programmes().isEmpty();
            if (works && (usual == null || each.probability() > usual.probability())) {
                usual = each;
            }
        }
        List<Branch> branches = new ArrayList<>();
        for (FuturePlan each : plan.futures()) {
            Future future = futures.get(each.future());
            if (future != null && !Failures.in(future).programmes().isEmpty()) {
                SortedSet<String> failing = Failures.in(future).programmes();
                branches.add(new Branch(
                        each.future(),
                        each.probability(),
                        failing,
                        known(scenario, plan, failing),
                        each.objectiveUsd(),
                        beyond(each, usual),
                        usual == null ? List.of() : beyond(usual, each)));
            }
        }
        return branches;
    }

    private static @Nullable Integer known(Scenario scenario, Plan plan, SortedSet<String> failing) {
        Horizon horizon = scenario.horizon();
        Integer first = null;
        for (Programme programme : scenario.projects().programmes()) {
            for (Plan.Project project : plan.projects()) {
                if (failing.contains(programme.id()) && project.project().equals(programme.path())) {
                    int known = project.period() + programme.periodsToSilicon(horizon);
                    first = first == null || known < first ? Integer.valueOf(known) : first;
                }
            }
        }
        return first != null && first < horizon.periods() ? first : null;
    }

    /** Committed orders of a future that another has less of, as lines with the difference. */
    private static List<Capacity> beyond(FuturePlan one, @Nullable FuturePlan other) {
        Map<String, Integer> theirs = new HashMap<>();
        if (other != null) {
            other.capacity().forEach(line -> theirs.merge(key(line), line.added(), Integer::sum));
        }
        List<Capacity> more = new ArrayList<>();
        for (Capacity line : one.capacity()) {
            boolean follows =
                    line.contract().equals("on-demand") || line.contract().equals("spot");
            int added = line.added() - theirs.getOrDefault(key(line), 0);
            if (!follows && added > 0 && Programme.idOf(line.contract()) == null) {
                more.add(new Capacity(
                        line.period(),
                        line.site(),
                        line.supplier(),
                        line.chip(),
                        line.contract(),
                        line.count(),
                        added,
                        line.costUsd()));
            }
        }
        return more;
    }

    private static String key(Capacity line) {
        return String.join("|", line.site(), line.supplier(), line.chip(), line.contract(), "" + line.period());
    }
}
