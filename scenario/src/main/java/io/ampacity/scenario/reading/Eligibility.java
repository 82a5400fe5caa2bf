package io.ampacity.scenario.reading;

import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Workload;
import io.ampacity.units.TimeSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a workload may run, and why not elsewhere: every site of a scenario with the first rule that excludes it.
 *
 * @param exclusions why each excluded site is excluded, by its id
 */
record Eligibility(List<Site> sites, Map<String, String> exclusions) {

    static Eligibility of(Scenario scenario, Workload workload) {
        List<Site> eligible = new ArrayList<>();
        Map<String, String> exclusions = new LinkedHashMap<>();
        for (Site site : scenario.sites()) {
            String reason = exclusion(scenario, workload, site);
            if (reason.isEmpty()) {
                eligible.add(site);
            } else {
                exclusions.put(site.id(), reason);
            }
        }
        return new Eligibility(eligible, exclusions);
    }

    private static String exclusion(Scenario scenario, Workload workload, Site site) {
        String className = workload.dataClass();
        Policy.DataClass dataClass =
                className == null ? null : scenario.policy().dataClasses().get(className);
        if (dataClass != null) {
            Set<String> countries = dataClass.jurisdictions();
            if (countries != null && !countries.contains(site.jurisdiction())) {
                return "data class " + className + " may not be processed in " + site.jurisdiction();
            }
            Set<String> processors = dataClass.subProcessors();
            if (processors != null && !site.supplier().equals(Names.OWN) && !processors.contains(site.supplier())) {
                return site.supplier() + " is no sub-processor of data class " + className;
            }
        }
        if (workload instanceof Workload.Serving serving) {
            String origin = scenario.ways().origin(workload);
            TimeSpan roundTrip =
                    origin == null ? site.roundTrip() : scenario.ways().roundTrip(origin, site);
            if (roundTrip != null
                    && roundTrip.seconds() > serving.latencyClass().maximumRoundTripSeconds()) {
                return "its round trip of " + roundTrip.print() + " is too long";
            }
        }
        Set<String> chips = chips(scenario, site.id());
        if (!workload.chips().isEmpty()) {
            chips.retainAll(workload.chips());
        }
        return chips.isEmpty() ? "none of its chips is offered or owned there" : "";
    }

    /** Chips that are owned or can be had at a site. */
    static Set<String> chips(Scenario scenario, String site) {
        Set<String> chips = new LinkedHashSet<>();
        scenario.fleet().stream().filter(fleet -> fleet.site().equals(site)).forEach(fleet -> chips.add(fleet.chip()));
        scenario.suppliers()
                .forEach(supplier -> supplier.offers().stream()
                        .filter(offer -> offer.site().equals(site))
                        .forEach(offer -> chips.add(offer.offer().chip())));
        scenario.projects().programmes().stream()
                .filter(programme -> programme.sites().contains(site))
                .forEach(programme -> chips.add(programme.chip()));
        return chips;
    }

    /** The exclusions in one sentence, the first few sites by name. */
    String explained() {
        if (exclusions.isEmpty()) {
            return "there is no site at all";
        }
        StringBuilder text = new StringBuilder();
        exclusions.entrySet().stream()
                .limit(4)
                .forEach(each -> text.append(text.isEmpty() ? "" : "; ")
                        .append(each.getKey())
                        .append(": ")
                        .append(each.getValue()));
        return exclusions.size() > 4 ? text + "; and " + (exclusions.size() - 4) + " more" : text.toString();
    }
}
