package io.ampacity.cli;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.FactKind;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Precision;
import io.ampacity.facts.imports.HuggingFaceConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model runs on which chips, and how: the options that describe one replica. */
final class ReplicaOptions {

    @Option(
            names = "--model",
            paramLabel = "ID",
            description = "Language model: a catalogue id or alias such as llama-3.1-70b, or a config.json.")
    @Nullable String model;

    @Option(names = "--chip", paramLabel = "ID", description = "Accelerator: a catalogue id or alias such as h100-sxm.")
    @Nullable String chip;

    @Option(
            names = {"--tensor-parallel", "--tp"},
            paramLabel = "N",
            defaultValue = "1",
            description = "Chips that share each layer (default: ${DEFAULT-VALUE}).")
    int tensorParallel;

    @Option(
            names = {"--pipeline-parallel", "--pp"},
            paramLabel = "N",
            defaultValue = "1",
            description = "Groups of layers, each on chips of its own (default: ${DEFAULT-VALUE}).")
    int pipelineParallel;

    @Option(
            names = {"--expert-parallel", "--ep"},
            paramLabel = "N",
            defaultValue = "1",
            description = "Chips over which experts are spread (default: ${DEFAULT-VALUE}).")
    int expertParallel;

    @Option(
            names = {"--data-parallel", "--dp"},
            paramLabel = "N",
            defaultValue = "1",
            description = "Copies of attention inside the replica (default: ${DEFAULT-VALUE}).")
    int dataParallel;

    @Option(
            names = "--precision",
            paramLabel = "bf16|fp8|fp4",
            description =
                    "Format of weights and arithmetic (default: what its name tells, such as -FP8, else what the model is published in).")
    @Nullable Precision precision;

    @Option(
            names = "--kv-precision",
            paramLabel = "bf16|fp8",
            defaultValue = "bf16",
            description = "Format of the KV cache (default: ${DEFAULT-VALUE}).")
    Precision kvPrecision = Precision.BF16;

    @Option(
            names = "--engine",
            paramLabel = "vllm|sglang|trtllm",
            defaultValue = "vllm",
            description = "Serving software (default: ${DEFAULT-VALUE}).")
    Engine engine = Engine.VLLM;

    /** Whether any replica was described. */
    boolean given() {
        return model != null || chip != null;
    }

    LanguageModel model(AbstractAction command, Catalogue catalogue) {
        String named = model;
        if (named == null) {
            throw command.badInput("--model is missing");
        }
        // An id of the catalogue comes first, so that no file in the way changes what a script means.
        Optional<LanguageModel> known = catalogue.model(named);
        if (known.isEmpty() && (named.endsWith(".json") || Files.isRegularFile(Path.of(named)))) {
            return HuggingFaceConfig.read(Path.of(named)).only();
        }
        return known.or(() -> QuantisedName.of(named).flatMap(name -> name.model(catalogue)))
                .orElseThrow(() -> command.badInput(unknown("--model", named, catalogue, FactKind.MODELS)));
    }

    Chip chip(AbstractAction command, Catalogue catalogue) {
        String named = chip;
        if (named == null) {
            throw command.badInput("--chip is missing");
        }
        return catalogue
                .chip(named)
                .orElseThrow(() -> command.badInput(unknown("--chip", named, catalogue, FactKind.CHIPS)));
    }

    Deployment deployment(AbstractAction command, LanguageModel of) {
        for (int degree : new int[] {tensorParallel, pipelineParallel, expertParallel, dataParallel}) {
            if (degree < 1 || degree > 4096) {
                throw command.badInput("a degree of parallelism is " + degree + "; it must be 1 to 4096");
            }
        }
        if (of.queryHeads() % tensorParallel != 0) {
            throw command.badInput("--tensor-parallel is " + tensorParallel + ", but the " + of.queryHeads()
                    + " attention heads of " + of.id() + " cannot be shared equally by so many chips. Maybe "
                    + divisors(of.queryHeads()));
        }
        if (pipelineParallel > of.layers()) {
            throw command.badInput("--pipeline-parallel is " + pipelineParallel + ", but " + of.id() + " has "
                    + of.layers() + " layers. Maybe " + of.layers() + " or fewer");
        }
        return new Deployment(
                tensorParallel,
                pipelineParallel,
                expertParallel,
                dataParallel,
                precision == null ? published(of) : precision,
                kvPrecision,
                engine);
    }

    /** The format that the name tells, such as {@code Qwen/Qwen3-8B-FP8}; else the model's own. */
    private Precision published(LanguageModel of) {
        return model == null || model.equals(of.id())
                ? of.nativePrecision()
                : QuantisedName.of(model).map(QuantisedName::precision).orElse(of.nativePrecision());
    }

    /** The nearest degrees that share {@code heads} equally. */
    private String divisors(int heads) {
        int below = tensorParallel - 1;
        while (heads % below != 0) {
            below--;
        }
        int above = tensorParallel + 1;
        while (above < heads && heads % above != 0) {
            above++;
        }
        return above > heads ? String.valueOf(below) : below + " or " + above;
    }

    private static String unknown(String option, String name, Catalogue catalogue, FactKind kind) {
        List<String> near = catalogue.suggestions(kind, name);
        return option + " " + name + " is not in the catalogue. Maybe "
                + (near.isEmpty()
                        ? "see ampacity facts list " + kind.name().toLowerCase(java.util.Locale.ROOT)
                        : String.join(" or ", near.stream().limit(3).toList()));
    }
}
