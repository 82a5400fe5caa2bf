package io.ampacity.reports.html;

import java.util.ArrayList;
import java.util.List;

/** Round numbers along an axis. */
final class Ticks {

    private static final double[] TIME_STEPS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800
    };

    private static final double SMALLEST = 1e-12;

    private Ticks() {}

    /** From 0 to at least {@code top} in about {@code wanted} steps of 1, 2 or 5 times a power of ten. */
    static List<Double> upTo(double top, int wanted) {
        if (!(top > SMALLEST) || Double.isInfinite(top)) {
            return List.of(0.0, 1.0);
        }
        double raw = top / wanted;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double ratio = raw / power;
        double step = power * (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10);
        List<Double> ticks = new ArrayList<>();
        int steps = (int) Math.ceil(top / step - 1e-9);
        for (int i = 0; i <= steps; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** Round moments within a stretch of time, at most {@code most}. */
    static List<Double> moments(double start, double end, int most) {
        double step = TIME_STEPS[TIME_STEPS.length - 1];
        for (double candidate : TIME_STEPS) {
            if ((end - start) / candidate <= most) {
                step = candidate;
                break;
            }
        }
        while ((end - start) / step > most) {
            step *= 2;
        }
        List<Double> moments = new ArrayList<>();
        for (double moment = Math.ceil(start / step) * step; moment <= end + step * 1e-9; moment += step) {
            moments.add(moment);
        }
        return moments;
    }

    /** A moment as a clock would show it: minutes and seconds, or hours and minutes. */
    static String clock(double seconds, double span) {
        long whole = Math.round(seconds);
        if (span >= 7200) {
            return String.format(java.util.Locale.ROOT, "%d:%02d h", whole / 3600, whole % 3600 / 60);
        }
        return String.format(java.util.Locale.ROOT, "%d:%02d min", whole / 60, whole % 60);
    }
}
