package io.ampacity.physics.calibration;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.physics.EfficiencyTable;
import io.ampacity.physics.ErrorBand;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.calibration.Errors.Metric;
import io.ampacity.physics.estimate.Estimator;
import io.ampacity.physics.estimate.Lengths;
import io.ampacity.physics.estimate.Pool;
import io.ampacity.physics.estimate.SplitEstimate;
import io.ampacity.physics.measurement.Measurement;
import io.ampacity.physics.measurement.MlEnergyReader;
import io.ampacity.physics.measurement.OwnCsvReader;
import io.ampacity.physics.measurement.SiliconReader;
import io.ampacity.physics.measurement.SplitMeasurement;
import io.ampacity.physics.measurement.SplitwiseReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes the page of evidence: {@code Evidence DATA-FOLDER OUT.md}. */
public final class Evidence {

    private final Path data;
    private final Path published;
    private final Catalogue catalogue;
    private final Calibrator calibrator;
    private final EvidencePage page = new EvidencePage();

    private Evidence(Path data, Path published, Catalogue catalogue) {
        this.data = data;
        this.published = published;
        this.catalogue = catalogue;
        this.calibrator = new Calibrator(catalogue);
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("needs the folder of measurements and the file to write");
        }
        Evidence evidence = new Evidence(
                Path.of(arguments[0]),
                Path.of(arguments[1]).resolveSibling("published-runs.csv"),
                BuiltInCatalogue.load());
        evidence.write();
        Files.writeString(Path.of(arguments[1]), evidence.page.text());
    }

    private void write() {
        page.line("# Physics against measurements");
        page.line("");
        page.line("DO NOT EDIT: `io.ampacity.physics.calibration.Evidence` writes this page from public measurements.");
        page.line("Errors are medians of |estimate / measurement − 1|. \"Kept out\" names the models that no fit saw.");
        page.line(
                "Typical values, which fits are pulled to, and the constants of the model were chosen knowing all of this data.");
        energy();
        serving();
        disaggregated();
        offline();
        published();
        splitwise();
        peers();
    }

    private void energy() {
        List<Measurement> rows = MlEnergyReader.read(data.resolve("ml-energy/serving_measurements.csv"));
        Rotation rotation = Rotation.refined(calibrator, rows, Rotation.subsets(models(rows), 2));
        page.line("");
        page.line("## Steady batches with power: ML.ENERGY, vLLM on H100 and B200");
        page.line("");
        page.line("Prompt lengths are not in the data; 200 tokens (chat) and 250 (science) are assumed.");
        page.line("");
        page.header("kept out", Metric.INTER_TOKEN, Metric.OUTPUT_RATE, Metric.WATTS, Metric.JOULES_PER_TOKEN);
        rotation.checked()
                .forEach((models, errors) -> page.row(
                        models, errors, Metric.INTER_TOKEN, Metric.OUTPUT_RATE, Metric.WATTS, Metric.JOULES_PER_TOKEN));
        page.row(
                "**all rotations**",
                rotation.all(),
                Metric.INTER_TOKEN,
                Metric.OUTPUT_RATE,
                Metric.WATTS,
                Metric.JOULES_PER_TOKEN);
        grouped(rotation.all(), error -> error.measurement().chip())
                .forEach((chip, errors) -> page.row(
                        "all rotations, " + chip,
                        errors,
                        Metric.INTER_TOKEN,
                        Metric.OUTPUT_RATE,
                        Metric.WATTS,
                        Metric.JOULES_PER_TOKEN));
        page.line("");
        page.line(
                "Rows of the B200 contradict each other: Qwen3-32B takes 44 ms a token for 8 sequences of science at 423 W, 36 ms for 16, and");
        page.line(
                "14 ms for 8 of chat at 860 W; Llama 3.1 8B 9 ms for 64 sequences and 27 ms for 128, at fewer watts. No row is left out.");
        coverage(rotation, Metric.INTER_TOKEN, Metric.WATTS);
    }

    private void serving() {
        List<Measurement> rows = SiliconReader.read(data.resolve("silicon/serving_latency.csv"));
        List<Measurement> loops = rows.stream()
                .filter(row -> row.load() == Measurement.Load.CLOSED_LOOP)
                .toList();
        Rotation rotation =
                Rotation.of(calibrator, loops, ShippedCalibration.batches(data), Rotation.subsets(models(loops), 1));
        page.line("");
        page.line("## Closed loops: 1,325 points of AIConfigurator's sample on six NVIDIA chips and three engines");
        page.line("");
        page.line(
                "Every row is covered. What a model that is kept out needs is learned from the other two and from the batches");
        page.line("above, of which its rows are left out too.");
        page.line("");
        page.line("Two kinds of rows do not tell how they were run. They are left out of no check:");
        page.line("");
        page.line(
                "- 164 rows of DeepSeek-R1 under TensorRT-LLM drafted tokens (speculative decoding). InferenceX runs these");
        page.line(
                "  releases and layouts with three drafted tokens (one with copies of attention); no column says so. They are");
        page.line(
                "  estimated with that and with published acceptance (2.7 tokens a step of three drafted); no fit sees them.");
        page.line(
                "- 74 rows on GB200: with DeepSeek-R1 the degree is that of all chips of several workers together (12 to 72),");
        page.line("  with Qwen3-32B 16 clients wait longer for a token (94 ms) than 256 do (54 ms).");
        page.line("");
        page.header("kept out", Metric.INTER_TOKEN, Metric.TIME_TO_FIRST_TOKEN);
        rotation.checked()
                .forEach((models, errors) -> page.row(models, errors, Metric.INTER_TOKEN, Metric.TIME_TO_FIRST_TOKEN));
        page.row("**all rotations**", rotation.all(), Metric.INTER_TOKEN, Metric.TIME_TO_FIRST_TOKEN);
        page.row(
                "all rotations, without drafted rows",
                rotation.all().stream()
                        .filter(error -> !error.measurement().speculative())
                        .toList(),
                Metric.INTER_TOKEN,
                Metric.TIME_TO_FIRST_TOKEN);
        page.row(
                "all rotations, rows that tell how they were run",
                rotation.all().stream()
                        .filter(error -> SiliconReader.tellsHowItRan(error.measurement()))
                        .toList(),
                Metric.INTER_TOKEN,
                Metric.TIME_TO_FIRST_TOKEN);
        unseenCoverage(rotation);
        page.line("");
        page.line("With the shipped calibration, which saw all models:");
        page.line("");
        page.header("chip, engine, precision, model", Metric.INTER_TOKEN, Metric.TIME_TO_FIRST_TOKEN);
        List<Errors> shipped = calibrator.errors(loops, EfficiencyTable.shipped());
        grouped(shipped, Evidence::place)
                .forEach((place, errors) -> page.row(place, errors, Metric.INTER_TOKEN, Metric.TIME_TO_FIRST_TOKEN));
        page.row("**all**", shipped, Metric.INTER_TOKEN, Metric.TIME_TO_FIRST_TOKEN);
    }

    private static String place(Errors errors) {
        Measurement row = errors.measurement();
        return row.chip() + " " + row.deployment().engine().id() + " "
                + row.deployment().weights().id() + ", " + EvidencePage.shortName(row.model())
                + (row.speculative() ? ", drafted" : "");
    }

    private void offline() {
        List<Measurement> rows = ShippedCalibration.offline(data);
        List<Measurement> nvidia =
                rows.stream().filter(row -> !row.chip().startsWith("mi")).toList();
        List<Measurement> amd =
                rows.stream().filter(row -> row.chip().startsWith("mi")).toList();
        page.line("");
        page.line("## Offline rate: MLPerf Inference v5.1");
        page.line("");
        page.line(
                "NVIDIA rows are predicted from the closed loops above, no MLPerf row was fitted. AMD rows are fitted on one model");
        page.line(
                "and checked on the other. The layout is the one that serves most tokens a chip. A run hands in its data set once,");
        page.line("so that of DeepSeek-R1's 4,388 samples a chip runs 548 at most.");
        page.line("");
        page.header("chip, model", Metric.OUTPUT_RATE);
        List<Errors> checked = calibrator.errors(nvidia, EfficiencyTable.shipped());
        grouped(checked, Evidence::chipAndModel)
                .forEach((place, errors) -> page.row(place, errors, Metric.OUTPUT_RATE));
        page.row("**NVIDIA, nothing fitted**", checked, Metric.OUTPUT_RATE);
        Rotation refined = Rotation.refined(
                calibrator.refining(EfficiencyTable.shipped()), nvidia, Rotation.subsets(models(nvidia), 1));
        page.row(
                "**NVIDIA, share of peak arithmetic fitted on the chip's other models**",
                refined.all(),
                Metric.OUTPUT_RATE);
        Rotation rotation = Rotation.refined(calibrator, amd, Rotation.subsets(models(amd), 1));
        grouped(rotation.all(), Evidence::chipAndModel)
                .forEach((place, errors) -> page.row(place + ", kept out", errors, Metric.OUTPUT_RATE));
        page.row("**AMD, kept out**", rotation.all(), Metric.OUTPUT_RATE);
    }

    private static String chipAndModel(Errors errors) {
        return errors.measurement().chip() + ", " + errors.measurement().model();
    }

    /** Runs that others published, one page each; no fit saw them. */
    private void published() {
        List<Errors> errors = calibrator.errors(OwnCsvReader.read(published), EfficiencyTable.shipped());
        page.line("");
        page.line("## Published runs that no fit saw");
        page.line("");
        page.line(
                "Found in pull requests, issues, blogs and documentation of engines, each with its page in `published-runs.csv`; most with few");
        page.line(
                "clients, where what the host takes shows most. Taken are those of models in the catalogue at sixteen or eight bits, with kernels");
        page.line(
                "recorded and no tokens drafted, at a number of clients or at a rate the server kept up with (as the batch that Little's law gives).");
        page.line(
                "A prompt whose length is not told is taken as 100 tokens, an answer as 200, a layout as one chip. They are no blind check: the time of");
        page.line(
                "sums over PCIe, of a lone request and of several processes were chosen knowing them. Times to first token are not compared, as many");
        page.line(
                "prompts were cached. Calibrations of the A100 and the L4 saw `published-runs-fitted.csv`, which is left out here.");
        page.line(
                "Hybrids with linear attention are left out: four runs of them under SGLang on B200 come out 39 to 84 % too fast, which is not understood.");
        page.line("");
        page.header("chip, engine", Metric.INTER_TOKEN);
        grouped(
                        errors,
                        error -> error.measurement().chip() + ", "
                                + error.measurement().deployment().engine().id())
                .forEach((place, found) -> page.row(place, found, Metric.INTER_TOKEN));
        page.row("**all**", errors, Metric.INTER_TOKEN);
    }

    private void splitwise() {
        List<Measurement> rows = SplitwiseReader.read(data.resolve("Mutinifni_splitwise-sim/data/perf_model.csv"));
        EfficiencyTable fitted = calibrator.fitOnly(rows);
        Rotation rotation = Rotation.refined(calibrator, rows, Rotation.subsets(models(rows), 1));
        page.line("");
        page.line("## One batch on an engine of 2023: splitwise-sim, A100 and H100, Llama 2 70B and BLOOM 176B");
        page.line("");
        page.line(
                "The engine is too old to stand for today's; its fit is not shipped. It launched kernel by kernel, so a step takes as");
        page.line(
                "long as its kernels take to launch: 12 a layer, 4 more with biases, 8 more for a prompt. What its host takes is left");
        page.line(
                "free; that sums beyond 64 MiB take two and a half times as long was read off this data (any factor from 2 to 3 does).");
        page.line("");
        page.header("rows", Metric.TIME_TO_FIRST_TOKEN, Metric.INTER_TOKEN);
        page.row("fitted on both", calibrator.errors(rows, fitted), Metric.TIME_TO_FIRST_TOKEN, Metric.INTER_TOKEN);
        rotation.checked()
                .forEach((models, errors) ->
                        page.row(models + " kept out", errors, Metric.TIME_TO_FIRST_TOKEN, Metric.INTER_TOKEN));
    }

    private void peers() {
        page.line("");
        page.line("## Peers, by their own word or as measured elsewhere");
        page.line("");
        page.line("| peer | error |");
        page.line("|---|---|");
        page.line("| AIConfigurator, June 2026, 226 of these closed loops (27 %) | TPOT 13.4 %, TTFT 46.9 % |");
        page.line(
                "| BLIS (inference-sim), data sheet only, real vLLM | end to end 6.7 %, inter-token 6.5 %, TTFT 17.6 % |");
        page.line("| LLMServingSim with a profiled card | end to end ≤ 2.2 %, TPOT ≤ 1.7 %, TTFT ≤ 13.6 % |");
        page.line("| Calculon, eight training steps | 3.65 % mean, 8.87 % worst |");
        page.line("");
        page.line(
                "Training steps and goodput are checked in `TrainingPhysicsTest`. Runs of requests on real servers: see");
        page.line("[simulator](simulator.md).");
    }

    private void coverage(Rotation rotation, Metric... metrics) {
        for (Metric metric : metrics) {
            List<Errors> inside = new ArrayList<>();
            double covered = 0;
            for (Map.Entry<String, List<Errors>> held : rotation.checked().entrySet()) {
                List<Errors> others = rotation.checked().entrySet().stream()
                        .filter(other -> !other.getKey().equals(held.getKey()))
                        .flatMap(other -> other.getValue().stream())
                        .toList();
                ErrorBand band = Bands.of(others, metric);
                covered += Bands.coverage(held.getValue(), metric, band)
                        * held.getValue().size();
                inside.addAll(held.getValue());
            }
            page.line("");
            page.line(String.format(
                    Locale.ROOT,
                    "80 %% bands made from the other rotations hold %.0f %% of kept-out measurements (%s).",
                    100 * covered / inside.size(),
                    metric.title()));
        }
    }

    /** How often the bands that ship hold a model that neither they nor the fits saw. */
    private void unseenCoverage(Rotation rotation) {
        int[] held = new int[2];
        int rows = 0;
        for (Map.Entry<String, List<Errors>> kept : rotation.checked().entrySet()) {
            UnseenBands bands = new UnseenBands(rotation.checked().entrySet().stream()
                    .filter(other -> !other.getKey().equals(kept.getKey()))
                    .flatMap(other -> other.getValue().stream())
                    .toList());
            for (Errors error : kept.getValue()) {
                List<Errors> one = List.of(error);
                held[0] += Bands.coverage(one, Metric.INTER_TOKEN, bands.time()) > 0.5 ? 1 : 0;
                held[1] += Bands.coverage(
                                        one,
                                        Metric.TIME_TO_FIRST_TOKEN,
                                        bands.firstToken(
                                                error.measurement().deployment().engine()))
                                > 0.5
                        ? 1
                        : 0;
                rows++;
            }
        }
        page.line("");
        page.line(String.format(
                Locale.ROOT,
                "80 %% bands made from the other models hold %.0f %% of inter-token times and %.0f %% of times to first token"
                        + " of the model kept out, all rows counted.",
                100.0 * held[0] / rows,
                100.0 * held[1] / rows));
    }

    private void disaggregated() {
        List<SplitMeasurement> rows = SiliconReader.readSplit(data.resolve("silicon/serving_latency.csv"));
        Map<String, List<SplitMeasurement>> alike =
                rows.stream().collect(Collectors.groupingBy(SplitMeasurement::settings));
        long repeated = alike.values().stream().filter(same -> same.size() > 1).count();
        long apart = alike.values().stream().filter(Evidence::differ).count();
        List<SplitMeasurement> told = rows.stream()
                .filter(row -> row.prefillWorkers() != null && row.decodeWorkers() != null)
                .toList();
        page.line("");
        page.line("## Disaggregated serving: 1,236 points of the same sample");
        page.line("");
        page.line(String.format(
                Locale.ROOT,
                "Only %d of %,d rows tell how many workers each pool has; no row tells whether attention was copied or tokens",
                told.size(),
                rows.size()));
        page.line(String.format(
                Locale.ROOT,
                "were drafted. Of %d groups of rows that are alike in every column and in their clients, %d differ by more than",
                repeated,
                apart));
        page.line(
                "a quarter in their inter-token time, up to four times. No estimate can meet both of such rows, so no error over all");
        page.line(
                "rows is given; the loop itself is checked against sums by hand in `DisaggregatedTest`. The rows that tell:");
        page.line("");
        page.line("| row | prefill | decode | clients | inter-token | measured | TTFT | measured |");
        page.line("|---|---|---|---|---|---|---|---|");
        Estimator estimator = new Estimator(ServingPhysics.shipped());
        for (SplitMeasurement row : told) {
            Chip chip = catalogue.chip(row.chip()).orElseThrow();
            SplitEstimate estimate = estimator.disaggregated(
                    new Pool(chip, row.prefill(), Objects.requireNonNull(row.prefillWorkers())),
                    new Pool(chip, row.decode(), Objects.requireNonNull(row.decodeWorkers())),
                    catalogue.model(row.model()).orElseThrow(),
                    Lengths.fixed(row.promptTokens(), row.outputTokens()),
                    row.clients());
            page.line(String.format(
                    Locale.ROOT,
                    "| %s %s %s, %s | %d × %d | %d × %d | %d | %.1f ms | %.1f ms | %.0f ms | %.0f ms |",
                    row.chip(),
                    row.decode().engine().id(),
                    row.decode().weights().id(),
                    EvidencePage.shortName(row.model()),
                    row.prefillWorkers(),
                    row.prefill().chips(),
                    row.decodeWorkers(),
                    row.decode().chips(),
                    row.clients(),
                    1e3 * estimate.interTokenLatencySeconds().value(),
                    1e3 * row.interTokenSeconds(),
                    1e3 * estimate.timeToFirstTokenSeconds().value(),
                    1e3 * row.timeToFirstTokenSeconds()));
        }
    }

    private static boolean differ(List<SplitMeasurement> alike) {
        double least = alike.stream()
                .mapToDouble(SplitMeasurement::interTokenSeconds)
                .min()
                .orElseThrow();
        double most = alike.stream()
                .mapToDouble(SplitMeasurement::interTokenSeconds)
                .max()
                .orElseThrow();
        return most > 1.25 * least;
    }

    private static List<String> models(List<Measurement> rows) {
        return rows.stream().map(Measurement::model).distinct().toList();
    }

    private static Map<String, List<Errors>> grouped(List<Errors> errors, Function<Errors, String> key) {
        return errors.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    }
}
