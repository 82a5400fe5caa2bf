package io.ampacity.planner.reasons;

import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Capacity;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Supplier;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A chief choice that a plan makes, told in one word. */
public enum Choice {
    /** The supplier that is paid the most. */
    FIRST_SUPPLIER,
    /** Whether most chips that are taken beside those owned already are bought or rented. */
    BUY_OR_RENT,
    /** The chip that is held the most. */
    CHIP;

    /** What a plan chooses; "nobody", "nothing" where there is nothing to choose. */
    public String of(Scenario scenario, Plan plan) {
        return switch (this) {
            case FIRST_SUPPLIER ->
                largest(
                        plan,
                        line -> isOwn(scenario, line.supplier())
                                        || line.contract().equals("owned")
                                ? null
                                : line.supplier(),
                        line -> line.costUsd() * discount(scenario.horizon(), line),
                        "nobody");
            case BUY_OR_RENT ->
                largest(
                        plan,
                        line -> line.contract().equals("owned") ? null : line.isBought() ? "buy" : "rent",
                        Capacity::count,
                        "nothing");
            case CHIP -> largest(plan, Capacity::chip, Capacity::count, "nothing");
        };
    }

    private static boolean isOwn(Scenario scenario, String id) {
        return scenario.suppliers().stream().anyMatch(supplier -> supplier.id().equals(id) && supplier.own());
    }

    private static double discount(Horizon horizon, Capacity line) {
        return horizon.discountFactor(line.period());
    }

    /** Whoever has most of an amount; the first by name of equals. */
    private static String largest(
            Plan plan, Function<Capacity, @Nullable String> name, ToDoubleFunction<Capacity> amount, String none) {
        Map<String, Double> sums = new TreeMap<>();
        for (Capacity line : plan.capacity()) {
            String of = name.apply(line);
            if (of != null && line.count() > 0) {
                sums.merge(of, amount.applyAsDouble(line), Double::sum);
            }
        }
        String largest = none;
        double most = 0;
        for (Map.Entry<String, Double> one : sums.entrySet()) {
            if (one.getValue() > most * (1 + 1e-9)) {
                most = one.getValue();
                largest = one.getKey();
            }
        }
        return largest;
    }

    /** As it is said. */
    public String spoken() {
        return switch (this) {
            case FIRST_SUPPLIER -> "first supplier";
            case BUY_OR_RENT -> "buy or rent";
            case CHIP -> "chip";
        };
    }

    /** The first supplier of a plan; null when nobody is paid. */
    static @Nullable String firstSupplier(Scenario scenario, Plan plan) {
        String first = FIRST_SUPPLIER.of(scenario, plan);
        return scenario.suppliers().stream().anyMatch(supplier -> supplier.id().equals(first) && !supplier.own())
                ? first
                : null;
    }

    /** Suppliers other than oneself and one more. */
    static Iterable<String> others(Scenario scenario, @Nullable String first) {
        return scenario.suppliers().stream()
                .filter(supplier -> !supplier.own() && !supplier.offers().isEmpty())
                .map(Supplier::id)
                .filter(id -> !id.equals(first))
                .sorted()
                .toList();
    }
}
