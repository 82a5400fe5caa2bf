package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Months;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Whole;
import io.ampacity.documents.schema.Word;
import io.ampacity.units.Dimension;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a document may say about time. */
final class HorizonTable {

    static final Attribute<Months.Span> START = Attribute.of("start", new Months(), "First month of the plan.")
            .mandatory()
            .example("2027-01");
    static final Attribute<Integer> PERIOD = Attribute.of(
                    "period",
                    new Word<>(lengths()),
                    "Length of one period; what is held may change from one to the next.")
            .orElse("quarter");
    static final Attribute<Integer> PERIODS = Attribute.of(
                    "periods", Whole.between(1, 120), "How many periods the plan covers.")
            .orElse("4");
    static final Attribute<Double> DISCOUNT_RATE = Attribute.of(
                    "discount-rate",
                    Amount.of(Dimension.FRACTION)
                            .followedBy("/year")
                            .atLeast(0)
                            .atMost(1)
                            .doubtAbove(0.3, "a year is a very high discount rate", "8 % was meant"),
                    "Rate a year at which later money is valued today.")
            .orElse("8 %");

    static final Section SECTION = Section.of(
            "horizon", "The time the plan covers, cut into equal periods.", START, PERIOD, PERIODS, DISCOUNT_RATE);

    private HorizonTable() {}

    private static Map<String, Integer> lengths() {
        Map<String, Integer> months = new LinkedHashMap<>();
        months.put("month", 1);
        months.put("quarter", 3);
        months.put("half-year", 6);
        months.put("year", 12);
        return months;
    }
}
