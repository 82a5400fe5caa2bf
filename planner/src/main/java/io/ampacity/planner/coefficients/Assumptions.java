package io.ampacity.planner.coefficients;

/**
 * What a plan takes for granted because no scenario states it.
 *
 * @param spotAvailability share of the time that spot chips are there, above 0 to 1; they are paid only then, and only
 *     batch work runs on them
 * @param usableValley share of the chip-hours left over by serving, between its mean and its peak, that batch work can
 *     really use, above 0 to 1
 * @param commitmentValueBeyondHorizon share of a reservation's price that is not held against the plan for the months
 *     after its last period, 0 to 1; at 0 the whole contract must pay off inside the horizon
 * @param purchaseValueBeyondHorizon the same for bought chips, 0 to 1; at 1 a purchase costs its annuity while in use,
 *     as if used on or resold at book value
 */
public record Assumptions(
        double spotAvailability,
        double usableValley,
        double commitmentValueBeyondHorizon,
        double purchaseValueBeyondHorizon) {

    public Assumptions {
        if (!(spotAvailability > 0 && spotAvailability <= 1) || !(usableValley > 0 && usableValley <= 1)) {
            throw new IllegalArgumentException("spot availability " + spotAvailability + " and usable valley "
                    + usableValley + " must be above 0 and at most 1");
        }
        if (!(commitmentValueBeyondHorizon >= 0 && commitmentValueBeyondHorizon <= 1)
                || !(purchaseValueBeyondHorizon >= 0 && purchaseValueBeyondHorizon <= 1)) {
            throw new IllegalArgumentException("values beyond the horizon, " + commitmentValueBeyondHorizon + " and "
                    + purchaseValueBeyondHorizon + ", must be from 0 to 1");
        }
    }

    /**
     * The usual ones. Spot: the middle of 31 to 79 % of the time up, measured over 7.4 days on four zones (SkyPilot spot
     * traces, April 2023). The rest are choices, see docs/decisions/0061.
     */
    public static Assumptions usual() {
        return new Assumptions(0.55, 0.8, 0, 1);
    }
}
