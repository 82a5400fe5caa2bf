package io.ampacity.planner.model;

import io.ampacity.planner.coefficients.PlannerException;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Site;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a scenario leaves unknown: an error where a limit rests on it, else a warning that it is not counted. */
public final class Unknowns {

    private Unknowns() {}

    /**
     * Warnings for the sites where something may run.
     *
     * @throws PlannerException when a carbon limit or price is written and the carbon of such a site is unknown
     */
    public static Set<String> of(Market market, Set<Pool> usable) {
        Set<String> warnings = new LinkedHashSet<>();
        Policy policy = market.scenario().policy();
        boolean carbonCounts = policy.limitsCarbon() || policy.carbon().price() != null;
        List<String> withoutCarbon = new ArrayList<>();
        for (Site site : market.sites()) {
            if (usable.stream().noneMatch(pool -> pool.site().equals(site.id()))) {
                continue;
            }
            boolean own = market.supplier(site.supplier()).own();
            if (site.carbonIntensity() == null) {
                withoutCarbon.add("sites." + site.id() + ".carbon-intensity");
            }
            if (own && site.tariff() == null) {
                warnings.add("sites." + site.id() + ".tariff is unknown: its energy is counted in kWh but not in USD");
            }
            if (own && site.spacePerChip() == null) {
                warnings.add(
                        "sites." + site.id() + ".space-per-chip is unknown: space, staff and repair are not counted");
            }
        }
        if (carbonCounts && !withoutCarbon.isEmpty()) {
            throw new PlannerException("policy limits or prices carbon, but " + String.join(", ", withoutCarbon)
                    + (withoutCarbon.size() == 1 ? " is" : " are")
                    + " unknown on the basis " + policy.carbon().basis() + ". Maybe state it, or choose another "
                    + "policy.carbon-basis, or leave the site out");
        }
        for (String path : withoutCarbon) {
            warnings.add(path + " is unknown: its carbon is not counted");
        }
        return warnings;
    }
}
