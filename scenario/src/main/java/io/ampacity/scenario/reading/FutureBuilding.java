package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.Futures;
import io.ampacity.scenario.reading.FutureTable.RiskTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes {@link Futures} of sound forms. */
record FutureBuilding(SchemaReading reading) {

    private static final double SECONDS_PER_MONTH = 31_557_600.0 / 12;
    private static final double ROUNDING = 1e-6;

    /** The futures of a document; {@link Futures#NONE} when it has none, or when they are wrong, which is noted. */
    Futures futures(Form root, @Nullable Form policy, Set<String> workloads, Set<String> suppliers) {
        Map<String, Form> stated = root.valueOrNull(ScenarioTable.FUTURES);
        Form risk = policy == null ? null : policy.valueOrNull(PolicyTable.RISK);
        if (stated == null || stated.isEmpty()) {
            if (risk != null) {
                reading.warning(
                        risk.place(),
                        null,
                        "a risk is weighed, but there is one future only",
                        "add futures, or remove it");
            }
            return Futures.NONE;
        }
        List<Future> futures = new ArrayList<>();
        stated.forEach((id, form) -> {
            if (form.isSound()) {
                futures.add(future(id, form, workloads, suppliers));
            }
        });
        if (futures.size() < stated.size() || (risk != null && !risk.isSound()) || reading.errors() > 0) {
            return Futures.NONE;
        }
        double sum = futures.stream().mapToDouble(Future::probability).sum();
        if (Math.abs(sum - 1) > ROUNDING) {
            reading.error(
                    root.place(ScenarioTable.FUTURES),
                    null,
                    "the probabilities of the futures add up to " + percent(sum) + ", not 100 %",
                    sum < 1 ? "add the future in which things come as stated" : "lower some of them");
            return Futures.NONE;
        }
        return risk == null
                ? Futures.of(futures)
                : new Futures(futures, risk.value(RiskTable.TAIL), risk.value(RiskTable.WEIGHT));
    }

    private static String percent(double share) {
        return Math.round(share * 1e6) / 1e4 + " %";
    }

    private Future future(String id, Form form, Set<String> workloads, Set<String> suppliers) {
        return new Future(
                id,
                form.value(FutureTable.PROBABILITY),
                form.value(FutureTable.DEMAND),
                form.value(FutureTable.GROWTH),
                factors(form, FutureTable.WORKLOADS, workloads, "workload"),
                form.value(FutureTable.PRICE),
                factors(form, FutureTable.SUPPLIERS, suppliers, "supplier"),
                (int) Math.round(form.value(FutureTable.DELAY) / SECONDS_PER_MONTH));
    }

    private Map<String, Double> factors(
            Form form, Attribute<Map<String, Double>> attribute, Set<String> known, String what) {
        Map<String, Double> stated = form.valueOrNull(attribute);
        if (stated == null) {
            return Map.of();
        }
        for (String name : stated.keySet()) {
            if (!known.contains(name)) {
                reading.error(
                        form.place(attribute).below(name),
                        name,
                        "\"" + name + "\" is no " + what + " of this scenario",
                        "you meant one of " + String.join(", ", known));
            }
        }
        return new LinkedHashMap<>(stated);
    }
}
