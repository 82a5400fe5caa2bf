package io.ampacity.planner.reasons;

import io.ampacity.planner.Planner;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.Restriction;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What would flip the decision: for each chief choice the smallest change of a price, of demand or of a delivery at which
 * another choice is best.
 *
 * <p>A change is tried in growing steps until the plan made again chooses otherwise; between the last step that left the choice
 * and the first that did not, halving finds where it turns. Both sides of what is told were solved, so a flip is a fact up to
 * the gap of the plans; that none comes earlier is not shown, for a choice may turn twice.
 */
public final class Flips {

    private static final int HALVINGS = 4;

    private Flips() {}

    /**
     * A flip.
     *
     * @param from the choice as things stand
     * @param to what is chosen instead beyond the change; null when there is no plan there
     * @param same the largest change tried at which the choice is still the same, 0 for none
     * @param other the smallest change tried at which it is another
     */
    public record Flip(Choice choice, String from, @Nullable String to, Lever lever, double same, double other) {}

    /** Every flip that was found, by choice, the smallest change first. */
    public static List<Flip> of(
            Planner planner, Scenario scenario, Plan plan, Coefficients coefficients, PlannerOptions options) {
        List<Flip> flips = new ArrayList<>();
        for (Lever lever : Lever.of(scenario, plan)) {
            Tried tried = new Tried(planner, scenario, coefficients, options, lever);
            for (Choice choice : Choice.values()) {
                tried.flip(choice, choice.of(scenario, plan)).ifPresent(flips::add);
            }
        }
        flips.sort(Comparator.comparing(Flip::choice)
                .thenComparingDouble(flip -> flip.lever().size(flip.other()))
                .thenComparing(flip -> flip.lever().toString()));
        return flips;
    }

    /** Plans made again under one lever, each once. */
    private record Tried(
            Planner planner,
            Scenario scenario,
            Coefficients coefficients,
            PlannerOptions options,
            Lever lever,
            Map<Double, Optional<Plan>> plans) {

        Tried(Planner planner, Scenario scenario, Coefficients coefficients, PlannerOptions options, Lever lever) {
            this(planner, scenario, coefficients, options, lever, new LinkedHashMap<>());
        }

        Optional<Flip> flip(Choice choice, String from) {
            double same = 0;
            for (double step : lever.steps()) {
                if (!chosen(choice, step).equals(from)) {
                    return Optional.of(halved(choice, from, same, step));
                }
                same = step;
            }
            return Optional.empty();
        }

        private Flip halved(Choice choice, String from, double same, double other) {
            double low = same;
            double high = other;
            for (int i = 0; i < HALVINGS && lever.divides(low, high); i++) {
                double middle = (low + high) / 2;
                if (chosen(choice, middle).equals(from)) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            String to = chosen(choice, high);
            return new Flip(choice, from, to.isEmpty() ? null : to, lever, low, high);
        }

        /** What is chosen under a change; nothing where there is no plan. */
        private String chosen(Choice choice, double change) {
            return plans.computeIfAbsent(
                            change,
                            by -> planner.plan(lever.applied(scenario, by), "", coefficients, options, Restriction.NONE)
                                    .filter(plan -> plan.status() != Plan.Status.INFEASIBLE))
                    .map(plan -> choice.of(scenario, plan))
                    .orElse("");
        }
    }
}
