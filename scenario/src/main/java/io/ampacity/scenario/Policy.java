package io.ampacity.scenario;

import io.ampacity.units.Carbon;
import io.ampacity.units.CarbonPrice;
import io.ampacity.units.Energy;
import io.ampacity.units.Money;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rules a plan never breaks. A null limit is no limit.
 *
 * @param budgetPerPeriod most money spent in any period
 * @param budgetTotal most money spent over the horizon, undiscounted
 * @param carbonPerPeriod most greenhouse gas in any period
 * @param carbonTotal most greenhouse gas over the horizon
 * @param carbonPrice added to the cost that is minimised, and reported apart from it
 * @param carbonBasis which intensity is counted
 * @param dataClasses by name
 * @param supplierShareCap most any one supplier that is not own may hold of the money spent, 0 to 1; null for none
 * @param survivals losses the plan must live through
 * @param periodLimits limits of single periods, in the order of the document
 */
public record Policy(
        @Nullable Money budgetPerPeriod,
        @Nullable Money budgetTotal,
        @Nullable Carbon carbonPerPeriod,
        @Nullable Carbon carbonTotal,
        @Nullable CarbonPrice carbonPrice,
        CarbonBasis carbonBasis,
        Map<String, DataClass> dataClasses,
        @Nullable Double supplierShareCap,
        List<Survival> survivals,
        List<PeriodLimit> periodLimits) {

    public Policy {
        dataClasses = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(dataClasses));
        survivals = List.copyOf(survivals);
        periodLimits = List.copyOf(periodLimits);
    }

    /** Rules without limits of single periods. */
    public Policy(
            @Nullable Money budgetPerPeriod,
            @Nullable Money budgetTotal,
            @Nullable Carbon carbonPerPeriod,
            @Nullable Carbon carbonTotal,
            @Nullable CarbonPrice carbonPrice,
            CarbonBasis carbonBasis,
            Map<String, DataClass> dataClasses,
            @Nullable Double supplierShareCap,
            List<Survival> survivals) {
        this(
                budgetPerPeriod,
                budgetTotal,
                carbonPerPeriod,
                carbonTotal,
                carbonPrice,
                carbonBasis,
                dataClasses,
                supplierShareCap,
                survivals,
                List.of());
    }

    /** The same with other budgets. */
    public Policy withBudget(@Nullable Money perPeriod, @Nullable Money total) {
        return new Policy(
                perPeriod,
                total,
                carbonPerPeriod,
                carbonTotal,
                carbonPrice,
                carbonBasis,
                dataClasses,
                supplierShareCap,
                survivals,
                periodLimits);
    }

    /** The same with other limits on carbon. */
    public Policy withCarbon(@Nullable Carbon perPeriod, @Nullable Carbon total) {
        return new Policy(
                budgetPerPeriod,
                budgetTotal,
                perPeriod,
                total,
                carbonPrice,
                carbonBasis,
                dataClasses,
                supplierShareCap,
                survivals,
                periodLimits);
    }

    /** The same with another cap on shares. */
    public Policy withSupplierShareCap(@Nullable Double cap) {
        return new Policy(
                budgetPerPeriod,
                budgetTotal,
                carbonPerPeriod,
                carbonTotal,
                carbonPrice,
                carbonBasis,
                dataClasses,
                cap,
                survivals,
                periodLimits);
    }

    /** The same with other limits of single periods. */
    public Policy withPeriodLimits(List<PeriodLimit> others) {
        return new Policy(
                budgetPerPeriod,
                budgetTotal,
                carbonPerPeriod,
                carbonTotal,
                carbonPrice,
                carbonBasis,
                dataClasses,
                supplierShareCap,
                survivals,
                others);
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
     * @param energy most electricity used in each of them, cooling included
     * @param carbon most greenhouse gas in each of them
     */
    public record PeriodLimit(
            int fromPeriod,
            int untilPeriod,
            @Nullable Money spending,
            @Nullable Energy energy,
            @Nullable Carbon carbon) {

        /** Whether it holds in a period. */
        public boolean holdsIn(int period) {
            return period >= fromPeriod && period <= untilPeriod;
        }
    }

    public enum LossOf {
        SUPPLIER,
        SITE
    }
}
