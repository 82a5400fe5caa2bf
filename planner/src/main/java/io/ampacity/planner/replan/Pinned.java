package io.ampacity.planner.replan;

import io.ampacity.facts.Deployment;
import io.ampacity.planner.Restriction;
import io.ampacity.planner.model.Holding;
import io.ampacity.planner.model.JointModel;
import io.ampacity.planner.model.Project;
import io.ampacity.planner.model.Terms;
import io.ampacity.planner.model.Use;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Variable;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Plan.Capacity;
import io.ampacity.scenario.Plan.Placement;
import io.ampacity.scenario.Programme;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what an earlier plan has ordered before a period, and starts the search from the rest of that plan.
 *
 * @param before the earlier plan
 * @param until the first period whose orders are not placed yet, from 0
 * @param reach how far from the earlier plan is looked
 */
public record Pinned(Plan before, int until, Reach reach) implements Restriction {

    /** How far from the earlier plan is looked. */
    public enum Reach {
        /** What ran stays, and more is added: very quick, and always an answer when nothing became less. */
        ADDING,
        /**
         * Replicas may move by a quarter of what they were and two more, gangs stay where they trained, and where nothing ran nothing
         * new runs beyond two replicas: quick, and it disturbs little.
         */
        NEAR,
        /** All plans. */
        ANYWHERE
    }

    private static final double ROOM = 0.25;
    private static final int LEAST_ROOM = 2;

    @Override
    public boolean restrict(JointModel model) {
        Map<String, Integer> added = added(before.capacity());
        for (JointModel.Part part : model.parts()) {
            pinProjects(model, part, added);
            for (Holding holding : part.model().holdings()) {
                Terms terms = holding.terms();
                boolean pinned = !terms.flexible() && Programme.idOf(terms.contract()) == null;
                for (int p = 0; p < Math.min(until, model.periods()) && pinned; p++) {
                    Variable blocks = holding.blocks(p);
                    if (blocks != null) {
                        int ordered = added.getOrDefault(key(terms, p), 0) / terms.block();
                        model.linear().bound(blocks, ordered, ordered);
                    }
                    for (int ordered = 0; ordered < p; ordered++) {
                        Variable sold = holding.sold(ordered, p);
                        if (sold != null) {
                            int blocksSold = sold(part, terms, ordered, p) / terms.block();
                            model.linear().bound(sold, blocksSold, blocksSold);
                        }
                    }
                }
            }
        }
        return switch (reach) {
            case ADDING -> add(model);
            case NEAR -> {
                stayNear(model);
                yield true;
            }
            case ANYWHERE -> true;
        };
    }

    /** Chips of an order that the earlier plan sells in a period. */
    private int sold(JointModel.Part part, Terms terms, int ordered, int period) {
        List<Plan.Sale> sales = before.futures().stream()
                .filter(future -> future.future().equals(part.future().id()))
                .findFirst()
                .map(Plan.FuturePlan::sales)
                .orElse(before.sales());
        return sales.stream()
                .filter(sale -> sale.period() == period
                        && sale.ordered() == ordered
                        && sale.supplier().equals(terms.supplier())
                        && sale.site().equals(terms.offer().site())
                        && sale.chip().equals(terms.pool().chip())
                        && sale.contract().equals(terms.contract()))
                .mapToInt(Plan.Sale::count)
                .sum();
    }

    /** Keeps what was started, and what was ordered of programmes at whatever steps of their price. */
    private void pinProjects(JointModel model, JointModel.Part part, Map<String, Integer> added) {
        for (int p = 0; p < Math.min(until, model.periods()); p++) {
            for (Project project : part.model().projects()) {
                Variable starts = project.starts(p);
                int period = p;
                if (starts != null) {
                    int count = before.projects().stream()
                            .filter(one -> one.project().equals(project.path()) && one.period() == period)
                            .mapToInt(Plan.Project::count)
                            .sum();
                    model.linear().bound(starts, count, count);
                }
            }
            Map<String, LinearSum> sums = new TreeMap<>();
            for (Holding holding : part.model().holdings()) {
                Variable blocks = holding.blocks(p);
                if (blocks != null && Programme.idOf(holding.terms().contract()) != null) {
                    sums.computeIfAbsent(key(holding.terms(), p), absent -> new LinearSum())
                            .plus(holding.terms().block(), blocks);
                }
            }
            sums.forEach((key, sum) -> model.linear().equal("pinned[" + key + "]", sum, added.getOrDefault(key, 0)));
        }
    }

    @Override
    public boolean isWanted() {
        return reach == Reach.ANYWHERE;
    }

    /** Keeps all replicas that ran; false when there is no room for them any more. */
    private boolean add(JointModel model) {
        for (JointModel.Part part : model.parts()) {
            Map<String, Integer> replicas = replicas(part);
            for (Use.Serving use : part.model().serving()) {
                int index = use.replicas().index();
                int was = replicas.getOrDefault(key(use), 0);
                double most = model.linear().upper(index);
                model.linear().bound(use.replicas(), Math.min(was, most), most);
            }
        }
        keepGangs(model);
        return true;
    }

    private void stayNear(JointModel model) {
        for (JointModel.Part part : model.parts()) {
            Map<String, Integer> replicas = replicas(part);
            for (Use.Serving use : part.model().serving()) {
                int was = replicas.getOrDefault(key(use), 0);
                int room = Math.max(LEAST_ROOM, (int) Math.ceil(ROOM * was));
                double most = model.linear().upper(use.replicas().index());
                model.linear()
                        .bound(use.replicas(), Math.max(0, Math.min(most, was - room)), Math.min(most, was + room));
            }
        }
        keepGangs(model);
    }

    private void keepGangs(JointModel model) {
        Set<String> gangs = new HashSet<>();
        for (Placement placement : before.placement()) {
            gangs.add(String.join("|", placement.workload(), placement.site(), placement.supplier(), placement.chip())
                    + "|" + placement.chips() + "|" + placement.period());
        }
        for (JointModel.Part part : model.parts()) {
            for (Use.Training use : part.model().training()) {
                var pool = use.candidate().pool();
                String gang =
                        String.join("|", use.candidate().workload().id(), pool.site(), pool.operator(), pool.chip())
                                + "|" + use.candidate().gangChips() + "|" + use.period();
                if (!gangs.contains(gang)) {
                    model.linear().bound(use.running(), 0, 0);
                }
            }
        }
    }

    private static Map<String, Integer> added(List<Capacity> lines) {
        Map<String, Integer> added = new HashMap<>();
        for (Capacity line : lines) {
            added.merge(key(line), line.added(), Integer::sum);
        }
        return added;
    }

    private static String key(Terms terms, int period) {
        return String.join(
                "|", terms.supplier(), terms.offer().site(), terms.pool().chip(), terms.contract(), "" + period);
    }

    private static String key(Capacity line) {
        return String.join("|", line.supplier(), line.site(), line.chip(), line.contract(), "" + line.period());
    }

    @Override
    public double @Nullable [] start(JointModel model) {
        if (!before.futures().isEmpty() || model.parts().size() > 1) {
            return null;
        }
        double[] values = new double[model.linear().variableCount()];
        Arrays.fill(values, Double.NaN);
        JointModel.Part part = model.parts().getFirst();
        Map<String, Integer> added = added(before.capacity());
        Map<String, Integer> held = new HashMap<>();
        for (Capacity line : before.capacity()) {
            held.merge(key(line), line.count(), Integer::sum);
        }
        for (Holding holding : part.model().holdings()) {
            Terms terms = holding.terms();
            for (int p = 0; p < model.periods(); p++) {
                Variable blocks = holding.blocks(p);
                if (blocks != null && Programme.idOf(terms.contract()) == null) {
                    int chips = (terms.flexible() ? held : added).getOrDefault(key(terms, p), 0);
                    values[blocks.index()] = Math.floorDiv(chips, terms.block());
                }
            }
        }
        Map<String, Integer> replicas = replicas(part);
        for (Use.Serving use : part.model().serving()) {
            values[use.replicas().index()] = replicas.getOrDefault(key(use), 0);
        }
        for (int i = 0; i < values.length; i++) {
            // Less may be of use than before; a start beyond what can be is refused.
            if (!Double.isNaN(values[i])) {
                values[i] = Math.max(
                        model.linear().lower(i), Math.min(model.linear().upper(i), values[i]));
            }
        }
        return values;
    }

    /** What ran where in a future, or in the likeliest where the earlier plan knew no such future. */
    static List<Placement> placement(Plan before, JointModel.Part part) {
        return before.futures().stream()
                .filter(future -> future.future().equals(part.future().id()))
                .findFirst()
                .map(Plan.FuturePlan::placement)
                .orElse(before.placement());
    }

    private Map<String, Integer> replicas(JointModel.Part part) {
        Map<String, Integer> replicas = new HashMap<>();
        for (Placement placement : placement(before, part)) {
            if (placement.deployment() != null) {
                replicas.merge(key(placement, placement.deployment()), placement.replicas(), Integer::sum);
            }
        }
        return replicas;
    }

    static String key(Placement placement, Deployment deployment) {
        return String.join(
                "|",
                placement.workload(),
                placement.site(),
                placement.supplier(),
                placement.chip(),
                deployment.id(),
                "" + placement.period());
    }

    static String key(Use.Serving use) {
        var pool = use.candidate().pool();
        return String.join(
                "|",
                use.candidate().workload().id(),
                pool.site(),
                pool.operator(),
                pool.chip(),
                use.candidate().deployment().id(),
                "" + use.period());
    }
}
