package io.ampacity.simulator.report;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sums in which one unknown makes the whole unknown. */
final class Totals {

    private Totals() {}

    static <T> @Nullable Double sum(List<T> things, Function<T, @Nullable Double> figure) {
        double sum = 0;
        for (T thing : things) {
            Double value = figure.apply(thing);
            if (value == null) {
                return null;
            }
            sum += value;
        }
        return sum;
    }
}
