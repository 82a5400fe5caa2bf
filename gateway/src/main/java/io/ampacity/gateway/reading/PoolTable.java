package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Name;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Text;
import io.ampacity.units.Dimension;

/** A model on an upstream. */
final class PoolTable {

    static final Attribute<String> UPSTREAM = Attribute.of(
                    "upstream", new Name("upstream", "frankfurt"), "Who is asked.")
            .mandatory();
    static final Attribute<Double> WEIGHT = Attribute.of(
                    "weight",
                    Amount.of(Dimension.FRACTION).atLeast(0).atMost(1_000_000),
                    "Its part of the traffic, against the others; 0 only stands in.")
            .orElse("1");
    static final Attribute<String> MODEL = Attribute.of(
                    "model", Text.upTo(Common.LONGEST_TEXT), "Name that the upstream knows the model by.")
            .whenAbsent("as the upstream says");
    static final Attribute<Form> PRICE = Attribute.<Form>of(
                    "price", Nested.of(PriceTable.SECTION), "What tokens cost here.")
            .whenAbsent("as the upstream says");
    static final Attribute<Form> HARDWARE = Attribute.<Form>of(
                    "hardware", Nested.of(HardwareTable.SECTION), "What it runs on here.")
            .whenAbsent("as the upstream says");

    static final Attribute<Form> CANARY = Attribute.<Form>of(
                    "canary", Nested.of(CanaryTable.SECTION), "How it is tried; its weight does not count then.")
            .whenAbsent("it is not on trial");

    static final Section SECTION =
            Section.of("pool", "A model on one upstream.", UPSTREAM, WEIGHT, MODEL, PRICE, HARDWARE, CANARY);

    private PoolTable() {}
}
