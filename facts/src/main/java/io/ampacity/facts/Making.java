package io.ampacity.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a part of a chip.
 *
 * @param makers all who are known to make it, at least one; with several no single one holds the chip up
 * @param source where that was read
 * @param asOf date of the source
 */
public record Making(List<String> makers, String source, String asOf) {

    public Making {
        makers = List.copyOf(makers);
    }

    /** The only maker; null where there are several. */
    public @Nullable String onlyMaker() {
        return makers.size() == 1 ? makers.getFirst() : null;
    }
}
