package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Text;
import io.ampacity.documents.schema.Whole;
import io.ampacity.units.Dimension;

/** What a gateway's document may say of the books, of too much load and of slow or sick upstreams. */
final class OperationsTable {

    private static final int LONGEST_TEXT = 500;
    private static final double LONGEST_SECONDS = 86_400;

    private OperationsTable() {}

    /** Where the books are kept. */
    static final class LedgerTable {
        static final Attribute<String> FOLDER = Attribute.of(
                        "folder", Text.upTo(LONGEST_TEXT), "Of an embedded database, for one gateway alone.")
                .whenAbsent("address says where")
                .example("ledger");
        static final Attribute<String> ADDRESS = Attribute.of(
                        "address", Text.upTo(LONGEST_TEXT), "Of a PostgreSQL that several gateways share.")
                .whenAbsent("folder says where")
                .example("jdbc:postgresql://db.example.com/ampacity");
        static final Attribute<String> USER =
                Attribute.of("user", Text.upTo(200), "Who enters it.").whenAbsent("as the database says");
        static final Attribute<String> PASSWORD = Attribute.of(
                        "password", Text.upTo(LONGEST_TEXT), "`env:NAME` or `file:PATH` of what it takes.")
                .whenAbsent("none")
                .example("env:LEDGER_PASSWORD");
        static final Attribute<Double> KEEP = Attribute.of(
                        "keep", Amount.of(Dimension.TIME).positive(), "How long requests and figures are kept.")
                .orElse("400 days");

        static final Section SECTION = Section.of(
                "ledger",
                "Where the books are kept: one of folder and address. The journal feeds it, so requests never wait for it.",
                FOLDER,
                ADDRESS,
                USER,
                PASSWORD,
                KEEP);

        private LedgerTable() {}
    }

    /** When requests are turned away. */
    static final class OverloadTable {
        static final Attribute<Integer> MOST_OPEN = Attribute.of(
                        "most-open", Whole.between(1, 10_000_000), "Requests that may be open at once.")
                .mandatory()
                .example("2000");
        static final Attribute<Double> NORMAL_SHARE = Attribute.of(
                        "normal-share",
                        Amount.of(Dimension.FRACTION).positive().atMost(1),
                        "Of most-open, beyond which only requests of high priority are taken.")
                .orElse("90 %");
        static final Attribute<Double> LOW_SHARE = Attribute.of(
                        "low-share",
                        Amount.of(Dimension.FRACTION).positive().atMost(1),
                        "Of most-open, beyond which those of low priority are turned away.")
                .orElse("70 %");

        static final Section SECTION = Section.of(
                "overload",
                "When requests are turned away, with 429 and a time to come again, the least urgent first.",
                MOST_OPEN,
                NORMAL_SHARE,
                LOW_SHARE);

        private OverloadTable() {}
    }

    /** When a second upstream is asked beside the first. */
    static final class HedgingTable {
        static final Attribute<Double> AFTER = Attribute.of(
                        "after",
                        Amount.of(Dimension.TIME).positive().atMost(LONGEST_SECONDS),
                        "Time without a first token.")
                .mandatory()
                .example("2 s");
        static final Attribute<Double> SHARE = Attribute.of(
                        "share",
                        Amount.of(Dimension.FRACTION).positive().atMost(1),
                        "Of requests that may be hedged, so that slowness everywhere does not double the load.")
                .orElse("5 %");

        static final Section SECTION = Section.of(
                "hedging",
                "When a second upstream is asked beside the first; whoever says a word first is heard, the other stopped.",
                AFTER,
                SHARE);

        private HedgingTable() {}
    }

    /** How an upstream is asked whether it is well. */
    static final class HealthTable {
        static final Attribute<String> PATH = Attribute.of(
                        "path", Text.upTo(LONGEST_TEXT), "From the root of the server; below 400 is well.")
                .orElse("/health");
        static final Attribute<Double> EVERY = Attribute.of(
                        "every",
                        Amount.of(Dimension.TIME).positive().atMost(LONGEST_SECONDS),
                        "Time between questions.")
                .orElse("5 s");
        static final Attribute<Double> TIMEOUT = Attribute.of(
                        "timeout",
                        Amount.of(Dimension.TIME).positive().atMost(LONGEST_SECONDS),
                        "Until silence counts as a failure.")
                .orElse("2 s");
        static final Attribute<Integer> FAILURES = Attribute.of(
                        "failures", Whole.between(1, 1000), "In a row, until it is left alone.")
                .orElse("2");

        static final Section SECTION = Section.of(
                "health check",
                "How an upstream is asked whether it is well, so that it is left alone before users notice, and asked again"
                        + " once it is well.",
                PATH,
                EVERY,
                TIMEOUT,
                FAILURES);

        private HealthTable() {}
    }
}
