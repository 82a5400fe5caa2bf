package io.ampacity.cli;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import io.ampacity.physics.EfficiencyFile;
import io.ampacity.physics.EfficiencyTable;
import io.ampacity.physics.calibration.Fitted;
import io.ampacity.physics.calibration.Fitting;
import io.ampacity.physics.measurement.Measured;
import io.ampacity.physics.measurement.MeasurementException;
import io.ampacity.physics.measurement.MeasurementFile;
import io.ampacity.physics.measurement.MeasurementFormat;
import io.ampacity.physics.measurement.Setting;
import io.ampacity.simulator.calibration.ServedAgain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code ampacity calibrate}: fits what chips reach of their data sheets to measurements. */
@Command(
        name = "calibrate",
        description = {
            "Fit a few physical parameters for each chip, engine and precision to measurements, say how well each is known",
            "and how far estimates stray, and write them for estimate, simulate and plan (--calibration)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity calibrate measurements.csv --out ours.yaml",
            "  ampacity calibrate bench-*.json --chip h100-sxm --tensor-parallel 2 --out ours.yaml",
            "  ampacity calibrate requests.csv --chip rtx-4090 --model llama-3.1-8b --out ours.yaml",
            "  ampacity estimate --model llama-3.1-8b --chip h100-sxm --prompt-tokens 512 --output-tokens 128 \\",
            "      --batch 16 --calibration ours.yaml"
        })
final class CalibrateCommand extends AbstractAction {

    @Parameters(
            arity = "1..*",
            paramLabel = "MEASUREMENTS",
            description = "Files of measurements, or folders with the requests.jsonl of a vLLM run.")
    private List<Path> files = List.of();

    @Option(
            names = "--format",
            paramLabel = "KIND",
            description = {
                "What the files are; seen from how they begin unless said: ampacity, requests, vllm-bench, vllm-run,",
                "ml-energy, mlperf, splitwise, silicon, kernels or prometheus."
            },
            converter = FormatReading.class)
    private @Nullable MeasurementFormat format;

    @Option(names = "--chip", paramLabel = "ID", description = "The chip, where the files do not tell.")
    private @Nullable String chip;

    @Option(names = "--model", paramLabel = "ID", description = "The model, where the files do not tell.")
    private @Nullable String model;

    @Option(
            names = {"--tensor-parallel", "--tp"},
            paramLabel = "N",
            defaultValue = "1",
            description = "Chips that share each layer, where the files do not tell (default: ${DEFAULT-VALUE}).")
    private int tensorParallel = 1;

    @Option(
            names = "--precision",
            paramLabel = "bf16|fp8|fp4",
            defaultValue = "bf16",
            description = "Format of weights, where the files do not tell (default: ${DEFAULT-VALUE}).")
    private Precision precision = Precision.BF16;

    @Option(
            names = "--kv-precision",
            paramLabel = "bf16|fp8",
            defaultValue = "bf16",
            description = "Format of the KV cache, where the files do not tell (default: ${DEFAULT-VALUE}).")
    private Precision kvPrecision = Precision.BF16;

    @Option(
            names = "--engine",
            paramLabel = "vllm|sglang|trtllm",
            defaultValue = "vllm",
            description = "Serving software, where the files do not tell (default: ${DEFAULT-VALUE}).")
    private Engine engine = Engine.VLLM;

    @Option(names = "--max-num-seqs", paramLabel = "N", description = "Most requests at once, as the run had it.")
    private @Nullable Integer maxNumSeqs;

    @Option(
            names = "--max-batched-tokens",
            paramLabel = "N",
            description = "Most new tokens in one engine iteration, as the run had it.")
    private @Nullable Integer maxBatchedTokens;

    @Option(names = "--kv-tokens", paramLabel = "N", description = "Room of the KV cache in tokens, as the run had it.")
    private @Nullable Long kvTokens;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the calibration (YAML).")
    private @Nullable Path out;

    @Option(
            names = "--source",
            paramLabel = "TEXT",
            description = "Where the measurements are from, kept with the calibration (default: the files' names).")
    private @Nullable String source;

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description = "The date of the measurements, kept with the calibration (default: today).")
    private @Nullable String asOf;

    @Mixin
    private KnownFacts known = new KnownFacts();

    @Override
    public Integer call() throws IOException {
        if (out != null) {
            Draft.check(out);
        }
        Catalogue catalogue = known.catalogue();
        EfficiencyTable shipped = EfficiencyTable.shipped();
        Fitting fitting = new Fitting(
                catalogue, new ServedAgain(name -> catalogue.chip(name).orElseThrow()), shipped);
        Measured measured = read();
        List<Fitting.Group> groups = groups(fitting, measured);
        if (groups.isEmpty()) {
            throw new BadInput("nothing can be fitted to these files", "look at the warnings above");
        }
        List<Fitted> fits = new ArrayList<>();
        for (Fitting.Group group : groups) {
            output().progress("fitting " + group.key().chip() + ", "
                    + group.key().engine().id() + ", " + group.key().precision().id() + " (" + (fits.size() + 1)
                    + " of " + groups.size() + ") …");
            fits.add(fitting.fit(group, sourceText(), date()));
        }
        if (out != null) {
            EfficiencyTable table =
                    new EfficiencyTable(fits.stream().map(Fitted::entry).toList(), catalogue.chips());
            WholeFile.write(out, EfficiencyFile.write(table));
        }
        if (output().json()) {
            output().document(CalibrationDocument.of(fits, measured.notes(), out));
        } else {
            output().blocks(CalibrationBlocks.of(fits, out));
        }
        return ExitCode.FINE;
    }

    private Measured read() {
        Numbers.checkAtLeastOne("--max-num-seqs", maxNumSeqs);
        Numbers.checkAtLeastOne("--max-batched-tokens", maxBatchedTokens);
        Numbers.checkAtLeastOne("--kv-tokens", kvTokens);
        if (tensorParallel < 1 || tensorParallel > 4096) {
            throw badInput("--tensor-parallel is " + tensorParallel + "; it must be 1 to 4096");
        }
        Setting setting = new Setting(
                chip,
                model,
                new Deployment(tensorParallel, 1, 1, 1, precision, kvPrecision, engine),
                maxBatchedTokens == null ? 0 : maxBatchedTokens,
                maxNumSeqs == null ? 0 : maxNumSeqs,
                kvTokens == null ? 0 : kvTokens);
        Measured measured = Measured.NOTHING;
        for (Path file : files) {
            measured = measured.and(understood(() -> MeasurementFile.read(file, format, setting)));
        }
        measured.notes().forEach(output()::warning);
        return measured;
    }

    private static List<Fitting.Group> groups(Fitting fitting, Measured measured) {
        return understood(() -> fitting.groups(measured));
    }

    private static <T> T understood(java.util.function.Supplier<T> reading) {
        try {
            return reading.get();
        } catch (MeasurementException refused) {
            throw new BadInput(refused.problem(), refused.advice());
        }
    }

    private String sourceText() {
        return source != null
                ? source
                : files.stream()
                        .limit(5)
                        .map(file -> String.valueOf(file.getFileName()))
                        .collect(Collectors.joining(", ", "", files.size() > 5 ? ", …" : ""));
    }

    private String date() {
        return asOf != null ? asOf : LocalDate.now(ZoneOffset.UTC).toString();
    }

    /** Reads a kind of file as it is written in help and documents. */
    static final class FormatReading implements ITypeConverter<MeasurementFormat> {

        @Override
        public MeasurementFormat convert(String word) {
            for (MeasurementFormat format : MeasurementFormat.values()) {
                if (format.id().equalsIgnoreCase(word)) {
                    return format;
                }
            }
            List<String> all = new ArrayList<>();
            for (MeasurementFormat format : MeasurementFormat.values()) {
                all.add(format.id());
            }
            throw new TypeConversionException(
                    "\"" + word + "\" is no kind of measurements; there are " + String.join(", ", all));
        }
    }
}
