package io.ampacity.gateway.reading;

import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;

/**
 * What a gateway carries out.
 *
 * @param period of the plan, from 0
 */
public record PlannedTraffic(Scenario scenario, Plan plan, int period) {

    public PlannedTraffic {
        if (period < 0 || period >= plan.periods().size()) {
            throw new IllegalArgumentException("period " + period + " is none of the plan, which has "
                    + plan.periods().size() + ". Maybe the horizon is over");
        }
    }
}
