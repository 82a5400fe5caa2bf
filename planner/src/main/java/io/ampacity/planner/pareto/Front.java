package io.ampacity.planner.pareto;

import io.ampacity.planner.Planner;
import io.ampacity.planner.PlannerOptions;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.replan.Pinned;
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

    /** Searches that only choose among plans of one cost end after so long. */
    private static final double TIE_SECONDS = 10;

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

    /** What front and scenario are made with. */
    private record Work(
            Planner planner, Scenario scenario, Coefficients coefficients, PlannerOptions options, Respect respect) {

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
            for (int round = 0; round < (respect == Respect.CONCENTRATION ? MOST_RATIOS : 1); round++) {
                LeastBad aim = new LeastBad(respect, badness(best), known.costUsd());
                Optional<Point> found = planner.planFor(
                                aim,
                                new Pinned(best.plan(), 0, false),
                                best.plan().boundUsd(),
                                mostUsd,
                                question,
                                coefficients,
                                within)
                        .map(this::point);
                if (found.isEmpty() || !isBetter(found.get(), best)) {
                    return best;
                }
                best = found.get();
            }
            return best;
        }

        /** The cheapest plan at most so bad, and of those that cost as much the best. */
        Point cheapest(double badness, Plan start) {
            Scenario question = respect.limited(scenario, badness);
            // Nothing is pinned: the plan only shows the search where to begin.
            Pinned near = new Pinned(start, 0, false);
            Plan plan = planner.plan(question, "", coefficients, options, near).orElse(start);
            Plan cheaper = plan.objectiveUsd() <= start.objectiveUsd() ? plan : start;
            return checked(bestAtThatCost(question, point(cheaper)), badness);
        }

        Point bestAtThatCost(Scenario question, Point point) {
            if (scenario.futures().tailWeight() > 0) {
                return point;
            }
            PlannerOptions quick = new PlannerOptions(
                    options.relativeGap(),
                    Math.min(TIE_SECONDS, options.timeLimitSeconds()),
                    options.assumptions(),
                    null);
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
     */
    public static Front of(
            Respect respect,
            int count,
            Planner planner,
            Scenario scenario,
            Plan cheapest,
            Coefficients coefficients,
            PlannerOptions options) {
        if (count < 2) {
            throw new IllegalArgumentException("a front of " + count + " points has no two ends");
        }
        Work work = new Work(planner, scenario, coefficients, options, respect);
        Point low = work.bestAtThatCost(scenario, work.point(cheapest));
        work.checked(low, work.badness(low));
        Point extreme = work.best(scenario, low, Double.POSITIVE_INFINITY, options);
        List<Point> points = new ArrayList<>();
        points.add(low);
        if (work.isBetter(extreme, low)) {
            Point tight = work.cheapest(work.badness(extreme), extreme.plan());
            points.add(tight);
            double best = work.badness(tight);
            for (int k = 1; k < count - 1; k++) {
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
