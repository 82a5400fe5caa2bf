package io.ampacity.planner.model;

import io.ampacity.planner.coefficients.Assumptions;
import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Variable;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.Futures;
import io.ampacity.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/**
 * One model of all futures: a {@link PlanModel} a future, bound together by the orders they share (the extensive form of a
 * two-stage stochastic programme).
 *
 * <p>With C(f) the cost of future f, π(f) its probability, α the tail and λ its weight, minimised is
 *
 * <pre>
 *   (1 − λ) Σ π(f) C(f) + λ (η + 1/α Σ π(f) u(f)),   u(f) ≥ C(f) − η,  u(f) ≥ 0
 * </pre>
 *
 * whose second part is the mean over the tail (Rockafellar and Uryasev 2000). A scenario without futures is one future of
 * probability 1.
 */
public final class JointModel {

    private final Scenario scenario;
    private final LinearModel linear = new LinearModel();
    private final List<Part> parts = new ArrayList<>();

    /** The model of one future. */
    public record Part(Future future, PlanModel model) {}

    /** What is bound together before rows are added: the market and candidates of each future. */
    public record Outlook(Future future, Market market, Candidates candidates) {}

    /** The futures of a scenario in their order; one as stated where it has none. */
    public static List<Outlook> outlooks(Scenario scenario, Coefficients coefficients, Assumptions assumptions) {
        List<Outlook> outlooks = new ArrayList<>();
        if (scenario.futures().isEmpty()) {
            Market market = new Market(scenario, assumptions);
            outlooks.add(new Outlook(Future.asStated("", 1), market, new Candidates(market, coefficients)));
        }
        for (Future future : scenario.futures().ordered()) {
            Market market = new Market(scenario.under(future), assumptions);
            outlooks.add(new Outlook(future, market, new Candidates(market, coefficients)));
        }
        return outlooks;
    }

    /**
     * A model without rows or objective.
     *
     * @param knownFrom the period from which one knows which future came; beyond the horizon for never
     */
    public JointModel(Scenario scenario, List<Outlook> outlooks, Mode mode, int knownFrom) {
        this.scenario = scenario;
        Orders orders = new Orders();
        for (Outlook outlook : outlooks) {
            Failures failures = Failures.in(outlook.future());
            Orders mine = orders.in(outlook.future().id(), knownFrom, failures.name(), failures.knownFrom(scenario));
            parts.add(new Part(
                    outlook.future(), new PlanModel(outlook.market(), outlook.candidates(), mode, linear, mine)));
        }
    }

    public List<Part> parts() {
        return parts;
    }

    /** The part of the likeliest future. */
    public Part likeliest() {
        Part likeliest = parts.getFirst();
        for (Part part : parts) {
            likeliest = part.future().probability() > likeliest.future().probability() ? part : likeliest;
        }
        return likeliest;
    }

    public LinearModel linear() {
        return linear;
    }

    public int periods() {
        return scenario.horizon().periods();
    }

    /** The period in which each variable is decided. */
    public int[] stages() {
        int[] stages = new int[linear.variableCount()];
        parts.forEach(part -> new Stages(part.model()).markStages(stages));
        return stages;
    }

    /**
     * By variable, the block it belongs to: the variables of one future and period, from 0; -1 for orders and whatever else
     * binds blocks together.
     */
    public int[] blocks() {
        int[] blocks = new int[linear.variableCount()];
        java.util.Arrays.fill(blocks, -1);
        for (int f = 0; f < parts.size(); f++) {
            new Stages(parts.get(f).model()).markBlocks(blocks, f * periods());
        }
        return blocks;
    }

    /** By variable, whether the relaxation costs as much without it. */
    public boolean[] needless() {
        boolean[] needless = new boolean[linear.variableCount()];
        parts.forEach(part -> new Stages(part.model()).markNeedless(needless));
        return needless;
    }

    /** Adds the objective. */
    public void addCosts() {
        Futures futures = scenario.futures();
        double weight = futures.tailWeight();
        if (weight == 0) {
            for (Part part : parts) {
                linear.minimise(new LinearSum().plus(part.future().probability(), Costs.of(part.model())));
            }
            return;
        }
        List<LinearSum> costs =
                parts.stream().map(part -> Costs.of(part.model())).toList();
        double[] largest = {1};
        costs.forEach(cost ->
                cost.forEach((variable, coefficient) -> largest[0] = Math.max(largest[0], Math.abs(coefficient))));
        double size = largest[0];
        Variable threshold = linear.continuous("threshold", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        LinearSum objective = LinearSum.of(weight * size, threshold);
        for (int f = 0; f < parts.size(); f++) {
            double probability = parts.get(f).future().probability();
            Variable above =
                    linear.continuous("above[" + parts.get(f).future().id() + "]", 0, Double.POSITIVE_INFINITY);
            linear.atMost(
                    "tail[" + parts.get(f).future().id() + "]",
                    new LinearSum()
                            .plus(1 / size, costs.get(f))
                            .plus(-1, threshold)
                            .plus(-1, above),
                    0);
            objective.plus((1 - weight) * probability, costs.get(f));
            objective.plus(weight * size * probability / futures.tail(), above);
        }
        linear.minimise(objective);
    }
}
