package io.ampacity.planner.model;

import io.ampacity.planner.solver.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** When each variable of a model is decided, and which of them a search may leave out. */
final class Stages {

    private final PlanModel model;

    Stages(PlanModel model) {
        this.model = model;
    }

    /** Notes the period in which each variable of this part is decided; orders at their latest of all parts. */
    void markStages(int[] stages) {
        model.decisions().forEach((variable, period) -> stages[variable.index()] = period);
        for (Use.Serving use : model.serving()) {
            stages[use.replicas().index()] = use.period();
            stages[use.share().index()] = use.period();
        }
        for (Use.Training use : model.training()) {
            stages[use.running().index()] = use.period();
            stages[use.work().index()] = use.period();
        }
        for (Use.Batch use : model.batch()) {
            stages[use.present().index()] = use.period();
            stages[use.work().index()] = use.period();
        }
        for (int p = 0; p < model.periods(); p++) {
            for (Stock stock : model.stocks()) {
                stages[stock.used(p).index()] = p;
            }
            for (Holding holding : model.holdings()) {
                Variable blocks = holding.blocks(p);
                if (blocks != null) {
                    // An order is decided when it can first be used, when the need for it is whole.
                    Terms terms = holding.terms();
                    int decided = terms.flexible() ? p : Math.min(model.periods() - 1, terms.firstInUse(p));
                    stages[blocks.index()] = Math.max(stages[blocks.index()], decided);
                }
                for (int ordered = 0; ordered < p; ordered++) {
                    Variable sale = holding.sold(ordered, p);
                    if (sale != null) {
                        stages[sale.index()] = p;
                    }
                }
            }
            for (Project project : model.projects()) {
                Variable starts = project.starts(p);
                if (starts != null) {
                    stages[starts.index()] =
                            Math.max(stages[starts.index()], Math.min(model.periods() - 1, project.ready(p)));
                }
            }
        }
    }

    /**
     * Marks the variables that are decided when the future has come, by {@code first} + their period; orders, which are
     * decided before, are left as they are.
     */
    void markBlocks(int[] blocks, int first) {
        int[] orders = new int[blocks.length];
        java.util.Arrays.fill(orders, -1);
        for (Holding holding : model.holdings()) {
            for (int p = 0; p < model.periods() && !holding.terms().flexible(); p++) {
                Variable order = holding.blocks(p);
                if (order != null) {
                    orders[order.index()] = p;
                }
            }
        }
        model.decisions().forEach((variable, period) -> orders[variable.index()] = period);
        for (Project project : model.projects()) {
            for (int p = 0; p < model.periods(); p++) {
                Variable starts = project.starts(p);
                if (starts != null) {
                    orders[starts.index()] = p;
                }
            }
        }
        int[] stages = new int[blocks.length];
        java.util.Arrays.fill(stages, -1);
        markStages(stages);
        model.auxiliaries().forEach((variable, period) -> stages[variable.index()] = period);
        for (int i = 0; i < blocks.length; i++) {
            if (stages[i] >= 0 && orders[i] < 0) {
                blocks[i] = first + stages[i];
            }
        }
    }

    /**
     * Marks the variables without which the relaxation costs as much: those of a layout beside which another on the same pool
     * does at least as much with the same chips, in fractions of replicas as in whole ones it need not.
     */
    void markNeedless(boolean[] needless) {
        List<Double> parts = new ArrayList<>(List.of(1.0));
        model.market().scenario().policy().survivals().forEach(survival -> parts.add(survival.service()));
        for (int p = 0; p < model.periods(); p++) {
            List<Use.Serving> now = model.serving(p);
            Map<String, List<Use.Serving>> places = new TreeMap<>();
            for (Use.Serving use : now) {
                String place = use.candidate().workload().id() + "@"
                        + use.candidate().pool().id();
                places.computeIfAbsent(place, absent -> new ArrayList<>()).add(use);
            }
            for (List<Use.Serving> place : places.values()) {
                for (int i = 0; i < place.size(); i++) {
                    for (int j = 0; j < place.size(); j++) {
                        boolean strict = j > i || !asGood(place.get(i), place.get(j), parts);
                        if (i != j && asGood(place.get(j), place.get(i), parts) && strict) {
                            needless[place.get(i).replicas().index()] = true;
                            needless[place.get(i).share().index()] = true;
                        }
                    }
                }
            }
        }
    }

    /** Whether one layout does a chip at least what another does, whatever part of the peak a row cuts it at. */
    private static boolean asGood(Use.Serving one, Use.Serving other, List<Double> parts) {
        double chips = one.candidate().chips();
        double otherChips = other.candidate().chips();
        var numbers = one.candidate().numbers();
        var others = other.candidate().numbers();
        boolean carries = one.peakPerReplica() / chips >= other.peakPerReplica() / otherChips;
        for (double part : parts) {
            carries &=
                    Math.min(part, one.peakPerReplica()) / chips >= Math.min(part, other.peakPerReplica()) / otherChips;
        }
        return carries
                && numbers.idleWatts() / chips <= others.idleWatts() / otherChips
                && numbers.joulesPerRequest() <= others.joulesPerRequest()
                && numbers.fullWatts() / chips <= others.fullWatts() / otherChips;
    }
}
