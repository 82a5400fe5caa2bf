package io.ampacity.cli;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.estimate.Banded;
import io.ampacity.physics.estimate.Estimate;
import io.ampacity.physics.estimate.Estimator;
import io.ampacity.physics.estimate.Lengths;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ampacity estimate}: how fast, hot and dear one deployment serves at one operating point. */
@Command(
        name = "estimate",
        description = "Estimate speed, power, carbon and cost of one model on one kind of chip.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity estimate --model llama-3.1-70b --chip h100-sxm --tensor-parallel 4 \\",
            "      --prompt-tokens 1024 --output-tokens 256 --concurrency 64",
            "  ampacity estimate --model llama-3.1-8b --chip l40s --precision fp8 \\",
            "      --prompt-tokens 512 --output-tokens 128 --batch 16 --json"
        })
final class EstimateCommand extends AbstractAction {

    @Mixin
    private ReplicaOptions replica = new ReplicaOptions();

    @Option(names = "--prompt-tokens", required = true, paramLabel = "N", description = "Of each request.", order = 3)
    private int promptTokens;

    @Option(names = "--output-tokens", required = true, paramLabel = "N", description = "Of each request.", order = 4)
    private int outputTokens;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Load load;

    @Mixin
    private PriceAndPlace priceAndPlace = new PriceAndPlace();

    @Mixin
    private KnownFacts known = new KnownFacts();

    @Mixin
    private CalibrationOption calibration = new CalibrationOption();

    /** How many requests run at once. */
    static final class Load {

        @Option(names = "--batch", paramLabel = "N", description = "A steady batch of N sequences.", order = 5)
        private @Nullable Integer batch;

        @Option(
                names = "--concurrency",
                paramLabel = "N",
                description = "N clients, each sending its next request when the last one ends.",
                order = 6)
        private @Nullable Integer concurrency;
    }

    @Override
    public Integer call() {
        LanguageModel weights = replica.model(this, known.catalogue());
        Chip hardware = replica.chip(this, known.catalogue());
        Deployment deployment = replica.deployment(this, weights);
        Integer context = weights.maximumContext();
        if (context != null && (long) promptTokens + outputTokens > context) {
            output().warning(weights.id() + " knows a context of " + context
                    + " tokens; prompt and output together are " + ((long) promptTokens + outputTokens));
        }
        Estimate estimate = estimate(hardware, weights, deployment);
        PriceAndPlace.Costs costs = priceAndPlace.costs(known, hardware, deployment, estimate);
        if (output().json()) {
            output().document(document(estimate, costs));
        } else {
            output().text()
                    .println(weights.id() + " on " + deployment.chips() + " × " + hardware.id() + " (" + deployment.id()
                            + ")");
            output().blocks(table(estimate, costs), new Block.Paragraph(remark(estimate, costs)));
        }
        return ExitCode.FINE;
    }

    private Estimate estimate(Chip hardware, LanguageModel weights, Deployment deployment) {
        Numbers.atLeastOne("--prompt-tokens", promptTokens);
        Numbers.atLeastOne("--output-tokens", outputTokens);
        Estimator estimator = new Estimator(calibration.physics(known.catalogue()));
        Integer clients = load.concurrency;
        if (clients != null) {
            return estimator.closedLoop(
                    hardware,
                    weights,
                    deployment,
                    Lengths.fixed(promptTokens, outputTokens),
                    Numbers.atLeastOne("--concurrency", clients));
        }
        int sequences = load.batch == null ? 1 : load.batch;
        return estimator.batch(
                hardware, weights, deployment, promptTokens, outputTokens, Numbers.atLeastOne("--batch", sequences));
    }

    private static Map<String, Object> document(Estimate estimate, PriceAndPlace.Costs costs) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("timeToFirstTokenSeconds", estimate.timeToFirstTokenSeconds());
        document.put("interTokenLatencySeconds", estimate.interTokenLatencySeconds());
        document.put("endToEndSeconds", estimate.endToEndSeconds());
        document.put("outputTokensPerSecond", estimate.outputTokensPerSecond());
        document.put("averagePowerWatts", estimate.averagePowerWatts());
        document.put("energyPerOutputTokenJoules", estimate.energyPerOutputTokenJoules());
        document.put("serverPowerWatts", estimate.serverWatts());
        document.put("carbonPerOutputTokenGrams", costs.carbonPerOutputTokenGrams());
        document.put("carbonBasis", costs.carbonBasis());
        document.put("costPerMillionOutputTokensUsd", costs.costPerMillionOutputTokensUsd());
        document.put("costBasis", costs.costBasis());
        document.put("runningSequences", estimate.runningSequences());
        Map<String, Object> memory = new LinkedHashMap<>();
        memory.put("weightsBytes", estimate.memory().weightsBytes());
        memory.put("kvBytesPerToken", estimate.memory().kvBytesPerToken());
        memory.put("kvTokens", estimate.memory().kvTokens());
        document.put("memory", memory);
        document.put("binding", estimate.binding().id());
        document.put("provenance", estimate.provenance().id());
        return document;
    }

    private static Block table(Estimate estimate, PriceAndPlace.Costs costs) {
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(row("time to first token", estimate.timeToFirstTokenSeconds(), Numerals::seconds));
        rows.add(row("time between tokens", estimate.interTokenLatencySeconds(), Numerals::seconds));
        rows.add(row("whole request", estimate.endToEndSeconds(), Numerals::seconds));
        rows.add(row("output tokens a second", estimate.outputTokensPerSecond(), Numerals::significant));
        rows.add(row("power of the chips, W", estimate.averagePowerWatts(), Numerals::significant));
        rows.add(row("energy of a token, J", estimate.energyPerOutputTokenJoules(), Numerals::significant));
        rows.add(row("carbon of a token, gCO2e", costs.carbonPerOutputTokenGrams(), Numerals::significant));
        rows.add(row("cost of a million tokens", costs.costPerMillionOutputTokensUsd(), Numerals::usd));
        List<Column> columns =
                List.of(Column.text("estimate"), Column.number("value"), Column.number("low"), Column.number("high"));
        return new Block.Table("estimate", columns, rows, null);
    }

    private static List<Cell> row(String name, @Nullable Banded banded, DoubleFunction<String> print) {
        if (banded == null) {
            return List.of(Cell.text(name), Cell.text("unknown"), Cell.EMPTY, Cell.EMPTY);
        }
        return List.of(
                Cell.text(name),
                Cell.number(print.apply(banded.value()), banded.value()),
                Cell.number(print.apply(banded.low()), banded.low()),
                Cell.number(print.apply(banded.high()), banded.high()));
    }

    private static String remark(Estimate estimate, PriceAndPlace.Costs costs) {
        return "What binds is " + estimate.binding().id() + "; "
                + Numerals.count(estimate.memory().kvTokens())
                + " tokens of context fit; the figures are "
                + estimate.provenance().id()
                + ", and low and high bound 80 % of measurements. Cost: " + costs.costBasis() + ". Carbon: "
                + costs.carbonBasis() + ".";
    }
}
