package io.ampacity.simulator.report;

import io.ampacity.simulator.failure.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Failures of one cause, drawn or replayed in number, that began while the simulation ran.
 *
 * @param count how many began
 * @param totalSeconds how long they lasted within the run, in all
 * @param longestSeconds the longest of them within the run
 */
public record Disruptions(String cause, long count, double totalSeconds, double longestSeconds) {

    /** One entry a cause, in order of first appearance; drills are told elsewhere. */
    public static List<Disruptions> of(List<Failure> failures, double endSeconds) {
        Map<String, Disruptions> byCause = new LinkedHashMap<>();
        for (Failure failure : failures) {
            String cause = failure.cause();
            if (cause != null && failure.startSeconds() <= endSeconds) {
                double length = Math.min(failure.endSeconds(), endSeconds) - failure.startSeconds();
                byCause.merge(
                        cause,
                        new Disruptions(cause, 1, length, length),
                        (one, other) -> new Disruptions(
                                cause,
                                one.count + other.count,
                                one.totalSeconds + other.totalSeconds,
                                Math.max(one.longestSeconds, other.longestSeconds)));
            }
        }
        return List.copyOf(new ArrayList<>(byCause.values()));
    }
}
