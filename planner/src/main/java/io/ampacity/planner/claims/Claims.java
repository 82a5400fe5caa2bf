package io.ampacity.planner.claims;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Figures that ought to fit together.
 *
 * @param question what is examined, in a sentence; may be empty
 * @param figures in document order; each relation names only these
 */
public record Claims(String title, String question, List<Figure> figures, List<Relation> relations) {

    public Claims {
        figures = List.copyOf(figures);
        relations = List.copyOf(relations);
    }

    /** The most probable value of each figure. */
    public Map<String, Double> likely() {
        return figures.stream().collect(Collectors.toMap(Figure::id, Figure::likely));
    }
}
