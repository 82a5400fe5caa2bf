package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Months;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Whole;
import io.ampacity.units.Dimension;

/** What a document may say about chips that are owned already. */
final class FleetTable {

    static final Attribute<String> SITE =
            Attribute.of("site", Names.SITE, "The own site where they stand.").mandatory();
    static final Attribute<String> CHIP =
            Attribute.of("chip", Names.CHIP, "Which chip it is.").mandatory();
    static final Attribute<Integer> CHIPS = Attribute.of("chips", Whole.between(1, 100_000_000), "How many.")
            .mandatory()
            .example("128");
    static final Attribute<Months.Span> FROM =
            Attribute.of("from", new Months(), "First period they can be used.").whenAbsent("the first period");
    static final Attribute<Months.Span> UNTIL = Attribute.of("until", new Months(), "First period they are gone again.")
            .whenAbsent("they stay");
    static final Attribute<Double> BOOK_COST = Attribute.of(
                    "monthly-book-cost",
                    Amount.of(Dimension.MONEY).atLeast(0).atMost(1e6),
                    "Depreciation and finance still borne for one chip a month. Sunk, and so never a reason to leave it idle.")
            .whenAbsent("unknown")
            .example("450 USD");

    static final Section SECTION =
            Section.of("owned chips", "Chips you own already.", SITE, CHIP, CHIPS, FROM, UNTIL, BOOK_COST);

    private FleetTable() {}
}
