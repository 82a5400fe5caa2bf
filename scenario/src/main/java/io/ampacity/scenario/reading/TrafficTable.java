package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Text;
import io.ampacity.documents.schema.Whole;
import io.ampacity.units.Dimension;

/** What a document may say about requests and what was promised for them. */
final class TrafficTable {

    /** What a document may say about lengths of prompts or answers. */
    static final class LengthTable {
        static final Attribute<Double> MEAN = Attribute.of(
                        "mean", Amount.of(Dimension.COUNT).atLeast(1).atMost(10e6), "Mean length in tokens.")
                .mandatory()
                .example("1155");
        static final Attribute<Double> CV = Attribute.of(
                        "cv",
                        Amount.of(Dimension.COUNT)
                                .atLeast(0)
                                .atMost(20)
                                .doubtAbove(5, "is a very wide spread", "standard deviation over mean was meant"),
                        "Coefficient of variation: standard deviation over mean; 0 makes all lengths equal.")
                .orElse("1");
        static final Attribute<Integer> MAXIMUM = Attribute.of(
                        "maximum", Whole.between(1, 10_000_000), "No length is above it.")
                .whenAbsent("8 times the mean, within the model's context");

        static final Section SECTION = Section.of(
                "token lengths",
                "A log-normal distribution of lengths, cut at a maximum. A single number is its mean.",
                MEAN,
                CV,
                MAXIMUM);

        private LengthTable() {}
    }

    static final Attribute<Double> RATE = Attribute.of(
                    "rate",
                    Amount.of(Dimension.REQUEST_RATE)
                            .positive()
                            .atMost(100e6)
                            .doubtBelow(0.001, "is under four requests an hour", "a larger unit was meant"),
                    "Mean rate of requests in the first period.")
            .mandatory()
            .example("40 /s");
    static final Attribute<Double> PEAK_TO_MEAN = Attribute.of(
                    "peak-to-mean",
                    Amount.of(Dimension.COUNT)
                            .atLeast(1)
                            .atMost(100)
                            .doubtAbove(10, "times the mean is a very high peak", "1.8 was meant"),
                    "Rate of the busiest hour over the mean rate; capacity is sized for the peak.")
            .orElse("2");
    static final Attribute<Double> GROWTH = growth("Growth of the rate.");
    static final Attribute<Double> BURSTINESS = Attribute.of(
                    "burstiness",
                    Amount.of(Dimension.COUNT).atLeast(0).atMost(100),
                    "Coefficient of variation of the times between requests; 1 is a Poisson stream.")
            .orElse("1");
    static final Attribute<Form> PROMPT_TOKENS =
            lengths("prompt-tokens", "Lengths of prompts in tokens.").example("{mean: 1155, cv: 1.2}");
    static final Attribute<Form> OUTPUT_TOKENS =
            lengths("output-tokens", "Lengths of answers in tokens.").example("{mean: 211, cv: 0.8}");
    static final Attribute<Double> PREFIX_SHARE = Attribute.of(
                    "prefix-share",
                    Amount.of(Dimension.FRACTION).atLeast(0).below(1),
                    "Share of prompt tokens found in the prefix cache.")
            .orElse("0 %");
    static final Attribute<String> TRACE = Attribute.of(
                    "trace",
                    Text.upTo(1_000),
                    "Trace to replay for the proof: a file beside the scenario, or the name of a built-in trace.")
            .whenAbsent("requests are synthesised from the figures above")
            .example("traces/monday.csv");

    static final Section SECTION = Section.of(
            "traffic",
            "Requests as they arrive.",
            RATE,
            PEAK_TO_MEAN,
            GROWTH,
            BURSTINESS,
            PROMPT_TOKENS,
            OUTPUT_TOKENS,
            PREFIX_SHARE,
            TRACE);

    /** What a document may promise to users. */
    static final class ObjectiveTable {
        static final Attribute<Double> TIME_TO_FIRST_TOKEN = Attribute.of(
                        "time-to-first-token",
                        Amount.of(Dimension.TIME)
                                .positive()
                                .atMost(86_400)
                                .doubtBelow(0.02, "leaves no time for the network", "s was meant"),
                        "Longest time from request to first token (TTFT), network included.")
                .whenAbsent("nothing is promised")
                .example("1 s");
        static final Attribute<Double> TIME_PER_OUTPUT_TOKEN = Attribute.of(
                        "time-per-output-token",
                        Amount.of(Dimension.TIME)
                                .positive()
                                .atMost(3_600)
                                .doubtAbove(1, "a token is slower than people read", "ms was meant")
                                .doubtBelow(0.001, "a token is faster than any chip", "ms was meant"),
                        "Longest mean gap between the output tokens of a request (TPOT).")
                .whenAbsent("nothing is promised")
                .example("60 ms");
        static final Attribute<Double> ATTAINMENT = Attribute.of(
                        "attainment",
                        Amount.of(Dimension.FRACTION)
                                .positive()
                                .below(1)
                                .doubtBelow(0.5, "of requests is a weak promise", "95 % was meant"),
                        "Share of requests that must meet both limits.")
                .orElse("95 %");

        static final Section SECTION = Section.of(
                "objective",
                "What users were promised: the service level objective (SLO).",
                TIME_TO_FIRST_TOKEN,
                TIME_PER_OUTPUT_TOKEN,
                ATTAINMENT);

        private ObjectiveTable() {}
    }

    private TrafficTable() {}

    static Attribute<Double> growth(String description) {
        return Attribute.of(
                        "growth",
                        Amount.of(Dimension.FRACTION)
                                .followedBy("/year")
                                .above(-1)
                                .atMost(1_000)
                                .doubtAbove(20, "a year is a very fast growth", "a % sign is missing"),
                        description)
                .orElse("0 %/year")
                .example("60 %/year");
    }

    private static Attribute<Form> lengths(String key, String description) {
        return Attribute.<Form>of(key, new Nested(LengthTable.SECTION, LengthTable.MEAN), description)
                .mandatory();
    }
}
