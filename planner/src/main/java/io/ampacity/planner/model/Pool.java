package io.ampacity.planner.model;

import java.util.Comparator;

/**
 * Chips that can stand in for one another: same place, same operator, same kind, same promise.
 *
 * @param operator supplier that runs them and so processes data: the seller of rented chips, the owner of bought ones
 * @param firm whether they stay until given back; spot chips are not firm
 */
public record Pool(String site, String operator, String chip, boolean firm) implements Comparable<Pool> {

    private static final Comparator<Pool> ORDER = Comparator.comparing(Pool::site)
            .thenComparing(Pool::operator)
            .thenComparing(Pool::chip)
            .thenComparing(Pool::firm);

    @Override
    public int compareTo(Pool other) {
        return ORDER.compare(this, other);
    }

    /** Short name for rows and messages. */
    public String id() {
        return site + "/" + operator + "/" + chip + (firm ? "" : "/spot");
    }
}
