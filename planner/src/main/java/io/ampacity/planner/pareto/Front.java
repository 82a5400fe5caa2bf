package io.ampacity.planner.pareto;

import io.ampacity.planner.Planner;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.planner.replan.Pinned;
import io.ampacity.planner.solver.Deadline;
import io.ampacity.planner.verify.PlanVerifier;
import io.ampacity.planner.verify.Violation;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Plans from the cheapest to the best in one respect, none of them dominated by another.
 *
 * @param respect what is bought with higher cost
 * @param points the cheapest first; each costs more than the one before and is better in the respect
 */
public record Front(Respect respect, List<Point> points) {

    /** A search for a plan gets so many times the time of one that only chooses among plans of one cost. */
    private static final int PLAN_SHARES = 2;

    private static final int TIE_SHARES = 1;
    private static final double A_CENT = 0.01;
    private static final double DUST = 1e-7;
    private static final int MOST_RATIOS = 8;

    /**
     * One plan.
     *
     * @param plan keeps every rule of the scenario, by the independent verifier
     * @param measures what it is in all respects
     */
    public record Point(Plan plan, Measures measures) {

        /** Discounted, as the scenario weighs its futures. */
        public double costUsd() {
            return plan.objectiveUsd();
        }
    }

    public Front {
        points = List.copyOf(points);
    }

    /** Hears which point of a front is searched, from 1, and how many there are at most. */
    @FunctionalInterface
    public interface Listener {
        void searching(int point, int count);
    }

    /** What a front is made with; hands the time out. */
    private static final class Work {
        private final Planner planner;
        private final Scenario scenario;
        private final Coefficients coefficients;
        private final PlannerOptions options;
        private final Respect respect;
        private final Deadline deadline;
        /** Shares of the time that searches to come have. */
        private int shares;

        Work(
                Planner planner,
                Scenario scenario,
                Coefficients coefficients,
                PlannerOptions options,
                Respect respect,
                int count) {
            this.planner = planner;
            this.scenario = scenario;
            this.coefficients = coefficients;
            this.options = options;
            this.respect = respect;
            this.deadline = Deadline.in(options.timeLimitSeconds());
            this.shares = TIE_SHARES + PLAN_SHARES + (count - 1) * (PLAN_SHARES + TIE_SHARES);
        }

        /** The time for the next search: its shares of what is left. */
        private PlannerOptions next(int mine) {
            double part = (double) mine / Math.max(mine, shares);
            shares -= mine;
            return options.within(deadline.part(part).limit());
        }

        Point point(Plan plan) {
            return new Point(plan, Measures.of(scenario, plan));
        }

        double badness(Point point) {
            return respect.badness(point.measures());
        }

        /** The best of a few: whatever is less bad by more than rounding. */
        boolean isBetter(Point one, Point other) {
            return badness(one) < badness(other) - DUST * Math.max(1, Math.abs(badness(other)));
        }

        /** The best plan in the respect that costs no more than a limit, starting from one that does. */
        Point best(Scenario question, Point known, double mostUsd, PlannerOptions within) {
            Point best = known;
            Deadline until = Deadline.in(within.timeLimitSeconds());
            for (int round = 0; round < (respect == Respect.CONCENTRATION ? MOST_RATIOS : 1); round++) {
                LeastBad aim = new LeastBad(respect, badness(best), known.costUsd());
                Optional<Point> found = planner.planFor(
                                aim,
                                new Pinned(best.plan(), 0, Pinned.Reach.ANYWHERE),
                                best.plan().boundUsd(),
                                mostUsd,
                                question,
                                coefficients,
                                within.within(until.limit()))
                        .map(this::point);
                if (found.isEmpty() || !isBetter(found.get(), best)) {
                    return best;
                }
                best = found.get();
                if (until.isOver()) {
                    return best;
                }
            }
            return best;
        }

        /** The cheapest plan at most so bad, and of those that cost as much the best. */
        Point cheapest(double badness, Plan start) {
            Scenario question = respect.limited(scenario, badness);
            // Nothing is pinned: the plan only shows the search where to begin.
            Pinned near = new Pinned(start, 0, Pinned.Reach.ANYWHERE);
            Plan plan = found(question, near).orElse(start);
            Plan cheaper = plan.objectiveUsd() <= start.objectiveUsd() ? plan : start;
            return checked(bestAtThatCost(question, point(cheaper)), badness);
        }

        private Optional<Plan> found(Scenario question, Pinned near) {
            try {
                return planner.plan(question, "", coefficients, next(PLAN_SHARES), near);
            } catch (PlannerException noneInTime) {
                return Optional.empty(); // the plan to start from keeps the limit too
            }
        }

        Point bestAtThatCost(Scenario question, Point point) {
            PlannerOptions quick = next(TIE_SHARES);
            if (scenario.futures().tailWeight() > 0) {
                return point;
            }
            double most = point.costUsd() + Math.min(A_CENT / 2, DUST * Math.abs(point.costUsd()));
            return best(question, point, most, quick);
        }

        Point checked(Point point, double badness) {
            Scenario question = respect.limited(scenario, badness);
            List<Violation> violations =
                    new PlanVerifier(question, coefficients, options.assumptions()).verify(point.plan());
            if (!violations.isEmpty()) {
                throw new IllegalStateException(
                        "a plan of the front fails its independent check: " + violations.getFirst());
            }
            return point;
        }
    }

    /**
     * The front of a scenario.
     *
     * @param cheapest the plan that stands, the cheapest there is
     * @param count how many points at most, 2 or more; fewer where plans are alike
     * @param options their time limit is that of the whole front
     * @param listener hears how far the front is
     */
    public static Front of(
            Respect respect,
            int count,
            Planner planner,
            Scenario scenario,
            Plan cheapest,
            Coefficients coefficients,
            PlannerOptions options,
            Listener listener) {
        if (count < 2) {
            throw new IllegalArgumentException("a front of " + count + " points has no two ends");
        }
        Work work = new Work(planner, scenario, coefficients, options, respect, count);
        listener.searching(1, count);
        Point low = work.bestAtThatCost(scenario, work.point(cheapest));
        work.checked(low, work.badness(low));
        listener.searching(count, count);
        Point extreme = work.best(scenario, low, Double.POSITIVE_INFINITY, work.next(PLAN_SHARES));
        List<Point> points = new ArrayList<>();
        points.add(low);
        if (work.isBetter(extreme, low)) {
            Point tight = work.cheapest(work.badness(extreme), extreme.plan());
            points.add(tight);
            double best = work.badness(tight);
            for (int k = 1; k < count - 1; k++) {
                listener.searching(count - k, count);
                double limit = best + (work.badness(low) - best) * k / (count - 1);
                points.add(work.cheapest(limit, points.getLast().plan()));
            }
        }
        return new Front(respect, undominated(points, work));
    }

    /** The cheapest first, without plans that are no better than a cheaper one. */
    private static List<Point> undominated(List<Point> points, Work work) {
        List<Point> kept = new ArrayList<>();
        points.stream()
                .sorted(Comparator.comparingDouble(Point::costUsd).thenComparingDouble(work::badness))
                .forEach(point -> {
                    if (kept.isEmpty() || work.isBetter(point, kept.getLast())) {
                        // Within rounding of one cost, the better stays.
                        if (!kept.isEmpty() && point.costUsd() - kept.getLast().costUsd() <= A_CENT) {
                            kept.removeLast();
                        }
                        kept.add(point);
                    }
                });
        return kept;
    }
}
