package io.ampacity.scenario;

import io.ampacity.units.Money;
import io.ampacity.units.Power;
import java.util.List;

/**
 * More power at an own site, in equal steps that may be ordered one by one, and the cooling that comes with it.
 *
 * <p>Its price is recovered evenly over its useful life from the period it is ready in, as a purchase is; what is left at the
 * end of the horizon is worth its book value.
 *
 * @param site id of the own site
 * @param power facility power of one step
 * @param price of one step
 * @param runningPerYear cost of one step once it is ready, beside energy
 * @param steps most steps
 * @param earliest first period a step can be ordered in, 0-based
 * @param leadMonths from the order to use
 * @param usefulLifeMonths months over which a step is recovered
 * @param cools chips that may stand at the site only once a step is ready
 */
public record Expansion(
        String site,
        String id,
        Power power,
        Money price,
        Money runningPerYear,
        int steps,
        int earliest,
        int leadMonths,
        int usefulLifeMonths,
        List<String> cools) {

    public Expansion {
        cools = List.copyOf(cools);
    }

    /** The same, ready later. */
    public Expansion withDelay(int months) {
        return new Expansion(
                site, id, power, price, runningPerYear, steps, earliest, leadMonths + months, usefulLifeMonths, cools);
    }

    /** The same at another price. */
    public Expansion priced(double factor) {
        return new Expansion(
                site,
                id,
                power,
                new Money(price.usd() * factor),
                new Money(runningPerYear.usd() * factor),
                steps,
                earliest,
                leadMonths,
                usefulLifeMonths,
                cools);
    }

    /** Where it stands in a scenario. */
    public String path() {
        return "sites." + site + ".expansions." + id;
    }
}
