package io.ampacity.planner;

import io.ampacity.planner.model.JointModel;
import io.ampacity.planner.model.JointModel.Part;
import io.ampacity.planner.model.Limit;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.scenario.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prices limits by the duals of the linear relaxation: the plan in which chips and replicas may be fractions.
 *
 * <p>Why not with the whole numbers fixed: then no limit on chips could ever be worth anything, since none could be
 * used. A price is the rate at which cost falls for a little more of the limit; for a whole chip or megawatt it is an estimate,
 * and of a limit that binds only because chips are whole it knows nothing.
 */
final class ShadowPrices {

    private static final double A_CENT = 0.01;

    private ShadowPrices() {}

    private record Priced(Plan.BindingLimit limit, double worth) {}

    /**
     * The limits that hold the cost up, dearest first: by what 1 % more of each would save.
     *
     * @param duals of the relaxation
     * @param values of the relaxation
     */
    static List<Plan.BindingLimit> of(JointModel model, double[] duals, double[] values) {
        // A limit may stand in several rows; its price is what they are worth together.
        Map<Limit, Double> prices = new LinkedHashMap<>();
        for (Part part : model.parts()) {
            for (PlanModel.PricedRow row : part.model().pricedRows()) {
                double price =
                        Math.abs(duals[row.row().index()]) * row.unitsPerDual().applyAsDouble(values);
                prices.merge(row.limit(), price, Double::sum);
            }
        }
        List<Priced> priced = new ArrayList<>();
        prices.forEach((limit, price) -> {
            double worth = price * Math.max(limit.size(), 1e-9);
            if (price > 0 && worth >= A_CENT) {
                priced.add(new Priced(told(model.parts().getFirst().model(), limit, price), worth));
            }
        });
        priced.sort(Comparator.comparingDouble((Priced p) -> -p.worth)
                .thenComparing(p -> p.limit.limit())
                .thenComparingInt(p -> p.limit.period() == null ? -1 : p.limit.period()));
        return priced.stream().map(Priced::limit).toList();
    }

    private static Plan.BindingLimit told(PlanModel model, Limit limit, double price) {
        Integer period = limit.period();
        String when = period == null ? "" : " in " + model.horizon().periodName(period);
        String explanation = String.format(
                Locale.ROOT, "To %s by one %s%s would save %,.2f USD", limit.relaxing(), limit.unit(), when, price);
        return new Plan.BindingLimit(limit.name(), period, price, limit.unit(), explanation);
    }
}
