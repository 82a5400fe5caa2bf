package io.ampacity.planner.limits;

import io.ampacity.planner.model.PlanModel;
import io.ampacity.planner.model.Project;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.scenario.Expansion;
import io.ampacity.scenario.Site;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Chips that need the cooling of an expansion draw no more than the steps of it that are ready: for each such chip, and for
 * all of them together at a site, MW drawn ≤ Σ MW of the steps that cool them.
 */
final class CoolingIsReady implements LimitFamily {

    @Override
    public void addTo(PlanModel model) {
        for (Site site : model.market().sites()) {
            List<Project> cooling = new ArrayList<>();
            Set<String> cooled = new TreeSet<>();
            for (Project project : model.projects()) {
                Expansion expansion = project.expansion();
                if (expansion != null && expansion.site().equals(site.id())) {
                    cooling.add(project);
                    cooled.addAll(expansion.cools());
                }
            }
            Set<Set<String>> groups = new LinkedHashSet<>();
            cooled.forEach(chip -> groups.add(Set.of(chip)));
            groups.add(cooled);
            for (Set<String> group : groups) {
                for (int p = 0; p < model.periods() && !cooled.isEmpty(); p++) {
                    addTo(model, site, group, cooling, p);
                }
            }
        }
    }

    private static void addTo(PlanModel model, Site site, Set<String> chips, List<Project> cooling, int period) {
        LinearSum drawn = model.amounts().megawatts(site, period, chips::contains);
        if (drawn.isConstant()) {
            return;
        }
        double size = 1e-6;
        for (Project project : cooling) {
            Expansion expansion = project.expansion();
            if (expansion != null && expansion.cools().stream().anyMatch(chips::contains)) {
                double megawatts = expansion.power().watts() / 1e6;
                drawn.plus(-megawatts, project.inUse(period));
                size = Math.max(size, megawatts);
            }
        }
        String name = "cooling[" + site.id() + "," + String.join("+", new TreeSet<>(chips)) + "," + period + "]";
        model.linear().atMost(name, new LinearSum().plus(1 / size, drawn), 0);
    }
}
