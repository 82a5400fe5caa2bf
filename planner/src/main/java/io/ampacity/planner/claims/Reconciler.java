package io.ampacity.planner.claims;

import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSolution;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Outcome;
import io.ampacity.planner.solver.Solver;
import io.ampacity.planner.solver.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out whether claims fit together. */
public final class Reconciler {

    /** A figure that is free of its range stays within this factor of it: e²⁵ is 7 × 10¹⁰. */
    private static final double FREE = 25;

    /** Leaving a range costs this much more than straying within it. */
    private static final double LEAVING = 1_000;

    /** Straying costs this much where nothing is known: enough to make the answer the same in every run. */
    private static final double UNKNOWN = 1e-6;

    /** The logarithm of the width of a range that is a single value, so that its deviation has a price. */
    private static final double NARROWEST = 1e-3;

    private final Solver solver;

    public Reconciler(Solver solver) {
        this.solver = solver;
    }

    public Reconciliation reconcile(Claims claims) {
        Map<String, Double> faceValues = new LinkedHashMap<>();
        Map<String, Double> likely = claims.likely();
        Set<String> unknown = claims.figures().stream()
                .filter(figure -> figure.kind() == Figure.Kind.UNKNOWN)
                .map(Figure::id)
                .collect(Collectors.toSet());
        for (Relation relation : claims.relations()) {
            if (relation.ratio().powers().keySet().stream().noneMatch(unknown::contains)) {
                faceValues.put(relation.name(), relation.ratio(likely));
            }
        }
        boolean consistent = solve(claims, Freedom.NONE, null, null) != null;
        Map<String, Double> nearest = solve(claims, consistent ? Freedom.NONE : Freedom.ALL, null, null);
        Map<String, Reconciliation.Span> left = new LinkedHashMap<>();
        Map<String, Double> alone = new LinkedHashMap<>();
        for (Figure figure : claims.figures()) {
            if (consistent) {
                left.put(figure.id(), new Reconciliation.Span(end(claims, figure, 1), end(claims, figure, -1)));
            } else {
                Map<String, Double> values = solve(claims, Freedom.ONE, figure, null);
                if (values != null) {
                    alone.put(figure.id(), value(values, figure));
                }
            }
        }
        return new Reconciliation(claims, faceValues, consistent, nearest == null ? Map.of() : nearest, left, alone);
    }

    private double end(Claims claims, Figure figure, int sign) {
        Map<String, Double> values = solve(claims, Freedom.NONE, figure, sign);
        return values == null ? figure.likely() : Math.clamp(value(values, figure), figure.low(), figure.high());
    }

    private static double value(Map<String, Double> values, Figure figure) {
        Double value = values.get(figure.id());
        return value == null ? figure.likely() : value;
    }

    /** Which figures may leave their ranges. */
    private enum Freedom {
        NONE,
        ONE,
        ALL
    }

    /**
     * Solves one programme.
     *
     * @param one the figure that may leave its range, or whose end is sought
     * @param sign 1 for the least value of {@code one}, −1 for the most; null for the nearest choice
     * @return by figure; null when nothing fits
     */
    private @Nullable Map<String, Double> solve(
            Claims claims, Freedom freedom, @Nullable Figure one, @Nullable Integer sign) {
        LinearModel model = new LinearModel();
        Map<String, Variable> logarithms = new LinkedHashMap<>();
        List<LinearSum> costs = new ArrayList<>();
        for (Figure figure : claims.figures()) {
            boolean free = freedom == Freedom.ALL || (freedom == Freedom.ONE && figure.equals(one));
            logarithms.put(figure.id(), logarithm(model, figure, free, sign == null, costs));
        }
        for (Relation relation : claims.relations()) {
            LinearSum sum = new LinearSum();
            relation.ratio().powers().forEach((id, power) -> {
                Variable logarithm = logarithms.get(id);
                if (logarithm != null) {
                    sum.plus(power, logarithm);
                }
            });
            model.equal(relation.name(), sum, -Math.log(relation.ratio().factor()));
        }
        LinearSum objective = new LinearSum();
        costs.forEach(cost -> objective.plus(1, cost));
        if (sign != null && one != null) {
            Variable sought = logarithms.get(one.id());
            if (sought != null) {
                objective.plus(sign, sought);
            }
        }
        model.minimise(objective);
        LinearSolution solution = solver.solveLinear(model);
        if (solution.outcome() != Outcome.OPTIMAL) {
            return null;
        }
        Map<String, Double> values = new LinkedHashMap<>();
        logarithms.forEach((id, logarithm) -> values.put(id, Math.exp(solution.values()[logarithm.index()])));
        return values;
    }

    private static Variable logarithm(
            LinearModel model, Figure figure, boolean free, boolean nearest, List<LinearSum> costs) {
        double low = Math.log(figure.low());
        double high = Math.log(figure.high());
        double slack = free ? FREE : 0;
        Variable logarithm = model.continuous(figure.id(), low - slack, high + slack);
        if (nearest) {
            // Straying costs by the width of the range: a wide range says that little is known.
            double width = Math.max(high - low, NARROWEST) / 2;
            double price = figure.kind() == Figure.Kind.UNKNOWN ? UNKNOWN : 1 / width;
            deviation(
                    model,
                    figure.id() + " strays",
                    logarithm,
                    Math.log(figure.likely()),
                    Math.log(figure.likely()),
                    price,
                    costs);
        }
        if (free) {
            deviation(model, figure.id() + " leaves", logarithm, low, high, LEAVING, costs);
        }
        return logarithm;
    }

    /** Prices the distance of a logarithm from the nearest point between two ends. */
    private static void deviation(
            LinearModel model,
            String name,
            Variable logarithm,
            double low,
            double high,
            double price,
            List<LinearSum> costs) {
        Variable below = model.continuous(name + " below", 0, 2 * FREE + 100);
        Variable above = model.continuous(name + " above", 0, 2 * FREE + 100);
        model.between(name, low, LinearSum.of(1, logarithm).plus(1, below).plus(-1, above), high);
        costs.add(LinearSum.of(price, below).plus(price, above));
    }
}
