package io.ampacity.planner.reasons;

import io.ampacity.planner.Planner;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.Restriction;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.planner.solver.Deadline;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What would flip the decision: for each chief choice the smallest change of a price, of demand or of a delivery at which
 * another choice is best.
 *
 * <p>A change is tried in growing steps until the plan made again chooses otherwise; between the last step that left the choice
 * and the first that did not, halving finds where it turns. Both sides of what is told were solved, so a flip is a fact up to
 * the gap of the plans; that none comes earlier is not shown, for a choice may turn twice.
 *
 * <p>Each plan is searched from the one that stands: as long as that stays within the gap of the best, the search ends there,
 * and the choice counts as unchanged. All plans share one time limit. The first step of every change is tried before the
 * second of any, so that what time runs out for are the large changes.
 */
public final class Flips {

    private static final int HALVINGS = 4;

    private final Planner planner;
    private final Scenario scenario;
    private final Plan plan;
    private final Coefficients coefficients;
    private final PlannerOptions options;
    private final Restriction start;
    private final Consumer<String> listener;
    private final Deadline deadline;

    private Flips(
            Planner planner,
            Scenario scenario,
            Plan plan,
            Coefficients coefficients,
            PlannerOptions options,
            Restriction start,
            Consumer<String> listener) {
        this.start = start;
        this.planner = planner;
        this.scenario = scenario;
        this.plan = plan;
        this.coefficients = coefficients;
        this.options = options;
        this.listener = listener;
        this.deadline = Deadline.in(options.timeLimitSeconds());
    }

    /**
     * A flip.
     *
     * @param from the choice as things stand
     * @param to what is chosen instead beyond the change; null when there is no plan there
     * @param same the largest change tried at which the choice is still the same, 0 for none
     * @param other the smallest change tried at which it is another
     */
    public record Flip(Choice choice, String from, @Nullable String to, Lever lever, double same, double other) {}

    /**
     * A change that time ran out for.
     *
     * @param from the smallest step that was not tried
     */
    public record Untried(Lever lever, double from) {}

    /**
     * What was found.
     *
     * @param flips by choice, the smallest change first
     * @param untried changes of which it is not known whether they flip anything; none when time was enough
     */
    public record Answer(List<Flip> flips, List<Untried> untried) {

        public Answer {
            flips = List.copyOf(flips);
            untried = List.copyOf(untried);
        }
    }

    /**
     * Every flip that was found until the time limit of the options, which is for all of them together.
     *
     * @param start leaves every plan to choose from, and starts the search from the plan that stands
     * @param listener hears each change before it is tried
     */
    public static Answer of(
            Planner planner,
            Scenario scenario,
            Plan plan,
            Coefficients coefficients,
            PlannerOptions options,
            Restriction start,
            Consumer<String> listener) {
        return new Flips(planner, scenario, plan, coefficients, options, start, listener).answer();
    }

    private Answer answer() {
        List<Tried> all =
                Lever.of(scenario, plan).stream().map(lever -> new Tried(lever)).toList();
        int most =
                all.stream().mapToInt(tried -> tried.lever.steps().size()).max().orElse(0);
        for (int step = 0; step < most; step++) {
            for (Tried tried : all) {
                tried.step(step);
            }
        }
        for (int halving = 0; halving < HALVINGS; halving++) {
            all.forEach(Tried::halve);
        }
        List<Flip> flips = new ArrayList<>();
        all.forEach(tried -> flips.addAll(tried.flips.values()));
        flips.sort(Comparator.comparing(Flip::choice)
                .thenComparingDouble(flip -> flip.lever().size(flip.other()))
                .thenComparing(flip -> flip.lever().toString()));
        List<Untried> untried = all.stream()
                .filter(tried -> tried.untried != null)
                .map(tried -> new Untried(tried.lever, tried.untried == null ? 0 : tried.untried))
                .toList();
        return new Answer(flips, untried);
    }

    /** One lever, and plans made again under it, each once. */
    private final class Tried {

        private final Lever lever;
        private final Map<Double, Optional<Plan>> plans = new HashMap<>();
        private final EnumMap<Choice, Flip> flips = new EnumMap<>(Choice.class);
        private double same;
        private @Nullable Double untried;

        Tried(Lever lever) {
            this.lever = lever;
        }

        /** Tries the next larger step where some choice has not flipped. */
        void step(int number) {
            if (untried != null || number >= lever.steps().size() || flips.size() == Choice.values().length) {
                return;
            }
            double step = lever.steps().get(number);
            if (!isPlanned(step)) {
                untried = step;
                return;
            }
            for (Choice choice : Choice.values()) {
                String from = choice.of(scenario, plan);
                if (!flips.containsKey(choice) && !chosen(choice, step).equals(from)) {
                    flips.put(choice, flip(choice, from, same, step));
                }
            }
            same = step;
        }

        /** Halves what is between both sides of each flip, while there is time. */
        void halve() {
            for (Choice choice : Choice.values()) {
                Flip flip = flips.get(choice);
                if (flip != null && lever.divides(flip.same(), flip.other())) {
                    double middle = (flip.same() + flip.other()) / 2;
                    if (isPlanned(middle)) {
                        boolean stays = chosen(choice, middle).equals(flip.from());
                        flips.put(
                                choice,
                                flip(choice, flip.from(), stays ? middle : flip.same(), stays ? flip.other() : middle));
                    }
                }
            }
        }

        private Flip flip(Choice choice, String from, double unchanged, double changed) {
            String to = chosen(choice, changed);
            return new Flip(choice, from, to.isEmpty() ? null : to, lever, unchanged, changed);
        }

        /** Whether it is known what is planned under a change, after planning it when there is time. */
        private boolean isPlanned(double change) {
            if (plans.containsKey(change)) {
                return true;
            }
            if (deadline.isOver()) {
                return false;
            }
            listener.accept(lever.spoken(change));
            try {
                Scenario changed = lever.applied(scenario, change);
                PlannerOptions rest = options.within(deadline.limit());
                plans.put(
                        change,
                        planner.plan(changed, "", coefficients, rest, start)
                                .filter(found -> found.status() != Plan.Status.INFEASIBLE));
                return true;
            } catch (PlannerException noTime) {
                if (!deadline.isOver()) {
                    throw noTime;
                }
                return false;
            }
        }

        /** What is chosen under a change that was planned; nothing where there is no plan. */
        private String chosen(Choice choice, double change) {
            return plans.getOrDefault(change, Optional.empty())
                    .map(found -> choice.of(scenario, found))
                    .orElse("");
        }
    }
}
