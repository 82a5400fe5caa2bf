package io.ampacity.planner.verify;

import io.ampacity.facts.Contract;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.Future.Outcome;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Capacity;
import io.ampacity.scenario.Plan.FuturePlan;
import io.ampacity.scenario.Programme;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Supplier.SiteOffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Checks the plan of every future by itself, that they share their orders, and what they come to together. */
final class FuturesCheck {

    private final Scenario scenario;
    private final Plan plan;
    private final BiFunction<Scenario, Plan, List<Violation>> single;
    private final Findings findings;

    /** A check that has the plan of one future checked by {@code single}. */
    FuturesCheck(Scenario scenario, Plan plan, BiFunction<Scenario, Plan, List<Violation>> single, Findings findings) {
        this.scenario = scenario;
        this.plan = plan;
        this.single = single;
        this.findings = findings;
    }

    void run() {
        List<Future> futures = scenario.futures().ordered();
        List<String> planned = plan.futures().stream().map(FuturePlan::future).toList();
        if (!planned.equals(futures.stream().map(Future::id).toList())) {
            findings.add("futures", null, "are " + planned + ", not those of the scenario");
            return;
        }
        double[] costs = new double[futures.size()];
        for (int f = 0; f < costs.length; f++) {
            FuturePlan answer = plan.futures().get(f);
            findings.same(
                    "futures." + answer.future(),
                    null,
                    "probability",
                    answer.probability(),
                    futures.get(f).probability());
            for (Violation violation : single.apply(scenario.under(futures.get(f)), alone(answer))) {
                findings.add(
                        "futures." + answer.future() + "." + violation.limit(),
                        violation.period(),
                        violation.message());
            }
            costs[f] = answer.objectiveUsd();
        }
        sameOrders(futures);
        sameProgrammes(futures);
        findings.same(
                "objective",
                null,
                "USD",
                plan.objectiveUsd(),
                scenario.futures().weighed(costs));
        findings.atMost("bound", null, "USD", plan.boundUsd(), plan.objectiveUsd());
        FuturePlan shown = plan.futures().stream()
                .filter(each ->
                        each.future().equals(scenario.futures().likeliest().id()))
                .findFirst()
                .orElseThrow();
        if (!shown.capacity().equals(plan.capacity())
                || !shown.placement().equals(plan.placement())
                || !shown.totals().equals(plan.totals())) {
            findings.add("futures." + shown.future(), null, "is the likeliest, but not what the plan shows");
        }
    }

    private Plan alone(FuturePlan answer) {
        return new Plan(
                        plan.version(),
                        plan.scenarioName(),
                        plan.scenarioHash(),
                        plan.status(),
                        answer.objectiveUsd(),
                        answer.objectiveUsd(),
                        0,
                        plan.periods(),
                        answer.capacity(),
                        answer.placement(),
                        answer.totals(),
                        List.of(),
                        List.of(),
                        List.of())
                .withProjects(plan.projects())
                .withSales(answer.sales());
    }

    private void sameOrders(List<Future> futures) {
        Map<String, Integer> first = new TreeMap<>();
        for (int f = 0; f < futures.size(); f++) {
            Map<String, Integer> orders = orders(plan.futures().get(f));
            for (Supplier supplier : scenario.suppliers()) {
                for (SiteOffer offer : supplier.offers()) {
                    for (int p = 0; p < scenario.horizon().periods(); p++) {
                        String key = key(
                                offer.site(),
                                supplier.id(),
                                offer.offer().chip(),
                                offer.offer().contract().id(),
                                p);
                        if (!committed(offer.offer().contract(), p, futures.get(f))) {
                            continue;
                        }
                        int ordered = orders.getOrDefault(key, 0);
                        int expected = first.computeIfAbsent(key + known(futures.get(f), p), k -> ordered);
                        if (ordered != expected) {
                            findings.add(
                                    "futures." + futures.get(f).id() + "." + key,
                                    p,
                                    "orders " + ordered + " chips, another future " + expected
                                            + ": orders are placed before one knows which comes");
                        }
                    }
                }
            }
        }
    }

    /** The failures that one knows of in a period of a future: those of programmes whose first silicon was planned by then. */
    private String known(Future future, int period) {
        Set<String> failures = new TreeSet<>();
        for (Programme programme : scenario.projects().programmes()) {
            Outcome outcome = future.programmes().get(programme.id());
            for (Plan.Project started : plan.projects()) {
                int silicon = (int) Math.ceil(programme.monthsToSilicon()
                        / (double) scenario.horizon().monthsPerPeriod());
                if (outcome != null
                        && outcome.fails()
                        && started.project().equals(programme.path())
                        && started.period() + silicon <= period) {
                    failures.add(programme.id());
                }
            }
        }
        return failures.toString();
    }

    private void sameProgrammes(List<Future> futures) {
        for (Programme programme : scenario.projects().programmes()) {
            for (String site : programme.sites()) {
                for (int p = 0; p < scenario.horizon().periods(); p++) {
                    int expected = -1;
                    for (int f = 0; f < futures.size(); f++) {
                        Outcome outcome = futures.get(f).programmes().get(programme.id());
                        boolean fails = outcome != null && outcome.fails();
                        int late = programme.leadMonths() + (outcome == null ? 0 : outcome.delayMonths());
                        double delay =
                                Math.ceil(late / (double) scenario.horizon().monthsPerPeriod());
                        if (fails || p + delay >= scenario.horizon().periods()) {
                            continue;
                        }
                        String key = key(site, programme.supplier(), programme.chip(), programme.contract(), p);
                        int ordered = orders(plan.futures().get(f)).getOrDefault(key, 0);
                        if (expected >= 0 && ordered != expected) {
                            findings.add(
                                    "futures." + futures.get(f).id() + "." + key,
                                    p,
                                    "orders " + ordered + " chips, another future " + expected);
                        }
                        expected = ordered;
                    }
                }
            }
        }
    }

    /** Whether an order of the period binds in a future and would come into use within the horizon. */
    private boolean committed(Contract contract, int period, Future future) {
        return switch (contract) {
            case Contract.OnDemand onDemand -> false;
            case Contract.Spot spot -> false;
            case Contract.Reserved reserved -> true;
            case Contract.Purchase(int life, int lead) -> {
                int months = scenario.horizon().monthsPerPeriod();
                int delay = (int) Math.ceil((lead + future.delayMonths()) / (double) months);
                yield period + delay < scenario.horizon().periods();
            }
        };
    }

    private static Map<String, Integer> orders(FuturePlan answer) {
        Map<String, Integer> orders = new TreeMap<>();
        for (Capacity line : answer.capacity()) {
            if (line.added() > 0) {
                orders.merge(
                        key(line.site(), line.supplier(), line.chip(), line.contract(), line.period()),
                        line.added(),
                        Integer::sum);
            }
        }
        return orders;
    }

    private static String key(String site, String supplier, String chip, String contract, int period) {
        return String.join("/", site, supplier, chip, contract) + "[" + period + "]";
    }
}
