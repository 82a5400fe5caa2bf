package io.ampacity.scenario;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The families of chips that a team can run, and the ways in which it can come to run others. Chips of any other family are
 * of no use to it.
 *
 * @param today families, such as {@code cuda}, that it can run from the first period on
 * @param learnings ways to others; a family without one stays closed
 */
public record Skills(SortedSet<String> today, List<Learning> learnings) {

    public Skills {
        today = Collections.unmodifiableSortedSet(new TreeSet<>(today));
        learnings = List.copyOf(learnings);
    }
}
