package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Whole;

/** When a quota group is given a rest. */
final class BreakerTable {

    static final Attribute<Integer> FAILURES = Attribute.of(
                    "failures", Whole.between(1, 1000), "In a row, until it opens.")
            .orElse("5");
    static final Attribute<Double> OPEN = Common.seconds("open", "5 s", "Until one request tries again.");
    static final Attribute<Double> LONGEST = Common.seconds("longest", "60 s", "The wait doubles up to this.");

    static final Section SECTION =
            Section.of("breakers", "When a quota group that fails is given a rest.", FAILURES, OPEN, LONGEST);

    private BreakerTable() {}
}
