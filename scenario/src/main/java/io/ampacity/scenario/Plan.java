package io.ampacity.scenario;

import io.ampacity.facts.Deployment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer: what is bought, rented or reserved, what runs where, what it costs, and why not less. Immutable.
 *
 * <p>Periods are counted from 0. Money is nominal unless the name says discounted.
 *
 * @param scenarioHash SHA-256 of the scenario document it answers, in hex
 * @param objectiveUsd discounted cost, carbon price included: the number the solver minimised
 * @param boundUsd proven lower bound on the objective
 * @param gap (objective − bound) / objective, 0 when proven optimal
 * @param bindingLimits limits that hold the cost up, the dearest first
 * @param relaxations when infeasible, the cheapest set of limits to relax
 * @param warnings what could not be counted, such as an unknown tariff
 * @param futures the plan for each future, when the scenario has any; capacity, placement and totals above are those of
 *     the likeliest
 * @param scenarioFile where the scenario document was read; null when it was in no file
 * @param changes to that document that the plan answers instead of it, as they were written, in order
 * @param projects what is undertaken beside renting and buying chips, the same in all futures
 * @param sales bought chips that are sold, in the likeliest future
 */
public record Plan(
        int version,
        String scenarioName,
        String scenarioHash,
        Status status,
        double objectiveUsd,
        double boundUsd,
        double gap,
        List<String> periods,
        List<Capacity> capacity,
        List<Placement> placement,
        List<PeriodTotals> totals,
        List<BindingLimit> bindingLimits,
        List<Relaxation> relaxations,
        List<String> warnings,
        List<FuturePlan> futures,
        @Nullable String scenarioFile,
        List<Project> projects,
        List<String> changes,
        List<Sale> sales) {

    public Plan {
        periods = List.copyOf(periods);
        capacity = List.copyOf(capacity);
        placement = List.copyOf(placement);
        totals = List.copyOf(totals);
        bindingLimits = List.copyOf(bindingLimits);
        relaxations = List.copyOf(relaxations);
        warnings = List.copyOf(warnings);
        futures = List.copyOf(futures);
        projects = List.copyOf(projects);
        changes = List.copyOf(changes);
        sales = List.copyOf(sales);
    }

    /** A plan that sells nothing. */
    public Plan(
            int version,
            String scenarioName,
            String scenarioHash,
            Status status,
            double objectiveUsd,
            double boundUsd,
            double gap,
            List<String> periods,
            List<Capacity> capacity,
            List<Placement> placement,
            List<PeriodTotals> totals,
            List<BindingLimit> bindingLimits,
            List<Relaxation> relaxations,
            List<String> warnings,
            List<FuturePlan> futures,
            @Nullable String scenarioFile,
            List<Project> projects,
            List<String> changes) {
        this(
                version,
                scenarioName,
                scenarioHash,
                status,
                objectiveUsd,
                boundUsd,
                gap,
                periods,
                capacity,
                placement,
                totals,
                bindingLimits,
                relaxations,
                warnings,
                futures,
                scenarioFile,
                projects,
                changes,
                List.of());
    }

    /** A plan whose scenario was in no file. */
    public Plan(
            int version,
            String scenarioName,
            String scenarioHash,
            Status status,
            double objectiveUsd,
            double boundUsd,
            double gap,
            List<String> periods,
            List<Capacity> capacity,
            List<Placement> placement,
            List<PeriodTotals> totals,
            List<BindingLimit> bindingLimits,
            List<Relaxation> relaxations,
            List<String> warnings) {
        this(
                version,
                scenarioName,
                scenarioHash,
                status,
                objectiveUsd,
                boundUsd,
                gap,
                periods,
                capacity,
                placement,
                totals,
                bindingLimits,
                relaxations,
                warnings,
                List.of(),
                null,
                List.of(),
                List.of());
    }

    /** A plan that undertakes no project. */
    public Plan(
            int version,
            String scenarioName,
            String scenarioHash,
            Status status,
            double objectiveUsd,
            double boundUsd,
            double gap,
            List<String> periods,
            List<Capacity> capacity,
            List<Placement> placement,
            List<PeriodTotals> totals,
            List<BindingLimit> bindingLimits,
            List<Relaxation> relaxations,
            List<String> warnings,
            List<FuturePlan> futures,
            @Nullable String scenarioFile) {
        this(
                version,
                scenarioName,
                scenarioHash,
                status,
                objectiveUsd,
                boundUsd,
                gap,
                periods,
                capacity,
                placement,
                totals,
                bindingLimits,
                relaxations,
                warnings,
                futures,
                scenarioFile,
                List.of(),
                List.of());
    }

    /** The same plan, with where its scenario was read. */
    public Plan withScenarioFile(String file) {
        return new Plan(
                version,
                scenarioName,
                scenarioHash,
                status,
                objectiveUsd,
                boundUsd,
                gap,
                periods,
                capacity,
                placement,
                totals,
                bindingLimits,
                relaxations,
                warnings,
                futures,
                file,
                projects,
                changes,
                sales);
    }

    /** The same plan, with that for each future. */
    public Plan withFutures(List<FuturePlan> others) {
        return new Plan(
                version,
                scenarioName,
                scenarioHash,
                status,
                objectiveUsd,
                boundUsd,
                gap,
                periods,
                capacity,
                placement,
                totals,
                bindingLimits,
                relaxations,
                warnings,
                others,
                scenarioFile,
                projects,
                changes,
                sales);
    }

    /** The same plan, with other warnings. */
    public Plan withWarnings(List<String> others) {
        return new Plan(
                version,
                scenarioName,
                scenarioHash,
                status,
                objectiveUsd,
                boundUsd,
                gap,
                periods,
                capacity,
                placement,
                totals,
                bindingLimits,
                relaxations,
                others,
                futures,
                scenarioFile,
                projects,
                changes,
                sales);
    }

    /** The same plan, with what it undertakes. */
    public Plan withProjects(List<Project> others) {
        return new Plan(
                version,
                scenarioName,
                scenarioHash,
                status,
                objectiveUsd,
                boundUsd,
                gap,
                periods,
                capacity,
                placement,
                totals,
                bindingLimits,
                relaxations,
                warnings,
                futures,
                scenarioFile,
                others,
                changes,
                sales);
    }

    /** The same plan as the answer to its document after changes. */
    public Plan withChanges(List<String> others) {
        return new Plan(
                version,
                scenarioName,
                scenarioHash,
                status,
                objectiveUsd,
                boundUsd,
                gap,
                periods,
                capacity,
                placement,
                totals,
                bindingLimits,
                relaxations,
                warnings,
                futures,
                scenarioFile,
                projects,
                others,
                sales);
    }

    /** The same plan, with what it sells. */
    public Plan withSales(List<Sale> others) {
        return new Plan(
                version,
                scenarioName,
                scenarioHash,
                status,
                objectiveUsd,
                boundUsd,
                gap,
                periods,
                capacity,
                placement,
                totals,
                bindingLimits,
                relaxations,
                warnings,
                futures,
                scenarioFile,
                projects,
                changes,
                others);
    }

    public enum Status {
        OPTIMAL,
        FEASIBLE,
        INFEASIBLE
    }

    /**
     * Chips held in a period.
     *
     * @param contract {@code owned}, or the contract id of the offer
     * @param count chips available for use
     * @param added chips newly taken in this period
     * @param costUsd nominal cost of holding them in this period, energy apart
     */
    public record Capacity(
            int period,
            String site,
            String supplier,
            String chip,
            String contract,
            int count,
            int added,
            double costUsd) {

        /** What the contract of chips that come of a programme begins with; the programme's id follows. */
        public static final String PROGRAMME = "programme-";

        /** Whether the chips belong to whoever runs the site: owned already, bought, or come of a programme. */
        public boolean standsOnOwnGround() {
            return contract.equals("owned") || isBought();
        }

        /** Whether the chips are bought by this plan. */
        public boolean isBought() {
            return contract.equals("purchase") || contract.startsWith(PROGRAMME);
        }
    }

    /**
     * Something undertaken once, such as a chip programme or a step of a site's power.
     *
     * @param project dotted path into the scenario, such as {@code programmes.titan}
     * @param period in which it is started or ordered
     * @param count how many: 1, or steps of an expansion
     * @param readyPeriod from which it is of use as stated; null when that lies beyond the horizon
     */
    public record Project(
            String project, int period, int count, @Nullable Integer readyPeriod) {}

    /**
     * Bought chips that are sold, at the start of a period.
     *
     * @param ordered period in which they were ordered
     * @param proceedsUsd what they are sold for
     */
    public record Sale(
            int period,
            String site,
            String supplier,
            String chip,
            String contract,
            int ordered,
            int count,
            double proceedsUsd) {}

    /**
     * A workload on a pool of equal replicas.
     *
     * @param replicas replicas kept running
     * @param chips replicas × chips of the deployment, or the gang of a training run
     * @param requestsPerSecond planned mean rate (serving); 0 otherwise
     * @param peakRequestsPerSecond planned rate in the busiest hour; 0 otherwise
     * @param capacityRequestsPerSecond most these replicas carry at the objective; 0 otherwise
     * @param share routing weight: this pool's part of the workload's traffic, 0 to 1
     * @param tokens tokens trained or generated in the period (training, batch); 0 otherwise
     */
    public record Placement(
            int period,
            String workload,
            String site,
            String supplier,
            String chip,
            @Nullable Deployment deployment,
            int replicas,
            int chips,
            double requestsPerSecond,
            double peakRequestsPerSecond,
            double capacityRequestsPerSecond,
            double share,
            double tokens) {}

    /**
     * What a period takes. {@code costUsd} is capacity + projects + energy + network + carbon price; the parts are given beside
     * it.
     *
     * @param projectsUsd what programmes, expansions and learning cost, chips apart
     * @param capitalUsd what is paid for what is bought and built, whole, in the period it comes in
     * @param operatingUsd what is paid for everything else: rent, energy, data, space, running projects
     * @param networkUsd what data costs that moves between places
     */
    public record PeriodTotals(
            int period,
            double costUsd,
            double capacityUsd,
            double energyUsd,
            double carbonPriceUsd,
            double energyKwh,
            double carbonKg,
            double waterLitres,
            double projectsUsd,
            double capitalUsd,
            double operatingUsd,
            double networkUsd) {

        /** What a period takes in which no data moves that is paid for. */
        public PeriodTotals(
                int period,
                double costUsd,
                double capacityUsd,
                double energyUsd,
                double carbonPriceUsd,
                double energyKwh,
                double carbonKg,
                double waterLitres,
                double projectsUsd,
                double capitalUsd,
                double operatingUsd) {
            this(
                    period,
                    costUsd,
                    capacityUsd,
                    energyUsd,
                    carbonPriceUsd,
                    energyKwh,
                    carbonKg,
                    waterLitres,
                    projectsUsd,
                    capitalUsd,
                    operatingUsd,
                    0);
        }

        /** What a period takes in which nothing is bought or built. */
        public PeriodTotals(
                int period,
                double costUsd,
                double capacityUsd,
                double energyUsd,
                double carbonPriceUsd,
                double energyKwh,
                double carbonKg,
                double waterLitres) {
            this(
                    period,
                    costUsd,
                    capacityUsd,
                    energyUsd,
                    carbonPriceUsd,
                    energyKwh,
                    carbonKg,
                    waterLitres,
                    0,
                    0,
                    capacityUsd + energyUsd);
        }
    }

    /**
     * A limit that holds the cost up.
     *
     * @param shadowPrice money saved (discounted USD) by one more {@code unit} of it, at least 0
     */
    public record BindingLimit(
            String limit, @Nullable Integer period, double shadowPrice, String unit, String explanation) {}

    /** A limit to relax and by how much, as part of the cheapest set that makes the question answerable. */
    public record Relaxation(String limit, @Nullable Integer period, double by, String unit, String explanation) {}

    /**
     * What is held and what runs where in one future. Commitments are the same in all.
     *
     * @param objectiveUsd discounted cost in this future, carbon price included
     */
    public record FuturePlan(
            String future,
            double probability,
            double objectiveUsd,
            List<Capacity> capacity,
            List<Placement> placement,
            List<PeriodTotals> totals,
            List<Sale> sales) {
        public FuturePlan {
            capacity = List.copyOf(capacity);
            placement = List.copyOf(placement);
            totals = List.copyOf(totals);
            sales = List.copyOf(sales);
        }

        /** One in which nothing is sold. */
        public FuturePlan(
                String future,
                double probability,
                double objectiveUsd,
                List<Capacity> capacity,
                List<Placement> placement,
                List<PeriodTotals> totals) {
            this(future, probability, objectiveUsd, capacity, placement, totals, List.of());
        }
    }
}
