package io.ampacity.scenario;

import java.util.Comparator;
import java.util.List;

/**
 * The futures a plan must be ready for, and how far it looks at the bad ones.
 *
 * <p>Commitments (reservations and purchases) are the same in all of them, for they are made before one knows which comes;
 * what is rented without a commitment and what runs where follow the future that came.
 *
 * @param each the futures; none when things come as the scenario states
 * @param tail share of the probability, that of the dearest futures, whose mean cost is weighed, above 0 to 1. At or
 *     below the probability of the dearest future it is the worst case
 * @param tailWeight part of the objective that is the mean over the tail rather than over all futures, 0 to 1
 */
public record Futures(List<Future> each, double tail, double tailWeight) {

    /** Things come as the scenario states. */
    public static final Futures NONE = new Futures(List.of(), 1, 0);

    private static final double ROUNDING = 1e-6;

    public Futures {
        each = List.copyOf(each);
        if (!(tail > 0 && tail <= 1) || !(tailWeight >= 0 && tailWeight <= 1)) {
            throw new IllegalArgumentException(
                    "a tail of " + tail + " weighed " + tailWeight + " is no part of a whole");
        }
        double sum = each.stream().mapToDouble(Future::probability).sum();
        if (!each.isEmpty() && Math.abs(sum - 1) > ROUNDING) {
            throw new IllegalArgumentException("the futures have the probability " + sum + " together, not 1");
        }
        if (each.stream().map(Future::id).distinct().count() < each.size()) {
            throw new IllegalArgumentException("two futures have the same name");
        }
    }

    /** Futures of which the mean cost counts. */
    public static Futures of(List<Future> each) {
        return new Futures(each, 1, 0);
    }

    public boolean isEmpty() {
        return each.isEmpty();
    }

    /** The futures in the order of their names, in which they are reckoned with. */
    public List<Future> ordered() {
        return each.stream().sorted(Comparator.comparing(Future::id)).toList();
    }

    /** The likeliest future; of equally likely ones the first by name. */
    public Future likeliest() {
        return ordered().stream()
                .max(Comparator.comparingDouble(Future::probability))
                .orElseThrow();
    }

    /**
     * What costs of the futures come to under this weighing.
     *
     * @param costs in the order of {@link #ordered()}
     */
    public double weighed(double[] costs) {
        List<Future> futures = ordered();
        double mean = 0;
        for (int i = 0; i < costs.length; i++) {
            mean += futures.get(i).probability() * costs[i];
        }
        return tailWeight == 0 ? mean : (1 - tailWeight) * mean + tailWeight * meanOverTail(costs);
    }

    /** Mean of the dearest futures that make up the tail (conditional value at risk). */
    public double meanOverTail(double[] costs) {
        List<Future> futures = ordered();
        List<Integer> dearestFirst = java.util.stream.IntStream.range(0, costs.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -costs[i]))
                .toList();
        double left = tail;
        double sum = 0;
        for (int i : dearestFirst) {
            double part = Math.min(left, futures.get(i).probability());
            sum += part * costs[i];
            left -= part;
        }
        return sum / (tail - Math.max(0, left));
    }
}
