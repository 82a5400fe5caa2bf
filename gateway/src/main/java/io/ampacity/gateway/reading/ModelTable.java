package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Listing;
import io.ampacity.documents.schema.Name;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.Section;
import java.util.List;

/** A model that clients may ask for. */
final class ModelTable {

    static final Attribute<String> DATA_CLASS = Attribute.of(
                    "data-class", new Name("data class", "personal"), "Rules that every request to it falls under.")
            .whenAbsent("none");
    static final Attribute<List<Form>> POOLS = Attribute.of(
                    "pools", Listing.of(Nested.of(PoolTable.SECTION)), "Who answers.")
            .mandatory();

    static final Attribute<Form> SHADOW = Attribute.<Form>of(
                    "shadow", Nested.of(ShadowTable.SECTION), "Who is sent copies of its requests, to compare.")
            .whenAbsent("nobody");

    static final Section SECTION = Section.of("model", "A model that clients may ask for.", DATA_CLASS, POOLS, SHADOW);

    private ModelTable() {}
}
