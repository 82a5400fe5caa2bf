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
 */
public record Projects(List<Programme> programmes, List<Expansion> expansions) {

    /** Nothing but renting and buying. */
    public static final Projects NONE = new Projects(List.of(), List.of());

    public Projects {
        programmes = List.copyOf(programmes);
        expansions = List.copyOf(expansions);
    }

    public boolean isEmpty() {
        return programmes.isEmpty() && expansions.isEmpty();
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
        return ready < horizon.periods() ? Integer.valueOf(ready) : null;
    }

    /** The same with each programme changed. */
    public Projects withProgrammes(UnaryOperator<Programme> change) {
        return new Projects(programmes.stream().map(change).toList(), expansions);
    }

    /** The same with each expansion changed. */
    public Projects withExpansions(UnaryOperator<Expansion> change) {
        return new Projects(programmes, expansions.stream().map(change).toList());
    }
}
