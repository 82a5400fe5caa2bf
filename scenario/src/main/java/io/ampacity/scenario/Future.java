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
 */
public record Future(
        String id,
        double probability,
        double demand,
        double demandGrowth,
        Map<String, Double> workloads,
        double price,
        Map<String, Double> suppliers,
        int delayMonths) {

    public Future {
        workloads = Map.copyOf(workloads);
        suppliers = Map.copyOf(suppliers);
        if (!(probability > 0 && probability <= 1) || !(demand >= 0) || !(demandGrowth > -1) || !(price >= 0)) {
            throw new IllegalArgumentException("future " + id + " has the probability " + probability + ", demand "
                    + demand + ", growth " + demandGrowth + " and price " + price);
        }
    }

    /** Things as the scenario states them. */
    public static Future asStated(String id, double probability) {
        return new Future(id, probability, 1, 0, Map.of(), 1, Map.of(), 0);
    }

    /** The same with a factor on all demand. */
    public Future withDemand(double factor) {
        return new Future(id, probability, factor, demandGrowth, workloads, price, suppliers, delayMonths);
    }

    /** The same with a factor on the demand of one workload each. */
    public Future withWorkloads(Map<String, Double> factors) {
        return new Future(id, probability, demand, demandGrowth, factors, price, suppliers, delayMonths);
    }

    /** The same with demand growing by so much more a year. */
    public Future withDemandGrowth(double more) {
        return new Future(id, probability, demand, more, workloads, price, suppliers, delayMonths);
    }

    /** The same with a factor on prices without a commitment. */
    public Future withPrice(double factor) {
        return new Future(id, probability, demand, demandGrowth, workloads, factor, suppliers, delayMonths);
    }

    /** The same with purchases delivered late. */
    public Future withDelay(int months) {
        return new Future(id, probability, demand, demandGrowth, workloads, price, suppliers, months);
    }
}
