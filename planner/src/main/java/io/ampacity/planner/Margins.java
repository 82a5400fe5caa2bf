package io.ampacity.planner;

import io.ampacity.planner.model.Holding;
import io.ampacity.planner.model.JointModel;
import io.ampacity.planner.model.Stock;
import io.ampacity.planner.model.Use;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Row;
import io.ampacity.planner.solver.Variable;
import java.util.Map;
import java.util.TreeMap;

/**
 * More capacity than the coefficients ask for, by workload: every pool carries its share of the peak this much over, and after a
 * loss what remains is this much over what is promised.
 *
 * @param byWorkload part of the capacity kept free, such as 0.05; at least 0
 */
public record Margins(Map<String, Double> byWorkload) implements Restriction {

    /** No margins. */
    public static final Margins NONE = new Margins(Map.of());

    public Margins {
        byWorkload = java.util.Collections.unmodifiableMap(new TreeMap<>(byWorkload));
        byWorkload.forEach((workload, margin) -> {
            if (!(margin >= 0)) {
                throw new IllegalArgumentException("a margin of " + margin + " for " + workload);
            }
        });
    }

    @Override
    public boolean restrict(JointModel model) {
        if (byWorkload.isEmpty()) {
            return true;
        }
        double largest = byWorkload.values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        for (JointModel.Part part : model.parts()) {
            widen(model, part, largest);
            for (Use.Serving use : part.model().serving()) {
                double margin = margin(use);
                if (margin > 0) {
                    widen(model, use.replicas(), margin);
                    String name = "margin[" + use.candidate().id() + "," + use.period() + "]";
                    model.linear()
                            .atMost(
                                    name,
                                    LinearSum.of(1 + margin, use.share()).plus(-use.peakPerReplica(), use.replicas()),
                                    0);
                }
            }
        }
        tightenSurvival(model);
        return true;
    }

    /** Bounds are what the work alone could want; with something to spare it wants more. */
    private static void widen(JointModel model, JointModel.Part part, double margin) {
        for (int p = 0; p < model.periods(); p++) {
            for (Stock stock : part.model().stocks()) {
                widen(model, stock.used(p), margin);
            }
            for (Holding holding : part.model().holdings()) {
                Variable blocks = holding.blocks(p);
                if (blocks != null) {
                    widen(model, blocks, margin);
                }
            }
        }
    }

    private static void widen(JointModel model, Variable variable, double margin) {
        double most = model.linear().upper(variable.index());
        model.linear().widen(variable, Math.ceil(most * (1 + margin)) + 1);
    }

    private double margin(Use.Serving use) {
        return byWorkload.getOrDefault(use.candidate().workload().id(), 0.0);
    }

    /** Raises what must remain after a loss; coefficients that were cut at the promise are cut at what is raised instead. */
    private void tightenSurvival(JointModel model) {
        LinearModel linear = model.linear();
        for (Row row : java.util.List.copyOf(linear.rows())) {
            if (!row.name().startsWith("survive[")) {
                continue;
            }
            String[] parts = row.name().split(",", -1);
            String workload = parts[parts.length - 2];
            double margin = byWorkload.getOrDefault(workload, 0.0);
            if (margin > 0) {
                linear.bound(row, linear.rowLower(row.index()) * (1 + margin), linear.rowUpper(row.index()));
            }
        }
    }

    /** The margins raised to at least these. */
    public Margins with(Map<String, Double> others) {
        Map<String, Double> all = new TreeMap<>(byWorkload);
        others.forEach((workload, margin) -> all.merge(workload, margin, Math::max));
        return new Margins(all);
    }
}
