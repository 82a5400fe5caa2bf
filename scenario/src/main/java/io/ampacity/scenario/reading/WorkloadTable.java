package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Listing;
import io.ampacity.documents.schema.Months;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Variants;
import io.ampacity.documents.schema.Whole;
import io.ampacity.documents.schema.Word;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import io.ampacity.scenario.Workload;
import io.ampacity.units.Dimension;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a document may say about a workload of each kind. */
final class WorkloadTable {

    static final Attribute<String> KIND = Variants.chooser(
            "kind",
            "serving",
            List.of("serving", "training", "batch"),
            "What kind of work it is: `serving` answers requests as they come, `training` trains a model once, `batch` generates tokens at any hour of a period.");
    static final Attribute<String> MODEL =
            Attribute.of("model", Names.MODEL, "The language model.").mandatory();
    static final Attribute<Precision> PRECISION = Attribute.of(
                    "precision", Word.of(Precision.class), "Number format of weights and arithmetic.")
            .whenAbsent("the format the weights are published in; `bf16` for training");
    static final Attribute<Precision> KV_PRECISION = Attribute.of(
                    "kv-precision", Word.of(Precision.class), "Number format of the KV cache.")
            .orElse("bf16");
    static final Attribute<Engine> ENGINE =
            Attribute.of("engine", Word.of(Engine.class), "Serving software.").orElse("vllm");
    static final Attribute<String> DATA_CLASS = Attribute.of(
                    "data-class", Names.DATA_CLASS, "Class of `policy.data-classes` that says where its data may go.")
            .whenAbsent("its data may go anywhere");
    static final Attribute<List<String>> CHIPS = Attribute.of(
                    "chips", Listing.distinct(Names.CHIP), "Chips it may run on.")
            .whenAbsent("any chip it fits on")
            .example("[h100-sxm, mi300x]");

    static final Attribute<Form> TRAFFIC = Attribute.<Form>of(
                    "traffic", Nested.of(TrafficTable.SECTION), "Requests as they arrive.")
            .mandatory()
            .example("{rate: 40 /s, prompt-tokens: 1155, output-tokens: 211}");
    static final Attribute<Form> OBJECTIVE = Attribute.<Form>of(
                    "objective", Nested.of(TrafficTable.ObjectiveTable.SECTION), "What users were promised.")
            .orElse("{}")
            .whenAbsent("nothing is promised, with a warning")
            .example("{time-to-first-token: 1 s, time-per-output-token: 60 ms}");
    static final Attribute<Workload.LatencyClass> LATENCY_CLASS = Attribute.of(
                    "latency-class",
                    Word.of(Workload.LatencyClass.class),
                    "How near the chips must be: `edge` within 15 ms round trip, `regional` within 60 ms.")
            .orElse("anywhere");
    static final Attribute<Integer> PRIORITY = Attribute.of(
                    "priority", Whole.between(-1_000, 1_000), "Who is served first in a shortage; higher first.")
            .orElse("0");

    static final Section SERVING = Section.of(
            "serving workload",
            "Answers requests as they come.",
            KIND,
            MODEL,
            TRAFFIC,
            OBJECTIVE,
            PRECISION,
            KV_PRECISION,
            ENGINE,
            DATA_CLASS,
            LATENCY_CLASS,
            PRIORITY,
            CHIPS,
            NetworkTable.FROM,
            NetworkTable.PER_TOKEN);

    static final Attribute<Double> TOKENS = Attribute.of(
                    "tokens",
                    Amount.of(Dimension.COUNT)
                            .positive()
                            .atMost(1e15)
                            .doubtBelow(1e6, "is very little to train on", "B (billion) was meant"),
                    "Tokens to train on.")
            .mandatory()
            .example("200 B");
    static final Attribute<Months.Span> START =
            Attribute.of("start", new Months(), "First period it may run in.").whenAbsent("the first period");
    static final Attribute<Months.Span> DEADLINE =
            Attribute.of("deadline", new Months(), "Last period it may run in.").whenAbsent("the last period");
    static final Attribute<Integer> MINIMUM_CHIPS = Attribute.of(
                    "minimum-chips", Whole.between(1, 10_000_000), "Smallest gang of chips that is useful.")
            .orElse("8");
    static final Attribute<Integer> SEQUENCE = Attribute.of(
                    "sequence", Whole.between(1, 100_000_000), "Tokens in one training sequence.")
            .orElse("8192");
    static final Attribute<Double> MFU = Attribute.of(
                    "model-flops-utilisation",
                    Amount.of(Dimension.FRACTION)
                            .positive()
                            .atMost(1)
                            .doubtAbove(0.7, "is more than any published run", "40 % was meant"),
                    "Share of the chips' peak that the model's arithmetic reaches (MFU).")
            .whenAbsent("estimated")
            .example("40 %");

    static final Section TRAINING = Section.of(
            "training workload",
            "Trains a model once.",
            KIND,
            MODEL,
            TOKENS,
            START,
            DEADLINE,
            MINIMUM_CHIPS,
            SEQUENCE,
            MFU,
            PRECISION,
            DATA_CLASS,
            CHIPS,
            NetworkTable.DATA);

    static final Attribute<Double> REQUESTS = Attribute.of(
                    "requests-per-period",
                    Amount.of(Dimension.COUNT).positive().atMost(1e15),
                    "Prompts to answer in the first period.")
            .mandatory()
            .example("2 M");
    static final Attribute<Integer> PROMPT_TOKENS = Attribute.of(
                    "prompt-tokens", Whole.between(1, 10_000_000), "Mean length of a prompt in tokens.")
            .mandatory()
            .example("2000");
    static final Attribute<Integer> OUTPUT_TOKENS = Attribute.of(
                    "output-tokens", Whole.between(1, 10_000_000), "Mean length of an answer in tokens.")
            .mandatory()
            .example("300");
    static final Attribute<Double> GROWTH = TrafficTable.growth("Growth of the number of prompts.");

    static final Section BATCH = Section.of(
            "batch workload",
            "Generates tokens at any hour within a period, with no latency promise.",
            KIND,
            MODEL,
            REQUESTS,
            PROMPT_TOKENS,
            OUTPUT_TOKENS,
            GROWTH,
            PRECISION,
            KV_PRECISION,
            ENGINE,
            DATA_CLASS,
            CHIPS,
            NetworkTable.FROM,
            NetworkTable.PER_TOKEN);

    static final Variants VARIANTS = new Variants("kind", "serving", variants());

    private WorkloadTable() {}

    private static Map<String, Section> variants() {
        Map<String, Section> variants = new LinkedHashMap<>();
        variants.put("serving", SERVING);
        variants.put("training", TRAINING);
        variants.put("batch", BATCH);
        return variants;
    }
}
