package io.ampacity.physics.measurement;

import java.util.ArrayList;
import java.util.List;

/**
 * What files of measurements hold.
 *
 * @param points operating points
 * @param runs requests of whole runs
 * @param kernels times of single kernels
 * @param notes what a reader left out or took on trust, for the one who brought the files
 */
public record Measured(
        List<Measurement> points, List<MeasuredTrace> runs, List<KernelTime> kernels, List<String> notes) {

    public Measured {
        points = List.copyOf(points);
        runs = List.copyOf(runs);
        kernels = List.copyOf(kernels);
        notes = List.copyOf(notes);
    }

    static Measured points(List<Measurement> points) {
        return new Measured(points, List.of(), List.of(), List.of());
    }

    /** Both together. */
    public Measured and(Measured other) {
        return new Measured(
                joined(points, other.points),
                joined(runs, other.runs),
                joined(kernels, other.kernels),
                joined(notes, other.notes));
    }

    /** Nothing measured. */
    public static final Measured NOTHING = new Measured(List.of(), List.of(), List.of(), List.of());

    public boolean isEmpty() {
        return points.isEmpty() && runs.isEmpty() && kernels.isEmpty();
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
