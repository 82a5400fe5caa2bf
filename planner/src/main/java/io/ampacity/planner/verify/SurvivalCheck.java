package io.ampacity.planner.verify;

import io.ampacity.planner.verify.PlacementCheck.Drawn;
import io.ampacity.scenario.Policy.Survival;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Workload;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Checks what is still served in a period after each loss that the policy wants to be survived.
 *
 * @param now placements of the period
 */
record SurvivalCheck(Scenario scenario, List<Drawn> now, int period, Findings findings) {

    void run() {
        for (Survival survival : scenario.policy().survivals()) {
            switch (survival.loss()) {
                case SITE ->
                    losses(
                            scenario.sites().stream().map(Site::id).toList(),
                            survival.atOnce(),
                            lost -> lose(
                                    survival, lost, d -> lost.contains(d.site().id())));
                case SUPPLIER ->
                    losses(
                            scenario.suppliers().stream()
                                    .filter(supplier -> !supplier.own())
                                    .map(Supplier::id)
                                    .toList(),
                            survival.atOnce(),
                            lost -> lose(
                                    survival,
                                    lost,
                                    d -> lost.contains(d.placement().supplier())
                                            || lost.contains(d.site().supplier())));
                case CHIP_FAMILY ->
                    losses(
                            families(),
                            survival.atOnce(),
                            lost -> lose(
                                    survival,
                                    lost,
                                    d -> lost.contains(familyOf(d.placement().chip()))));
            }
        }
    }

    /** Families of all chips that are owned or offered, or may be made. */
    private List<String> families() {
        Set<String> families = new TreeSet<>();
        scenario.fleet().forEach(fleet -> families.add(familyOf(fleet.chip())));
        for (Supplier supplier : scenario.suppliers()) {
            supplier.offers()
                    .forEach(offer -> families.add(familyOf(offer.offer().chip())));
        }
        scenario.projects().programmes().forEach(programme -> families.add(familyOf(programme.chip())));
        return List.copyOf(families);
    }

    private String familyOf(String chip) {
        var known = scenario.catalogue().chips().get(chip);
        return known == null ? chip : known.family();
    }

    /** Every set of so many names, or of all where there are fewer. */
    private static void losses(List<String> names, int atOnce, Consumer<Set<String>> each) {
        for (int i = 0; i < names.size(); i++) {
            boolean alone = atOnce == 1 || names.size() == 1;
            for (int j = alone ? i : i + 1; j < (alone ? i + 1 : names.size()); j++) {
                Set<String> lost = new TreeSet<>(List.of(names.get(i)));
                lost.add(names.get(j));
                each.accept(lost);
            }
        }
    }

    private void lose(Survival survival, Set<String> what, Predicate<Drawn> hit) {
        for (Workload workload : scenario.workloads()) {
            if (workload instanceof Workload.Serving serving) {
                double left = 0;
                for (Drawn drawn : now) {
                    boolean mine = drawn.workload().id().equals(workload.id());
                    left += mine && !hit.test(drawn) ? drawn.survivingRate() : 0;
                }
                findings.atLeast(
                        "policy.survive." + survival.loss().word() + "[" + String.join("+", what) + "]."
                                + workload.id(),
                        period,
                        "requests/s that remain",
                        left,
                        survival.service() * serving.traffic().peakRate(scenario.horizon(), period));
            }
        }
    }
}
