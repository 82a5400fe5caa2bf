package io.ampacity.scenario;

import io.ampacity.units.Money;
import java.util.Locale;

/**
 * A way to come to run a family of chips: started once, of use some time later, and until the end of the horizon. Its money is
 * cash: of a period it falls in the middle, and all of it counts.
 *
 * @param family such as {@code rocm}
 * @param cost paid in the period it is started in, such as of courses or of finding people
 * @param runningPerYear cost of keeping it, such as wages, from the period it is of use in to the end of the horizon
 * @param leadMonths from the start to use
 */
public record Learning(String family, Way way, Money cost, Money runningPerYear, int leadMonths) {

    /** How a team comes by a skill. */
    public enum Way {
        TRAIN,
        HIRE;

        /** As documents write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same at another price. */
    public Learning priced(double factor) {
        return new Learning(
                family, way, new Money(cost.usd() * factor), new Money(runningPerYear.usd() * factor), leadMonths);
    }

    /** Where it stands in a scenario. */
    public String path() {
        return "skills.learn." + family + "." + way.word();
    }

    /** The first period in which the family can be run when it is started in another. */
    public int ready(Horizon horizon, int start) {
        return start + Math.ceilDiv(leadMonths, horizon.monthsPerPeriod());
    }

    /** What it costs in a period when it is started in another; nominal USD. */
    public double cost(Horizon horizon, int start, int period) {
        double once = period == start ? cost.usd() : 0;
        boolean runs = period >= ready(horizon, start);
        return once + (runs ? runningPerYear.usd() * horizon.monthsPerPeriod() / 12 : 0);
    }
}
