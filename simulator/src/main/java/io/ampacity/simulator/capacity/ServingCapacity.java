package io.ampacity.simulator.capacity;

import java.util.List;

/**
 * What one replica carries at its objective, and what it draws on the way there.
 *
 * @param maxRequestsPerSecond highest rate at which the objective holds; 0 when it holds at none
 * @param binding what keeps the rate from being higher
 * @param attainment share of requests that attained the objective at that rate
 * @param utilisation share of time in which a step ran at that rate
 * @param peakKvUse most of the KV cache held at that rate, 0 to 1
 * @param idleWatts power at no load, before PUE
 * @param curve power at rates from low to the highest, at least one point unless the rate is 0
 */
public record ServingCapacity(
        double maxRequestsPerSecond,
        Binding binding,
        double attainment,
        double utilisation,
        double peakKvUse,
        double idleWatts,
        List<LoadPoint> curve) {

    /** What binds. */
    public enum Binding {
        /** Requests would wait too long for their first token. */
        TIME_TO_FIRST_TOKEN,
        /** Tokens would follow one another too slowly. */
        TIME_PER_OUTPUT_TOKEN,
        /** The KV cache is full; requests queue for it. */
        KV_ROOM,
        /** More requests would come than the replica can end, whatever they wait. */
        THROUGHPUT,
        /** Even a request alone misses the objective, or does not fit. */
        UNREACHABLE
    }

    /**
     * One rate.
     *
     * @param watts mean power, before PUE
     */
    public record LoadPoint(double requestsPerSecond, double watts, double utilisation) {

        /** Energy for each request at this rate, idle power included, before PUE. */
        public double joulesPerRequest() {
            return watts / requestsPerSecond;
        }
    }

    public ServingCapacity {
        curve = List.copyOf(curve);
    }

    /** Energy for each request at the highest rate, idle power included, before PUE; NaN when the rate is 0. */
    public double joulesPerRequest() {
        return curve.isEmpty() ? Double.NaN : curve.getLast().joulesPerRequest();
    }

    /** Mean power at the highest rate, before PUE; idle power when the rate is 0. */
    public double meanWatts() {
        return curve.isEmpty() ? idleWatts : curve.getLast().watts();
    }

    /** Mean power at a rate, before PUE, by linear interpolation between the points of the curve; constant beyond. */
    public double wattsAt(double requestsPerSecond) {
        double fromRate = 0;
        double fromWatts = idleWatts;
        for (LoadPoint point : curve) {
            if (requestsPerSecond <= point.requestsPerSecond()) {
                double part = (requestsPerSecond - fromRate) / (point.requestsPerSecond() - fromRate);
                return fromWatts + part * (point.watts() - fromWatts);
            }
            fromRate = point.requestsPerSecond();
            fromWatts = point.watts();
        }
        return fromWatts;
    }

    /** Energy for each request at a rate, idle power included, before PUE. */
    public double joulesPerRequestAt(double requestsPerSecond) {
        return wattsAt(requestsPerSecond) / requestsPerSecond;
    }
}
