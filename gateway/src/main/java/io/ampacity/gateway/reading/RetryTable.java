package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Whole;
import io.ampacity.units.Dimension;

/** Second and further attempts. */
final class RetryTable {

    static final Attribute<Integer> ATTEMPTS = Attribute.of(
                    "attempts", Whole.between(1, 20), "Most of one request, the first included.")
            .orElse("3");
    static final Attribute<Double> BACKOFF =
            Common.seconds("backoff", "100 ms", "Wait before everybody who failed is asked again; doubles each time.");
    static final Attribute<Double> SHARE = Attribute.of(
                    "share",
                    Amount.of(Dimension.FRACTION).atLeast(0).atMost(10),
                    "Retries for each request that arrives, so that an outage does not double the load.")
            .orElse("20 %");

    static final Section SECTION = Section.of("retries", "Second and further attempts.", ATTEMPTS, BACKOFF, SHARE);

    private RetryTable() {}
}
