package io.ampacity.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sourced number. A fact that is unknown has no figure ({@code null} where one could stand), never a zero.
 *
 * @param value the amount in the base unit that the field holding the figure names
 * @param source where it was read, precise enough to find it again
 * @param asOf the date of the source, ISO 8601 (a year, month or day), as far as it is known
 * @param note what a reader must know to use it, such as "estimate of Epoch, not the maker's"
 * @param rejected other published values, each with the reason it was not taken
 */
public record Figure(
        double value, String source, String asOf, @Nullable String note, List<Rejected> rejected) {

    /** A published value that was not taken. */
    public record Rejected(double value, String source, String reason) {}

    public Figure {
        rejected = List.copyOf(rejected);
    }

    public static Figure of(double value, String source, String asOf) {
        return new Figure(value, source, asOf, null, List.of());
    }
}
