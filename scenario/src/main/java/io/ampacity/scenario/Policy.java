package io.ampacity.scenario;

import io.ampacity.units.Carbon;
import io.ampacity.units.Energy;
import io.ampacity.units.Money;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rules a plan never breaks. Rules of one kind stand together in a record of their own; {@link #NONE} and the {@code with}
 * methods make all others.
 *
 * @param budget limits on all money spent
 * @param capital limits on money for what is bought and built
 * @param operating limits on money for rent, energy, space, people and running projects
 * @param carbon limits on greenhouse gas, and its price
 * @param dataClasses by name
 * @param shares limits on what hangs on one party
 * @param survivals losses the plan must live through
 * @param periodLimits limits of single periods, in the order of the document
 */
public record Policy(
        Budget budget,
        Budget capital,
        Budget operating,
        CarbonRules carbon,
        Map<String, DataClass> dataClasses,
        ShareCaps shares,
        List<Survival> survivals,
        List<PeriodLimit> periodLimits) {

    /** No rules at all. */
    public static final Policy NONE = new Policy(
            Budget.UNLIMITED,
            Budget.UNLIMITED,
            Budget.UNLIMITED,
            CarbonRules.NONE,
            Map.of(),
            ShareCaps.NONE,
            List.of(),
            List.of());

    public Policy {
        dataClasses = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(dataClasses));
        survivals = List.copyOf(survivals);
        periodLimits = List.copyOf(periodLimits);
    }

    public Policy withBudget(Budget other) {
        return new Policy(other, capital, operating, carbon, dataClasses, shares, survivals, periodLimits);
    }

    public Policy withCapital(Budget other) {
        return new Policy(budget, other, operating, carbon, dataClasses, shares, survivals, periodLimits);
    }

    public Policy withOperating(Budget other) {
        return new Policy(budget, capital, other, carbon, dataClasses, shares, survivals, periodLimits);
    }

    public Policy withCarbon(CarbonRules other) {
        return new Policy(budget, capital, operating, other, dataClasses, shares, survivals, periodLimits);
    }

    public Policy withDataClasses(Map<String, DataClass> others) {
        return new Policy(budget, capital, operating, carbon, others, shares, survivals, periodLimits);
    }

    public Policy withShares(ShareCaps others) {
        return new Policy(budget, capital, operating, carbon, dataClasses, others, survivals, periodLimits);
    }

    public Policy withSurvivals(List<Survival> others) {
        return new Policy(budget, capital, operating, carbon, dataClasses, shares, others, periodLimits);
    }

    public Policy withPeriodLimits(List<PeriodLimit> others) {
        return new Policy(budget, capital, operating, carbon, dataClasses, shares, survivals, others);
    }

    /** Whether any rule limits greenhouse gas, so that it must be known wherever something may run. */
    public boolean limitsCarbon() {
        return carbon.perPeriod() != null
                || carbon.total() != null
                || periodLimits.stream().anyMatch(limit -> limit.carbon() != null);
    }

    public enum CarbonBasis {
        AVERAGE_DIRECT,
        AVERAGE_LIFE_CYCLE,
        MARGINAL
    }

    /**
     * Where data of a class may be processed.
     *
     * @param subProcessors supplier ids that may process it; own suppliers always may; null when any may
     * @param jurisdictions ISO country codes where it may be processed; null when anywhere
     */
    public record DataClass(
            String name,
            @Nullable Set<String> subProcessors,
            @Nullable Set<String> jurisdictions) {}

    /**
     * A loss of any one of a kind, or any two at once, and how much of the peak service must remain.
     *
     * @param service share of every serving workload's peak rate still served at its objective, 0 to 1
     * @param atOnce how many are lost at the same time, 1 or 2
     */
    public record Survival(LossOf loss, double service, int atOnce) {

        /** The loss of any one. */
        public Survival(LossOf loss, double service) {
            this(loss, service, 1);
        }
    }

    /**
     * Limits that hold in some periods. A null limit is no limit.
     *
     * @param fromPeriod first period they hold in, 0-based
     * @param untilPeriod last period they hold in, 0-based
     * @param spending most money spent in each of them
     * @param capital most money in each of them for what is bought and built
     * @param operating most money in each of them for everything else
     * @param energy most electricity used in each of them, cooling included
     * @param carbon most greenhouse gas in each of them
     */
    public record PeriodLimit(
            int fromPeriod,
            int untilPeriod,
            @Nullable Money spending,
            @Nullable Money capital,
            @Nullable Money operating,
            @Nullable Energy energy,
            @Nullable Carbon carbon) {

        /** Limits on all money, electricity and greenhouse gas. */
        public PeriodLimit(
                int fromPeriod,
                int untilPeriod,
                @Nullable Money spending,
                @Nullable Energy energy,
                @Nullable Carbon carbon) {
            this(fromPeriod, untilPeriod, spending, null, null, energy, carbon);
        }

        /** Whether it holds in a period. */
        public boolean holdsIn(int period) {
            return period >= fromPeriod && period <= untilPeriod;
        }
    }

    public enum LossOf {
        SUPPLIER,
        SITE,
        /** All chips of one family, wherever they stand: a recall, a broken driver, an export ban. */
        CHIP_FAMILY;

        /** As it is written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** As it is said. */
        public String spoken() {
            return word().replace('-', ' ');
        }
    }
}
