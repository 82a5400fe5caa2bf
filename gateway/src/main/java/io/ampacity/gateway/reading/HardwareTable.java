package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Text;
import io.ampacity.documents.schema.Whole;
import io.ampacity.units.Dimension;

/** What a model runs on. */
final class HardwareTable {

    static final Attribute<String> MODEL = Attribute.of(
                    "model", Text.upTo(Common.LONGEST_TEXT), "Catalogue id of the language model.")
            .mandatory()
            .example("llama-3.1-70b");
    static final Attribute<String> CHIP = Attribute.of(
                    "chip", Text.upTo(Common.LONGEST_TEXT), "Catalogue id of the chip.")
            .mandatory()
            .example("h100-sxm");
    static final Attribute<Integer> TENSOR_PARALLEL = Attribute.of(
                    "tensor-parallel", Whole.between(1, 1024), "Chips that share each layer.")
            .orElse("1");
    static final Attribute<Integer> BATCH = Attribute.of(
                    "batch", Whole.between(1, 100_000), "Sequences that run at once, as a rule.")
            .orElse("32");
    static final Attribute<Double> PUE = Attribute.of(
                    "pue",
                    Amount.of(Dimension.FRACTION).atLeast(1).atMost(5),
                    "Power of the whole site over that of its computers.")
            .orElse("1.3");
    static final Attribute<Double> INTENSITY = Attribute.of(
                    "carbon-intensity", Amount.of(Dimension.CARBON_INTENSITY).atLeast(0), "Of the site's electricity.")
            .whenAbsent("unknown")
            .example("350 g/kWh");

    static final Section SECTION = Section.of(
            "hardware",
            "What a model runs on, from which energy is estimated.",
            MODEL,
            CHIP,
            TENSOR_PARALLEL,
            BATCH,
            PUE,
            INTENSITY);

    private HardwareTable() {}
}
