package io.ampacity.planner.limits;

import io.ampacity.planner.model.Limit;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Row;
import io.ampacity.scenario.Policy.PeriodLimit;
import io.ampacity.units.Carbon;
import io.ampacity.units.Energy;
import io.ampacity.units.Money;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Money, electricity and greenhouse gas of single periods stay within the limits that hold in them; of several limits on one
 * thing in one period the smallest counts.
 */
final class PeriodLimitsHold implements LimitFamily {

    private static final double JOULES_PER_MWH = 3.6e9;
    private static final double GRAMS_PER_TONNE = 1e6;

    private record Most(String what, String unit, double amount, String relaxing) {}

    @Override
    public void addTo(PlanModel model) {
        for (int p = 0; p < model.periods(); p++) {
            List<Most> all = new ArrayList<>();
            for (PeriodLimit limit : model.market().scenario().policy().periodLimits()) {
                if (limit.holdsIn(p)) {
                    add(all, limit);
                }
            }
            all.sort(Comparator.comparing(Most::what).thenComparingDouble(Most::amount));
            String last = "";
            for (Most most : all) {
                if (!most.what.equals(last)) {
                    add(model, most, p);
                }
                last = most.what;
            }
        }
    }

    private static void add(List<Most> all, PeriodLimit limit) {
        Money spending = limit.spending();
        Money capital = limit.capital();
        Money operating = limit.operating();
        Energy energy = limit.energy();
        Carbon carbon = limit.carbon();
        if (spending != null) {
            all.add(new Most("spending", "USD", spending.usd(), "raise the budget"));
        }
        if (capital != null) {
            all.add(new Most("capital", "USD", capital.usd(), "raise the capital budget"));
        }
        if (operating != null) {
            all.add(new Most("operating", "USD", operating.usd(), "raise the operating budget"));
        }
        if (energy != null) {
            all.add(new Most("energy", "MWh", energy.joules() / JOULES_PER_MWH, "use more electricity"));
        }
        if (carbon != null) {
            all.add(new Most("carbon", "tCO2e", carbon.grams() / GRAMS_PER_TONNE, "raise the carbon limit"));
        }
    }

    private static void add(PlanModel model, Most most, int period) {
        LinearSum amount =
                switch (most.what) {
                    case "spending" -> model.amounts().spent(period);
                    case "capital" -> model.amounts().capital(period);
                    case "operating" -> model.amounts().operating(period);
                    case "energy" -> new LinearSum().plus(1e-3, model.amounts().facilityEnergy(period));
                    default ->
                        new LinearSum()
                                .plus(1 / GRAMS_PER_TONNE, model.amounts().carbon(period));
                };
        Limit limit = new Limit("policy.by-period." + most.what, period, most.unit, most.amount, most.relaxing);
        if (amount.isConstant() && amount.constant() <= most.amount) {
            return; // such as capital where nothing can be bought
        }
        double size = Math.max(most.amount, 1e-3);
        LinearSum give = model.give(limit, model.excess(amount, most.amount));
        LinearSum scaled = new LinearSum().plus(1 / size, amount).plus(-1 / size, give);
        Row row = model.linear().atMost("by-period[" + most.what + "," + period + "]", scaled, most.amount / size);
        model.price(limit, row, 1 / size);
    }
}
