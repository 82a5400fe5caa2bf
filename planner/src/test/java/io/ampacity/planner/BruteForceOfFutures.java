package io.ampacity.planner;

import io.ampacity.planner.coefficients.Coefficients;
import io.ampacity.scenario.Future;
import io.ampacity.scenario.Programme;
import io.ampacity.scenario.Scenario;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Tries every set of orders, and for each the cheapest plan of every future by itself. */
final class BruteForceOfFutures {

    private final Scenario scenario;
    private final Coefficients coefficients;
    private final int mostBlocks;
    private final List<Future> futures;
    private final int periods;
    /** Offers of suppliers, after which those of programmes come. */
    private final int offers;

    private TriedProjects.Choice starts = new TriedProjects.Choice(new int[0], new int[0][0], new int[0]);
    private double best = Double.POSITIVE_INFINITY;

    BruteForceOfFutures(Scenario scenario, Coefficients coefficients, int mostBlocks) {
        this.scenario = scenario;
        this.coefficients = coefficients;
        this.mostBlocks = mostBlocks;
        this.futures = scenario.futures().ordered();
        this.periods = scenario.horizon().periods();
        this.offers = scenario.suppliers().stream()
                .mapToInt(supplier -> supplier.offers().size())
                .sum();
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
                choose(blocks, new int[futures.size()][blocks.length][periods], 0);
            });
        }
        return best;
    }

    private BruteForce of(Future future) {
        return new BruteForce(scenario.under(future), coefficients, mostBlocks);
    }

    /** What one knows in a period of a future to fail, by the starts that are tried. */
    private Set<String> known(Future future, int period) {
        Set<String> known = new TreeSet<>();
        for (int i = 0; i < scenario.projects().programmes().size(); i++) {
            Programme programme = scenario.projects().programmes().get(i);
            Future.Outcome outcome = future.programmes().get(programme.id());
            int months = (period - starts.starts()[i]) * scenario.horizon().monthsPerPeriod();
            if (outcome != null
                    && outcome.fails()
                    && starts.starts()[i] >= 0
                    && months >= programme.monthsToSilicon()) {
                known.add(programme.id());
            }
        }
        return known;
    }

    /** Whether the orders of an offer are those of a future before in a period; of a programme's chips they always are. */
    private int sameAs(int future, int offer, int period) {
        boolean ofProgramme = offer >= offers;
        for (int f = 0; f < future; f++) {
            if (ofProgramme || known(futures.get(f), period).equals(known(futures.get(future), period))) {
                return f;
            }
        }
        return -1;
    }

    private void choose(int[] most, int[][][] orders, int index) {
        int each = most.length * periods;
        if (index == futures.size() * each) {
            double[] costs = new double[futures.size()];
            for (int f = 0; f < costs.length; f++) {
                costs[f] = of(futures.get(f)).cheapest(Double.POSITIVE_INFINITY, orders[f], starts);
                if (Double.isInfinite(costs[f])) {
                    return;
                }
            }
            best = Math.min(best, scenario.futures().weighed(costs));
            return;
        }
        int future = index / each;
        int offer = index % each / periods;
        int period = index % periods;
        int same = sameAs(future, offer, period);
        int least = same < 0 ? 0 : orders[same][offer][period];
        int last = same < 0 ? most[offer] : least;
        for (int blocks = least; blocks <= last; blocks++) {
            orders[future][offer][period] = blocks;
            choose(most, orders, index + 1);
        }
        orders[future][offer][period] = 0;
    }
}
