package io.ampacity.traces.model;

import java.util.List;

/** Turns clock time into operational time, in which the rate is 1 on average and the shape is gone. */
final class OperationalClock {

    private final double stepSeconds;
    private final double[] relative;
    private final double[] before;
    private final double period;

    OperationalClock(double stepSeconds, List<Double> shape) {
        this.stepSeconds = stepSeconds;
        relative = shape.stream().mapToDouble(Double::doubleValue).toArray();
        before = new double[relative.length];
        double sum = 0;
        for (int i = 0; i < relative.length; i++) {
            before[i] = sum;
            sum += relative[i] * stepSeconds;
        }
        period = sum;
    }

    /** Operational seconds at {@code seconds}, at least 0. */
    double at(double seconds) {
        double steps = seconds / stepSeconds;
        long rounds = (long) (steps / relative.length);
        double within = seconds - rounds * relative.length * stepSeconds;
        int step = Math.clamp((long) (within / stepSeconds), 0, relative.length - 1);
        return rounds * period + before[step] + (within - step * stepSeconds) * relative[step];
    }
}
