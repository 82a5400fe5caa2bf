package io.ampacity.planner.model;

import io.ampacity.scenario.Future;
import io.ampacity.scenario.Programme;
import io.ampacity.scenario.Scenario;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The programmes that fail in a future, by id. One knows of a failure when the first silicon was planned.
 */
public record Failures(SortedSet<String> programmes) {

    /** Those of a future. */
    public static Failures in(Future future) {
        SortedSet<String> failing = new TreeSet<>();
        future.programmes().forEach((id, outcome) -> {
            if (outcome.fails()) {
                failing.add(id);
            }
        });
        return new Failures(failing);
    }

    String name() {
        return String.join("+", programmes);
    }

    /** The programmes that fail in one of two futures only. */
    public SortedSet<String> differentFrom(Failures other) {
        SortedSet<String> different = new TreeSet<>(programmes);
        different.addAll(other.programmes);
        different.removeIf(id -> programmes.contains(id) && other.programmes.contains(id));
        return different;
    }

    /** The first period in which one of them can be known; beyond the horizon for never. */
    int knownFrom(Scenario scenario) {
        int first = Integer.MAX_VALUE;
        for (Programme programme : scenario.projects().programmes()) {
            if (programmes.contains(programme.id())) {
                first = Math.min(first, programme.earliest() + programme.periodsToSilicon(scenario.horizon()));
            }
        }
        return first;
    }
}
