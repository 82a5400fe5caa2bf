package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Listing;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Text;
import java.util.List;

/** Rules of a class of data. */
final class DataClassTable {

    static final Attribute<List<String>> SUB_PROCESSORS = Attribute.of(
                    "sub-processors",
                    Listing.distinct(Text.upTo(64)),
                    "Suppliers that may process it; your own organisation always may.")
            .whenAbsent("any supplier may")
            .example("[azure]");
    static final Attribute<List<String>> JURISDICTIONS = Attribute.of(
                    "jurisdictions", Listing.distinct(Text.upTo(2)), "Countries where it may be processed.")
            .whenAbsent("anywhere")
            .example("[DE, FR]");

    static final Section SECTION =
            Section.of("data class", "Where data of a class may be processed.", SUB_PROCESSORS, JURISDICTIONS);

    private DataClassTable() {}
}
