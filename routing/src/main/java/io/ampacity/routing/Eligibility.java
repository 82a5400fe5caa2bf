package io.ampacity.routing;

import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Workload;
import org.jspecify.annotations.Nullable;

/** Whether a workload's data may be processed at a site by a supplier: residency, sub-processors, distance. */
public final class Eligibility {

    private Eligibility() {}

    /**
     * Why the workload may not run there, as a sentence; null when it may. A data class that the policy does not know
     * is a refusal: an unknown rule is not the absence of rules.
     */
    public static @Nullable String refusal(Scenario scenario, Workload workload, Site site, Supplier supplier) {
        String name = workload.dataClass();
        if (name != null) {
            Policy.DataClass dataClass = scenario.policy().dataClasses().get(name);
            if (dataClass == null) {
                return workload.id() + ": data class " + name + " has no rule in policy.dataClasses";
            }
            if (!supplier.own()
                    && dataClass.subProcessors() != null
                    && !dataClass.subProcessors().contains(supplier.id())) {
                return workload.id() + ": supplier " + supplier.id() + " is no sub-processor for data class " + name;
            }
            if (dataClass.jurisdictions() != null && !dataClass.jurisdictions().contains(site.jurisdiction())) {
                return workload.id() + ": site " + site.id() + " is in " + site.jurisdiction()
                        + ", outside the jurisdictions of data class " + name;
            }
        }
        if (workload instanceof Workload.Serving serving
                && scenario.ways().roundTrip(workload, site).seconds()
                        > serving.latencyClass().maximumRoundTripSeconds()) {
            return workload.id() + ": site " + site.id() + " is "
                    + scenario.ways().roundTrip(workload, site).seconds() + " s away, too far for latency class "
                    + serving.latencyClass();
        }
        return null;
    }
}
