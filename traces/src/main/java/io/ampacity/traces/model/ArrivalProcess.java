package io.ampacity.traces.model;

/** The moments at which sessions begin: a renewal process on operational time, told in clock time. */
final class ArrivalProcess {

    private final GapDistribution gaps;
    private final double gapShape;
    private final double gapMean;
    private final double stepSeconds;
    private final double[] ratePerSecond;
    private final Chance chance;
    private long step;
    private double now;

    /** @param start clock time to begin at; may be negative */
    ArrivalProcess(TraceModel.Arrivals arrivals, double rate, double start, Chance chance) {
        this.gaps = arrivals.gaps();
        this.gapShape = gaps.shape(arrivals.gapVariation());
        this.gapMean = gaps.mean(gapShape);
        this.stepSeconds = arrivals.stepSeconds();
        this.chance = chance;
        double mean = arrivals.shape().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        ratePerSecond = arrivals.shape().stream()
                .mapToDouble(relative -> rate * relative / mean)
                .toArray();
        now = start;
        step = (long) Math.floor(start / stepSeconds);
    }

    /** The next moment, in seconds. */
    double next() {
        double due = gaps.draw(chance, gapShape, gapMean);
        while (true) {
            double rate = ratePerSecond[(int) Math.floorMod(step, (long) ratePerSecond.length)];
            double end = (step + 1) * stepSeconds;
            double capacity = rate * (end - now);
            if (due < capacity) {
                now += due / rate;
                return now;
            }
            due -= Math.max(0, capacity);
            now = end;
            step++;
        }
    }
}
