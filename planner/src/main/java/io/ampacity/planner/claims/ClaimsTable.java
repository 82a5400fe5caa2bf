package io.ampacity.planner.claims;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.ById;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Name;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Text;
import io.ampacity.documents.schema.Whole;
import io.ampacity.documents.schema.Word;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import io.ampacity.units.Dimension;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a document of claims may say. */
final class ClaimsTable {

    private static final Amount POSITIVE = Amount.of(Dimension.COUNT).positive();

    /** What a served request takes. */
    enum Taken {
        /** Seconds of one chip: all chips of the replica, shared by the requests that run at once. */
        CHIP_SECONDS,
        /** Energy of the chips, in joules. */
        CHIP_JOULES,
        /** Energy of the chips and the servers around them, in joules. */
        SERVER_JOULES
    }

    /** What a document may say about a served request. */
    static final class ServiceTable {
        static final Attribute<Taken> TAKES = Attribute.of(
                        "takes",
                        Word.of(Taken.class),
                        "What of one request is estimated: seconds of one chip, or joules of chips or whole servers.")
                .mandatory();
        static final Attribute<String> MODEL = Attribute.of("model", new Name("model", "llama-3.1-70b"), "The model.")
                .mandatory();
        static final Attribute<String> CHIP = Attribute.of("chip", new Name("chip", "h100-sxm"), "The chip it runs on.")
                .mandatory();
        static final Attribute<Integer> TENSOR_PARALLEL = Attribute.of(
                        "tensor-parallel", Whole.between(1, 4096), "Chips that share each layer.")
                .orElse("1");
        static final Attribute<Integer> EXPERT_PARALLEL = Attribute.of(
                        "expert-parallel", Whole.between(1, 4096), "Chips over which experts are spread.")
                .orElse("1");
        static final Attribute<Precision> PRECISION = Attribute.of("precision", precisions(), "Format of the weights.")
                .whenAbsent("the one the model is published in");
        static final Attribute<Engine> ENGINE = Attribute.of("engine", Word.of(Engine.class), "The serving software.")
                .orElse("vllm");
        static final Attribute<Integer> PROMPT_TOKENS = Attribute.of(
                        "prompt-tokens", Whole.between(1, 10_000_000), "Of each request.")
                .mandatory()
                .example("200");
        static final Attribute<Integer> OUTPUT_TOKENS = Attribute.of(
                        "output-tokens", Whole.between(1, 10_000_000), "Of each request.")
                .mandatory()
                .example("350");
        static final Attribute<Integer> CONCURRENCY = Attribute.of(
                        "concurrency", Whole.between(1, 1_000_000), "Requests of one replica at once.")
                .mandatory()
                .example("64");

        static final Section SECTION = Section.of(
                "served request",
                "A request whose cost in time or energy the physics estimates; its 80 % band is the figure's range.",
                TAKES,
                MODEL,
                CHIP,
                TENSOR_PARALLEL,
                EXPERT_PARALLEL,
                PRECISION,
                ENGINE,
                PROMPT_TOKENS,
                OUTPUT_TOKENS,
                CONCURRENCY);

        private ServiceTable() {}

        private static Word<Precision> precisions() {
            Map<String, Precision> words = new LinkedHashMap<>();
            for (Precision precision : Precision.values()) {
                words.put(precision.id(), precision);
            }
            return new Word<>(words);
        }
    }

    /** What a document may say about a figure. */
    static final class FigureTable {
        static final Attribute<String> WHAT =
                Attribute.of("what", Text.upTo(200), "What it stands for.").whenAbsent("its name");
        static final Attribute<Double> VALUE = Attribute.of(
                        "value",
                        POSITIVE,
                        "Where it most probably lies. A figure with low and high alone is unknown, and follows from the others.")
                .example("13.7 B");
        static final Attribute<Double> LOW =
                Attribute.of("low", POSITIVE, "The least it can be.").whenAbsent("the value itself");
        static final Attribute<Double> HIGH =
                Attribute.of("high", POSITIVE, "The most it can be.").whenAbsent("the value itself");
        static final Attribute<String> UNIT = Attribute.of("unit", Text.upTo(40), "Written behind its values.")
                .whenAbsent("a plain number");
        static final Attribute<Boolean> CLAIM = Attribute.of(
                        "claim", yesOrNo(), "Whether it is part of what is examined, rather than an assumption.")
                .orElse("no");
        static final Attribute<String> SOURCE =
                Attribute.of("source", Text.upTo(400), "Who says so, and when.").whenAbsent("nobody");
        static final Attribute<Form> ESTIMATE = Attribute.of(
                        "estimate",
                        Nested.of(ServiceTable.SECTION),
                        "Has the physics estimate it, in place of a value.")
                .whenAbsent("the value is stated");

        static final Section SECTION = Section.of(
                "figure",
                "A positive number and the range in which it may lie.",
                WHAT,
                VALUE,
                LOW,
                HIGH,
                UNIT,
                CLAIM,
                SOURCE,
                ESTIMATE);

        private FigureTable() {}

        private static Word<Boolean> yesOrNo() {
            Map<String, Boolean> words = new LinkedHashMap<>();
            words.put("yes", true);
            words.put("no", false);
            words.put("true", true);
            words.put("false", false);
            return new Word<>(words);
        }
    }

    static final Attribute<String> TITLE =
            Attribute.of("title", Text.upTo(200), "What the paper is called.").mandatory();
    static final Attribute<String> QUESTION =
            Attribute.of("question", Text.upTo(2_000), "What is examined.").whenAbsent("nothing more is said");
    static final Attribute<Map<String, Form>> FIGURES = Attribute.of(
                    "figures",
                    new ById<>("figure", new Nested(FigureTable.SECTION, FigureTable.VALUE)),
                    "Every figure, by a name that relations use.")
            .mandatory();
    static final Attribute<Map<String, String>> RELATIONS = Attribute.of(
                    "relations",
                    new ById<>("relation", Text.upTo(1_000)),
                    "What must be equal: products and quotients of figures and numbers on both sides of one =.")
            .mandatory();

    static final Section SECTION =
            Section.of("claims", "Figures that ought to fit together.", TITLE, QUESTION, FIGURES, RELATIONS);

    private ClaimsTable() {}
}
