package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Listing;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.documents.schema.Section;
import io.ampacity.facts.Catalogue;
import io.ampacity.scenario.Resale;
import io.ampacity.scenario.Resale.Point;
import io.ampacity.units.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a document may say about selling bought chips, and the {@link Resale} made of it. */
final class ResaleTable {

    private static final double MONTH = 31_557_600.0 / 12;

    static final Attribute<Double> AGE = Attribute.of(
                    "age",
                    Amount.of(Dimension.TIME).atLeast(MONTH).atMost(600 * MONTH),
                    "Age of the chip since it came, in whole months.")
            .mandatory()
            .example("12 months");
    static final Attribute<Double> SHARE = Attribute.of(
                    "share",
                    Amount.of(Dimension.FRACTION).atLeast(0).atMost(1),
                    "Share of its price it is sold for then.")
            .mandatory()
            .example("60 %");
    static final Section POINT = Section.of(
            "resale price",
            "What a chip is sold for at an age. Between two ages it runs straight; before the first it runs from the whole price, after the last it stays.",
            AGE,
            SHARE);

    static final Attribute<String> CHIP =
            Attribute.of("chip", Names.CHIP, "The chip.").mandatory();
    static final Attribute<List<Form>> CURVE = Attribute.of(
                    "curve", Listing.of(Nested.of(POINT)), "What it is sold for, by age.")
            .mandatory()
            .example("[{age: 12 months, share: 60 %}, {age: 36 months, share: 25 %}]");
    static final Section SECTION = Section.of(
            "resale",
            "What bought chips of a kind can be sold for. A plan sells them when it is best, and counts what those it keeps are worth at the end of the horizon or of their life.",
            CHIP,
            CURVE);

    private ResaleTable() {}

    /** The prices that a document states. */
    static Resale resale(Form root, SchemaReading reading, Catalogue catalogue) {
        Map<String, List<Point>> curves = new TreeMap<>();
        List<Form> forms = root.valueOrNull(ScenarioTable.RESALE);
        for (Form form : forms == null ? List.<Form>of() : forms) {
            if (!form.isSound()) {
                continue;
            }
            String chip = form.value(CHIP);
            List<Point> points = points(form, reading);
            if (catalogue.chips().containsKey(chip) && curves.putIfAbsent(chip, points) != null) {
                reading.error(form.place(), chip, "the resale of " + chip + " stands twice", "remove one of the two");
            }
        }
        return new Resale(new TreeMap<>(curves));
    }

    private static List<Point> points(Form form, SchemaReading reading) {
        List<Point> points = new ArrayList<>();
        for (Form each : form.value(CURVE)) {
            if (!each.isSound()) {
                continue;
            }
            Point point = new Point((int) Math.round(each.value(AGE) / MONTH), each.value(SHARE));
            if (!points.isEmpty() && point.ageMonths() <= points.getLast().ageMonths()) {
                reading.error(
                        each.place(AGE),
                        each.text(AGE),
                        "the ages of a curve rise, and this one does not",
                        "write the younger age first, each once");
            } else if (!points.isEmpty() && point.share() > points.getLast().share()) {
                reading.error(
                        each.place(SHARE),
                        each.text(SHARE),
                        "an older chip is not worth more than a younger one",
                        "swap the two shares");
            } else {
                points.add(point);
            }
        }
        if (points.isEmpty()) {
            reading.error(
                    form.place(CURVE), null, "the curve has no age", "write curve: [{age: 12 months, share: 60 %}]");
        }
        return points;
    }
}
