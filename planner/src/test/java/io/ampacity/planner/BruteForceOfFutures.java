package io.ampacity.planner;

import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.Scenario;
import java.util.List;

/** Tries every set of orders, and for each the cheapest plan of every future by itself. */
final class BruteForceOfFutures {

    private final Scenario scenario;
    private final Coefficients coefficients;
    private final int mostBlocks;
    private final List<Future> futures;
    private final int periods;
    private TriedProjects.Choice starts = new TriedProjects.Choice(new int[0], new int[0][0], new int[0]);
    private double best = Double.POSITIVE_INFINITY;

    BruteForceOfFutures(Scenario scenario, Coefficients coefficients, int mostBlocks) {
        this.scenario = scenario;
        this.coefficients = coefficients;
        this.mostBlocks = mostBlocks;
        this.futures = scenario.futures().ordered();
        this.periods = scenario.horizon().periods();
    }

    /** The lowest weighed cost; infinite when no orders do for all futures. */
    double cheapest() {
        int[] most = null;
        for (Future future : futures) {
            int[] mine = of(future).mostOrders();
            for (int o = 0; most != null && o < mine.length; o++) {
                mine[o] = Math.max(mine[o], most[o]);
            }
            most = mine;
        }
        if (most != null) {
            int[] blocks = most;
            TriedProjects projects = new TriedProjects(scenario);
            projects.each(() -> {
                starts = projects.choice();
                choose(blocks, new int[blocks.length][periods], 0);
            });
        }
        return best;
    }

    private BruteForce of(Future future) {
        return new BruteForce(scenario.under(future), coefficients, mostBlocks);
    }

    private void choose(int[] most, int[][] orders, int index) {
        if (index == most.length * periods) {
            double[] costs = new double[futures.size()];
            for (int f = 0; f < costs.length; f++) {
                costs[f] = of(futures.get(f)).cheapest(Double.POSITIVE_INFINITY, orders, starts);
                if (Double.isInfinite(costs[f])) {
                    return;
                }
            }
            best = Math.min(best, scenario.futures().weighed(costs));
            return;
        }
        for (int blocks = 0; blocks <= most[index / periods]; blocks++) {
            orders[index / periods][index % periods] = blocks;
            choose(most, orders, index + 1);
        }
        orders[index / periods][index % periods] = 0;
    }
}
