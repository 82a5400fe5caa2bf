package io.ampacity.scenario;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What may be undertaken beside renting and buying chips: decided once, before one knows which future comes, and ready
 * some time later.
 *
 * @param programmes chips of one's own
 * @param expansions more power and cooling at own sites
 * @param skills families of chips the team can run, and ways to others; null when nothing is said, and so nothing limited
 */
public record Projects(
        List<Programme> programmes,
        List<Expansion> expansions,
        @Nullable Skills skills) {

    /** Nothing but renting and buying. */
    public static final Projects NONE = new Projects(List.of(), List.of());

    public Projects {
        programmes = List.copyOf(programmes);
        expansions = List.copyOf(expansions);
    }

    /** Projects of a team of which nothing is said. */
    public Projects(List<Programme> programmes, List<Expansion> expansions) {
        this(programmes, expansions, null);
    }

    public boolean isEmpty() {
        return programmes.isEmpty() && expansions.isEmpty() && skills == null;
    }

    /** The period from which what is started in a period is of use; null when it is none of these or lies beyond the horizon. */
    public @Nullable Integer ready(String path, int start, Horizon horizon) {
        int ready = Integer.MAX_VALUE;
        for (Programme programme : programmes) {
            if (programme.path().equals(path)) {
                ready = start + programme.periodsToSilicon(horizon);
            }
        }
        for (Expansion expansion : expansions) {
            if (expansion.path().equals(path)) {
                ready = start + Math.ceilDiv(expansion.leadMonths(), horizon.monthsPerPeriod());
            }
        }
        for (Learning learning : learnings()) {
            if (learning.path().equals(path)) {
                ready = learning.ready(horizon, start);
            }
        }
        return ready < horizon.periods() ? Integer.valueOf(ready) : null;
    }

    /** Ways to learn families of chips; none when nothing is said of skills. */
    public List<Learning> learnings() {
        return skills == null ? List.of() : skills.learnings();
    }

    /** The same with other skills. */
    public Projects withSkills(@Nullable Skills others) {
        return new Projects(programmes, expansions, others);
    }

    /** The same with each programme changed. */
    public Projects withProgrammes(UnaryOperator<Programme> change) {
        return new Projects(programmes.stream().map(change).toList(), expansions, skills);
    }

    /** The same with each expansion changed. */
    public Projects withExpansions(UnaryOperator<Expansion> change) {
        return new Projects(programmes, expansions.stream().map(change).toList(), skills);
    }
}
