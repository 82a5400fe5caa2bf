package io.ampacity.planner.model;

import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Variable;
import io.ampacity.scenario.Network.WorkloadData;
import io.ampacity.scenario.Traffic;
import io.ampacity.scenario.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The data that moves between places: prompts and answers of serving and batch work, and for training its data and checkpoints.
 *
 * <p>With h(s,p) ∈ {0, 1} for "the run trains at site s in period p", m(s,p) for "its data comes to s" and f(s,t,p) for "its checkpoint
 * goes from s to t" (f(s,s,p): it stays), {@code RunsFollowTheirData} demands
 *
 * <pre>
 *   Σ m(s,q) over q ≤ p ≥ h(s,p),   m(s,p) ≤ h(s,p),   Σ m(s,p) over p ≤ 1
 *   Σ f(s,t,p) over t = Σ f(r,s,p−1) over r,   Σ f(s,t,p) over s ≥ h(t,p)
 *   f(s,t,p) ≤ h(t,p) and f(s,t,p) ≤ Σ h(s,q) over q < p for s ≠ t
 * </pre>
 *
 * <p>Given h, all of m and f follow, whatever is minimised: so they need not be whole, and a plan need not tell them.
 */
public final class Transfers {

    private static final double GIGABYTE = 1e9;
    private static final double SECONDS_PER_HOUR = 3600;

    /**
     * Data on its way in a period, for the whole of a variable.
     *
     * @param peakBytesPerSecond in the busiest hour; for what has all period, its mean
     */
    public record Moved(
            String workload,
            String from,
            String to,
            int period,
            double gigabytes,
            double peakBytesPerSecond,
            Variable variable) {}

    /**
     * A training run whose data counts.
     *
     * @param here by site and period, the gangs that may train there
     * @param data by site and period, the coming of its data; null where it cannot train
     * @param checkpoint by period, from and to, the moves of its checkpoint
     */
    public record Run(
            Workload.Training workload,
            List<String> sites,
            Map<String, List<LinearSum>> here,
            Map<String, List<Variable>> data,
            List<Map<String, Map<String, Variable>>> checkpoint) {

        /** The gangs that may train at a site in a period. */
        public LinearSum here(String site, int period) {
            return Objects.requireNonNull(here.get(site)).get(period);
        }

        /** The coming of its data to a site in a period. */
        public Variable data(String site, int period) {
            return Objects.requireNonNull(data.get(site)).get(period);
        }

        /** The move of its checkpoint, or its stay, from one period to the next, which is from 1 on. */
        public Variable goes(String from, String to, int period) {
            return Objects.requireNonNull(
                    Objects.requireNonNull(checkpoint.get(period - 1).get(from)).get(to));
        }
    }

    private final Market market;
    private final LinearModel linear;
    private final List<Moved> moved = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private final Set<String> unknown = new TreeSet<>();

    Transfers(Market market, Uses uses, LinearModel linear) {
        this.market = market;
        this.linear = linear;
        Map<String, WorkloadData> data = market.scenario().network().data();
        if (data.isEmpty()) {
            return;
        }
        for (Use.Serving use : uses.serving) {
            WorkloadData mine = data.get(use.candidate().workload().id());
            if (mine != null && mine.origin() != null) {
                addServing(use, mine, mine.origin());
            }
        }
        for (Use.Batch use : uses.batch) {
            WorkloadData mine = data.get(use.candidate().workload().id());
            if (mine != null && mine.origin() != null) {
                addBatch(use, mine, mine.origin());
            }
        }
        for (Workload workload : market.workloads()) {
            WorkloadData mine = data.get(workload.id());
            if (workload instanceof Workload.Training training && mine != null && mine.dataAt() != null) {
                addRun(training, mine, mine.dataAt(), uses);
            }
        }
    }

    private double seconds() {
        return market.scenario().horizon().periodHours() * SECONDS_PER_HOUR;
    }

    private void addServing(Use.Serving use, WorkloadData data, String origin) {
        Workload.Serving workload = use.candidate().workload();
        Traffic traffic = workload.traffic();
        String site = use.candidate().pool().site();
        double in = traffic.promptTokens().mean() * data.perToken().bytes();
        double out = traffic.outputTokens().mean() * data.perToken().bytes();
        double requests = use.meanRate() * seconds();
        move(workload.id(), origin, site, use.period(), in * requests, in * use.peakRate(), use.share());
        move(workload.id(), site, origin, use.period(), out * requests, out * use.peakRate(), use.share());
    }

    private void addBatch(Use.Batch use, WorkloadData data, String origin) {
        Workload.Batch workload = use.candidate().workload();
        String site = use.candidate().pool().site();
        double out = use.tokens() * data.perToken().bytes();
        double in = out * workload.meanPromptTokens() / workload.meanOutputTokens();
        move(workload.id(), origin, site, use.period(), in, in / seconds(), use.work());
        move(workload.id(), site, origin, use.period(), out, out / seconds(), use.work());
    }

    private void addRun(Workload.Training training, WorkloadData data, String dataAt, Uses uses) {
        Map<String, List<LinearSum>> here = new TreeMap<>();
        for (Use.Training use : uses.training) {
            if (use.candidate().workload().equals(training)) {
                here.computeIfAbsent(use.candidate().pool().site(), absent -> sums())
                        .get(use.period())
                        .plus(1, use.running());
            }
        }
        List<String> sites = List.copyOf(here.keySet());
        Map<String, List<Variable>> coming = new TreeMap<>();
        for (String site : sites) {
            List<Variable> variables = new ArrayList<>();
            for (int p = 0; p < market.periods(); p++) {
                Variable comes = linear.continuous("data[" + training.id() + "," + site + "," + p + "]", 0, 1);
                variables.add(comes);
                double bytes = data.dataSize().bytes();
                move(training.id(), dataAt, site, p, bytes, bytes / seconds(), comes);
            }
            coming.put(site, variables);
        }
        List<Map<String, Map<String, Variable>>> checkpoint = new ArrayList<>();
        for (int p = 1; p < market.periods(); p++) {
            Map<String, Map<String, Variable>> now = new LinkedHashMap<>();
            for (String from : sites) {
                Map<String, Variable> goes = new LinkedHashMap<>();
                for (String to : sites) {
                    String name = "checkpoint[" + training.id() + "," + from + "," + to + "," + p + "]";
                    Variable goesTo = linear.continuous(name, 0, 1);
                    goes.put(to, goesTo);
                    if (!from.equals(to)) {
                        double bytes = data.checkpoint().bytes();
                        move(training.id(), from, to, p, bytes, bytes / seconds(), goesTo);
                    }
                }
                now.put(from, goes);
            }
            checkpoint.add(now);
        }
        runs.add(new Run(training, sites, here, coming, checkpoint));
    }

    private List<LinearSum> sums() {
        List<LinearSum> sums = new ArrayList<>();
        for (int p = 0; p < market.periods(); p++) {
            sums.add(new LinearSum());
        }
        return sums;
    }

    private void move(
            String workload,
            String from,
            String to,
            int period,
            double bytes,
            double bytesPerSecond,
            Variable variable) {
        if (bytes <= 0 || market.ways().isSame(from, to)) {
            return;
        }
        if (market.ways().usdPerGigabyte(from, to) == null) {
            unknown.add(from);
        }
        moved.add(new Moved(workload, from, to, period, bytes / GIGABYTE, bytesPerSecond, variable));
    }

    /** All data on its way between different places. */
    public List<Moved> moved() {
        return moved;
    }

    /** Training runs whose data counts. */
    public List<Run> runs() {
        return runs;
    }

    /** Places whose data leaves at a price that is unknown, and so is not counted. */
    public Set<String> unknown() {
        return unknown;
    }

    /** Adds what data costs in a period in USD. */
    void addCost(LinearSum sum, int period) {
        for (Moved each : moved) {
            Double usd = each.period() == period ? market.ways().usdPerGigabyte(each.from(), each.to()) : null;
            if (usd != null) {
                sum.plus(usd * each.gigabytes(), each.variable());
            }
        }
    }
}
