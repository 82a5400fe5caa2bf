package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.Future.Outcome;
import io.ampacity.scenario.Futures;
import io.ampacity.scenario.Programme;
import io.ampacity.scenario.reading.FutureTable.OutcomeTable;
import io.ampacity.scenario.reading.FutureTable.RiskTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes {@link Futures} of sound forms. */
record FutureBuilding(SchemaReading reading) {

    private static final double SECONDS_PER_MONTH = 31_557_600.0 / 12;
    private static final double ROUNDING = 1e-6;

    /** The name of the one future of a document that states none. */
    private static final String AS_STATED = "";

    /** The futures of a document; {@link Futures#NONE} when it has none, or when they are wrong, which is noted. */
    Futures futures(
            Form root, @Nullable Form policy, Set<String> workloads, Set<String> suppliers, Set<String> ownSites) {
        Map<String, Double> success = successes(root);
        Map<String, Form> stated = root.valueOrNull(ScenarioTable.FUTURES);
        Form risk = policy == null ? null : policy.valueOrNull(PolicyTable.RISK);
        boolean uncertain = success.values().stream().anyMatch(each -> each < 1);
        if (stated == null || stated.isEmpty()) {
            if (uncertain && risk != null && risk.isSound()) {
                return weighed(split(List.of(Future.asStated(AS_STATED, 1)), success), risk);
            }
            if (uncertain && risk == null) {
                return Futures.of(split(List.of(Future.asStated(AS_STATED, 1)), success));
            }
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
                futures.add(future(id, form, workloads, suppliers, success.keySet(), ownSites));
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
        return weighed(split(futures, success), risk);
    }

    private static Futures weighed(List<Future> futures, @Nullable Form risk) {
        return risk == null
                ? Futures.of(futures)
                : new Futures(futures, risk.value(RiskTable.TAIL), risk.value(RiskTable.WEIGHT));
    }

    private static Map<String, Double> successes(Form root) {
        Map<String, Double> success = new TreeMap<>();
        Map<String, Form> programmes = root.valueOrNull(ScenarioTable.PROGRAMMES);
        if (programmes != null) {
            programmes.forEach((id, form) -> {
                if (form.isSound()) {
                    boolean never = form.value(ProgrammeTable.DECISION) == Programme.Decision.NEVER;
                    success.put(id, never ? 1.0 : (double) form.value(ProgrammeTable.SUCCESS));
                }
            });
        }
        return success;
    }

    /** The futures, each that does not state the outcome of an uncertain programme split by it. */
    private List<Future> split(List<Future> futures, Map<String, Double> success) {
        List<Future> all = futures;
        for (Map.Entry<String, Double> each : success.entrySet()) {
            List<Future> next = new ArrayList<>();
            for (Future future : all) {
                if (each.getValue() >= 1 || future.programmes().containsKey(each.getKey())) {
                    next.add(future);
                    continue;
                }
                boolean alone = future.id().equals(AS_STATED);
                String prefix = alone ? "" : future.id() + ", ";
                next.add(outcome(future, prefix + each.getKey() + " works", each.getKey(), false, each.getValue()));
                next.add(outcome(future, prefix + each.getKey() + " fails", each.getKey(), true, 1 - each.getValue()));
            }
            all = next;
        }
        return all;
    }

    private static Future outcome(Future future, String name, String programme, boolean fails, double probability) {
        Map<String, Outcome> outcomes = new LinkedHashMap<>(future.programmes());
        outcomes.put(programme, new Outcome(fails, 0));
        return future.named(name, future.probability() * probability).withProgrammes(outcomes);
    }

    private static String percent(double share) {
        return Math.round(share * 1e6) / 1e4 + " %";
    }

    private Future future(
            String id,
            Form form,
            Set<String> workloads,
            Set<String> suppliers,
            Set<String> programmes,
            Set<String> ownSites) {
        Map<String, Integer> lateSites = new LinkedHashMap<>();
        factors(form, FutureTable.SITES, ownSites, "own site")
                .forEach((site, seconds) -> lateSites.put(site, (int) Math.round(seconds / SECONDS_PER_MONTH)));
        return new Future(
                id,
                form.value(FutureTable.PROBABILITY),
                form.value(FutureTable.DEMAND),
                form.value(FutureTable.GROWTH),
                factors(form, FutureTable.WORKLOADS, workloads, "workload"),
                form.value(FutureTable.PRICE),
                factors(form, FutureTable.SUPPLIERS, suppliers, "supplier"),
                (int) Math.round(form.value(FutureTable.DELAY) / SECONDS_PER_MONTH),
                outcomes(form, programmes),
                lateSites);
    }

    private Map<String, Outcome> outcomes(Form form, Set<String> known) {
        Map<String, Form> stated = form.valueOrNull(FutureTable.PROGRAMMES);
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        if (stated == null) {
            return outcomes;
        }
        stated.forEach((name, each) -> {
            if (!known.contains(name)) {
                reading.error(
                        form.place(FutureTable.PROGRAMMES).below(name),
                        name,
                        "\"" + name + "\" is no programme of this scenario",
                        known.isEmpty() ? "add it under programmes" : "you meant one of " + String.join(", ", known));
            }
            outcomes.put(name, new Outcome(each.value(OutcomeTable.RESULT) == FutureTable.Result.FAILS, (int)
                    Math.round(each.value(OutcomeTable.DELAY) / SECONDS_PER_MONTH)));
        });
        return outcomes;
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
