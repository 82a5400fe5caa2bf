package io.ampacity.planner.model;

import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Variable;
import io.ampacity.scenario.Expansion;
import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.Learning;
import io.ampacity.scenario.Programme;
import io.ampacity.scenario.Projects;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something undertaken once or in equal steps: when it is started is decided before one knows which future comes, what it
 * costs follows from that.
 *
 * <p>With y(s) the steps started in period s and c(s,p) what one of them costs in period p, it costs Σ c(s,p) y(s) in p, and
 * Σ y(s) over the s that are ready by p are of use.
 */
public final class Project {

    private final String path;
    private final @Nullable Variable[] starts;
    private final double[][] costs;
    private final double[][] capital;
    private final double[][] running;
    private final int[] ready;
    private final int[] ends;
    private final @Nullable Programme programme;
    private final @Nullable Expansion expansion;
    private final @Nullable Learning learning;

    private Project(
            String path,
            int periods,
            @Nullable Programme programme,
            @Nullable Expansion expansion,
            @Nullable Learning learning) {
        this.path = path;
        this.starts = new @Nullable Variable[periods];
        this.costs = new double[periods][periods];
        this.capital = new double[periods][periods];
        this.running = new double[periods][periods];
        this.ready = new int[periods];
        this.ends = new int[periods];
        this.programme = programme;
        this.expansion = expansion;
        this.learning = learning;
    }

    /** The projects of a scenario, in order. */
    static List<Project> of(Market market, LinearModel model, Orders orders) {
        Projects stated = market.scenario().projects();
        List<Project> projects = new ArrayList<>();
        stated.programmes().stream()
                .sorted(Comparator.comparing(Programme::id))
                .filter(programme -> programme.decision() != Programme.Decision.NEVER)
                .forEach(programme -> projects.add(of(programme, market, model, orders)));
        stated.expansions().stream()
                .sorted(Comparator.comparing(Expansion::path))
                .forEach(expansion -> projects.add(of(expansion, market, model, orders)));
        stated.learnings().stream()
                .sorted(Comparator.comparing(Learning::path))
                .forEach(learning -> projects.add(of(learning, market, model, orders)));
        return projects;
    }

    private static Project of(Learning learning, Market market, LinearModel model, Orders orders) {
        Horizon horizon = market.scenario().horizon();
        int periods = horizon.periods();
        Project project = new Project(learning.path(), periods, null, null, learning);
        for (int start = 0; start < periods && learning.ready(horizon, start) < periods; start++) {
            project.ready[start] = learning.ready(horizon, start);
            project.ends[start] = periods;
            project.starts[start] = orders.decision(model, "start[" + project.path + "," + start + "]", start, 1);
            for (int p = start; p < periods; p++) {
                project.costs[start][p] = learning.cost(horizon, start, p);
                project.running[start][p] = project.costs[start][p];
            }
        }
        return project;
    }

    private static Project of(Programme programme, Market market, LinearModel model, Orders orders) {
        Horizon horizon = market.scenario().horizon();
        int periods = horizon.periods();
        Project project = new Project(programme.path(), periods, programme, null, null);
        for (int start = programme.earliest(); start <= Math.min(programme.latest(), periods - 1); start++) {
            project.ready[start] = start + programme.periodsToSilicon(horizon);
            project.ends[start] = periods;
            boolean pointless = project.ready[start] >= periods;
            if (pointless && programme.decision() == Programme.Decision.FREE) {
                continue;
            }
            project.starts[start] = orders.decision(model, "start[" + project.path + "," + start + "]", start, 1);
            for (int p = start; p < periods; p++) {
                project.costs[start][p] = programme.cost(horizon, start, p);
                project.capital[start][p] = programme.capital(horizon, start, p);
                project.running[start][p] = programme.running(horizon, start, p);
            }
        }
        return project;
    }

    private static Project of(Expansion expansion, Market market, LinearModel model, Orders orders) {
        Horizon horizon = market.scenario().horizon();
        int periods = horizon.periods();
        Project project = new Project(expansion.path(), periods, null, expansion, null);
        int lead = Math.ceilDiv(expansion.leadMonths(), horizon.monthsPerPeriod());
        int life = Math.max(1, expansion.usefulLifeMonths() / horizon.monthsPerPeriod());
        double running = expansion.runningPerYear().usd() * horizon.monthsPerPeriod() / 12;
        for (int start = expansion.earliest(); start + lead < periods; start++) {
            int ready = start + lead;
            project.ready[start] = ready;
            project.ends[start] = Math.min(periods, ready + life);
            project.starts[start] =
                    orders.decision(model, "start[" + project.path + "," + start + "]", start, expansion.steps());
            double level = Terms.purchased(
                    expansion.price().usd(),
                    ready,
                    life,
                    horizon,
                    market.assumptions().purchaseValueBeyondHorizon());
            project.capital[start][ready] = expansion.price().usd();
            for (int p = ready; p < project.ends[start]; p++) {
                project.costs[start][p] = level + running;
                project.running[start][p] = running;
            }
        }
        return project;
    }

    /** Dotted path into the scenario. */
    public String path() {
        return path;
    }

    public @Nullable Programme programme() {
        return programme;
    }

    public @Nullable Expansion expansion() {
        return expansion;
    }

    public @Nullable Learning learning() {
        return learning;
    }

    /** How many are started in a period; null where a start would be of no use. */
    public @Nullable Variable starts(int period) {
        return starts[period];
    }

    /** The first period in which a start of a period is of use. */
    public int ready(int start) {
        return ready[start];
    }

    /** Adds what is started, once for each start. */
    public LinearSum started() {
        LinearSum sum = new LinearSum();
        for (Variable start : starts) {
            if (start != null) {
                sum.plus(1, start);
            }
        }
        return sum;
    }

    /** How many are ready and in use in a period. */
    public LinearSum inUse(int period) {
        LinearSum sum = new LinearSum();
        for (int s = 0; s < starts.length; s++) {
            Variable start = starts[s];
            if (start != null && ready[s] <= period && period < ends[s]) {
                sum.plus(1, start);
            }
        }
        return sum;
    }

    /** Adds what it costs in a period. */
    void addCost(LinearSum sum, int period) {
        add(sum, costs, period);
    }

    /** Adds what is paid in a period to build it. */
    void addCapital(LinearSum sum, int period) {
        add(sum, capital, period);
    }

    /** Adds what is paid in a period to run it. */
    void addRunning(LinearSum sum, int period) {
        add(sum, running, period);
    }

    private void add(LinearSum sum, double[][] usd, int period) {
        for (int s = 0; s < starts.length; s++) {
            Variable start = starts[s];
            if (start != null && usd[s][period] != 0) {
                sum.plus(usd[s][period], start);
            }
        }
    }
}
