package io.ampacity.planner.limits;

import io.ampacity.planner.model.Limit;
import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.model.Transfers.Moved;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.Row;
import io.ampacity.scenario.Network;
import io.ampacity.units.ByteRate;
import java.util.Comparator;
import java.util.function.Predicate;

/**
 * No more data leaves or comes over a line or a link than it carries in the busiest hour, each direction by itself: Σ peak bytes/s ≤
 * capacity.
 */
final class LinesCarry implements LimitFamily {

    private static final double GIGABIT = 1e9 / 8;

    @Override
    public void addTo(PlanModel model) {
        if (model.transfers().moved().isEmpty()) {
            return;
        }
        Network network = model.market().scenario().network();
        network.lines().forEach((site, line) -> {
            ByteRate most = line.uplink();
            if (most != null) {
                String path = "sites." + site + ".network.uplink";
                String relaxing = "widen the line of site " + site;
                addTo(model, path, " out", relaxing, most, moved -> moved.from().equals(site));
                addTo(model, path, " in", relaxing, most, moved -> moved.to().equals(site));
            }
        });
        network.links().stream()
                .sorted(Comparator.comparing(Network.Link::one).thenComparing(Network.Link::other))
                .forEach(link -> {
                    ByteRate most = link.capacity();
                    if (most != null) {
                        add(model, link.one(), link.other(), most);
                        add(model, link.other(), link.one(), most);
                    }
                });
    }

    private static void add(PlanModel model, String from, String to, ByteRate most) {
        String path = "network.links[" + from + " → " + to + "]";
        String relaxing = "widen the link between " + from + " and " + to;
        addTo(
                model,
                path,
                "",
                relaxing,
                most,
                moved -> moved.from().equals(from) && moved.to().equals(to));
    }

    private static void addTo(
            PlanModel model, String path, String direction, String relaxing, ByteRate capacity, Predicate<Moved> over) {
        double most = capacity.bytesPerSecond() / GIGABIT;
        for (int p = 0; p < model.periods(); p++) {
            LinearSum flow = new LinearSum();
            for (Moved moved : model.transfers().moved()) {
                if (moved.period() == p && over.test(moved)) {
                    flow.plus(moved.peakBytesPerSecond() / GIGABIT, moved.variable());
                }
            }
            if (model.excess(flow, most) > 0) {
                Limit limit = new Limit(path + direction, p, "Gbit/s", most, relaxing);
                LinearSum give = model.give(limit, model.excess(flow, most));
                LinearSum row = new LinearSum().plus(1 / most, flow).plus(-1 / most, give);
                Row added = model.linear().atMost("line[" + path + direction + "," + p + "]", row, 1);
                model.price(limit, added, 1 / most);
            }
        }
    }
}
