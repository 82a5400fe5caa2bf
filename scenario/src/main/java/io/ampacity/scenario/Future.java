package io.ampacity.scenario;

import java.util.Map;

/**
 * One way in which things may come, as what differs from what the scenario states.
 *
 * @param probability above 0 to 1; those of all futures add up to 1
 * @param demand factor on the traffic of every serving workload and on every batch
 * @param demandGrowth added to their growth a year, compounding: the rate in year t is (1 + growth)(1 + this) to the t
 * @param workloads factors on the demand of single workloads, beside {@code demand}
 * @param price factor on what is paid by the hour without a commitment: on demand and spot
 * @param suppliers factors on such prices of single suppliers, beside {@code price}
 * @param delayMonths by which every purchase is delivered late
 * @param programmes how programmes come out, where otherwise than stated
 * @param sites months by which the expansions of a site are ready late
 */
public record Future(
        String id,
        double probability,
        double demand,
        double demandGrowth,
        Map<String, Double> workloads,
        double price,
        Map<String, Double> suppliers,
        int delayMonths,
        Map<String, Outcome> programmes,
        Map<String, Integer> sites) {

    /**
     * How a programme comes out.
     *
     * @param fails whether no chip comes of it
     * @param delayMonths by which its chips are delivered late
     */
    public record Outcome(boolean fails, int delayMonths) {}

    public Future {
        workloads = Map.copyOf(workloads);
        suppliers = Map.copyOf(suppliers);
        programmes = Map.copyOf(programmes);
        sites = Map.copyOf(sites);
        if (!(probability > 0 && probability <= 1) || !(demand >= 0) || !(demandGrowth > -1) || !(price >= 0)) {
            throw new IllegalArgumentException("future " + id + " has the probability " + probability + ", demand "
                    + demand + ", growth " + demandGrowth + " and price " + price);
        }
    }

    /** A future in which programmes come out as stated. */
    public Future(
            String id,
            double probability,
            double demand,
            double demandGrowth,
            Map<String, Double> workloads,
            double price,
            Map<String, Double> suppliers,
            int delayMonths) {
        this(id, probability, demand, demandGrowth, workloads, price, suppliers, delayMonths, Map.of(), Map.of());
    }

    /** Things as the scenario states them. */
    public static Future asStated(String id, double probability) {
        return new Future(id, probability, 1, 0, Map.of(), 1, Map.of(), 0);
    }

    /** The same with a factor on all demand. */
    public Future withDemand(double factor) {
        return new Future(
                id, probability, factor, demandGrowth, workloads, price, suppliers, delayMonths, programmes, sites);
    }

    /** The same with a factor on the demand of one workload each. */
    public Future withWorkloads(Map<String, Double> factors) {
        return new Future(
                id, probability, demand, demandGrowth, factors, price, suppliers, delayMonths, programmes, sites);
    }

    /** The same with demand growing by so much more a year. */
    public Future withDemandGrowth(double more) {
        return new Future(id, probability, demand, more, workloads, price, suppliers, delayMonths, programmes, sites);
    }

    /** The same with a factor on prices without a commitment. */
    public Future withPrice(double factor) {
        return new Future(
                id, probability, demand, demandGrowth, workloads, factor, suppliers, delayMonths, programmes, sites);
    }

    /** The same with purchases delivered late. */
    public Future withDelay(int months) {
        return new Future(
                id, probability, demand, demandGrowth, workloads, price, suppliers, months, programmes, sites);
    }

    /** The same with programmes that come out otherwise. */
    public Future withProgrammes(Map<String, Outcome> outcomes) {
        return new Future(
                id, probability, demand, demandGrowth, workloads, price, suppliers, delayMonths, outcomes, sites);
    }

    /** The same with expansions of sites that are ready late. */
    public Future withSites(Map<String, Integer> months) {
        return new Future(
                id, probability, demand, demandGrowth, workloads, price, suppliers, delayMonths, programmes, months);
    }

    /** The same under another name and probability. */
    public Future named(String name, double likelihood) {
        return new Future(
                name, likelihood, demand, demandGrowth, workloads, price, suppliers, delayMonths, programmes, sites);
    }
}
