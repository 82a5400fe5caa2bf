package io.ampacity.cli;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Figure;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Precision;
import io.ampacity.facts.Region;
import io.ampacity.physics.training.LayoutSearch;
import io.ampacity.physics.training.Recomputation;
import io.ampacity.physics.training.Reliability;
import io.ampacity.physics.training.TrainingEfficiencies;
import io.ampacity.physics.training.TrainingEnergy;
import io.ampacity.physics.training.TrainingLayout;
import io.ampacity.physics.training.TrainingPhysics;
import io.ampacity.physics.training.TrainingRun;
import io.ampacity.physics.training.TrainingSpread;
import io.ampacity.physics.training.TrainingStep;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.reports.paper.Numerals;
import io.ampacity.units.Dimension;
import io.ampacity.units.UnitException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ampacity training}: how long a model trains on a gang of chips, what failures take, what it costs. */
@Command(
        name = "training",
        description = {
            "Estimate a training run: step time, utilisation, what failures and checkpoints leave of the time, energy,",
            "carbon and cost. Without --tensor-parallel the layout that trains most tokens a second is searched."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity training --model gpt-3-175b --chip a100-sxm-80gb --chips 10000 --tokens 300B --sequence 2048",
            "  ampacity training --model llama-3.1-405b --chip h100-sxm --chips 16384 --tokens 15.6T \\",
            "      --tensor-parallel 8 --pipeline-parallel 16 --pipeline-chunks 8 --global-batch 2048",
            "  ampacity training --model deepseek-v3 --chip h800-sxm --chips 2048 --tokens 14.8T --sequence 4096 \\",
            "      --precision fp8 --tensor-parallel 1 --pipeline-parallel 16 --pipeline-chunks 2 --global-batch 15360 \\",
            "      --expert-parallel 64 --expert-servers 4 --overlap 1"
        })
final class TrainingCommand extends AbstractAction {

    private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;
    private static final double SECONDS_PER_HOUR = 3600;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "ID",
            description = "Language model, such as llama-3.1-405b.",
            order = 1)
    private String model = "";

    @Option(names = "--chip", required = true, paramLabel = "ID", description = "Accelerator.", order = 2)
    private String chip = "";

    @Option(names = "--chips", required = true, paramLabel = "N", description = "Chips of the gang.", order = 3)
    private int chips;

    @Option(
            names = "--tokens",
            required = true,
            paramLabel = "N",
            description = "Tokens of the whole run, such as 15.6T.",
            order = 4)
    private String tokens = "";

    @Option(
            names = "--sequence",
            paramLabel = "N",
            defaultValue = "8192",
            description = "Tokens of a sequence (default: ${DEFAULT-VALUE}).",
            order = 5)
    private int sequence;

    @Option(
            names = {"--tensor-parallel", "--tp"},
            paramLabel = "N",
            description = "Chips that share each layer; fixes the layout.",
            order = 6)
    private @Nullable Integer tensorParallel;

    @Option(
            names = {"--pipeline-parallel", "--pp"},
            paramLabel = "N",
            description = "Groups of layers, of a fixed layout (default: 1).",
            order = 7)
    private @Nullable Integer pipelineParallel;

    @Option(
            names = "--pipeline-chunks",
            paramLabel = "N",
            description = "Groups of layers a stage holds, of a fixed layout (default: 1).",
            order = 8)
    private @Nullable Integer pipelineChunks;

    @Option(
            names = "--global-batch",
            paramLabel = "N",
            description = "Sequences of one step (default: about 4 million tokens, 1,024 a chip on large gangs).",
            order = 9)
    private @Nullable Integer globalBatch;

    @Option(
            names = {"--recomputation", "--recompute"},
            paramLabel = "none|selective|full",
            defaultValue = "selective",
            description = "Activations computed again (default: ${DEFAULT-VALUE}).",
            order = 10)
    private Recomputation recomputation = Recomputation.SELECTIVE;

    @Option(
            names = "--precision",
            paramLabel = "bf16|fp8",
            defaultValue = "bf16",
            description = "Format of the matrix products (default: ${DEFAULT-VALUE}).",
            order = 11)
    private Precision precision = Precision.BF16;

    @Option(
            names = "--chip-hours-per-interruption",
            paramLabel = "H",
            defaultValue = "50677",
            description = "Chip-hours between two interruptions (default: ${DEFAULT-VALUE}, of Llama 3 405B on H100).",
            order = 20)
    private double chipHours;

    @Option(
            names = "--checkpoint",
            paramLabel = "S",
            defaultValue = "30",
            description = "Seconds the run stands still for a checkpoint (default: ${DEFAULT-VALUE}).",
            order = 21)
    private double checkpointSeconds;

    @Option(
            names = "--restart",
            paramLabel = "S",
            defaultValue = "600",
            description = "Seconds from an interruption to the next step (default: ${DEFAULT-VALUE}).",
            order = 22)
    private double restartSeconds;

    @Option(
            names = "--price",
            paramLabel = "USD",
            description = "Price of one chip and hour, for the cost.",
            order = 30)
    private @Nullable Double price;

    @Option(
            names = "--region",
            paramLabel = "ID",
            description = "Where the chips stand, for PUE and carbon.",
            order = 31)
    private @Nullable String region;

    @Mixin
    private SpreadOptions spreading = new SpreadOptions();

    @Mixin
    private KnownFacts known = new KnownFacts();

    /** A run and all that it was made of. */
    private record Outcome(
            Chip chip,
            TrainingLayout layout,
            TrainingSpread spread,
            TrainingStep step,
            TrainingRun run,
            Reliability reliability,
            double tokens,
            double stateBytes) {

        /** Where its energy goes behind a meter of this PUE; 1 for what chips and servers draw. */
        TrainingEnergy energy(double pue) {
            return TrainingEnergy.of(run, step, layout, chip, pue);
        }

        /** Joules of chips and servers; servers draw all the time. */
        double serverJoules() {
            return energy(1).total();
        }

        double chipHours() {
            return layout.chips() * run.wallSeconds() / SECONDS_PER_HOUR;
        }
    }

    @Override
    public Integer call() {
        Outcome outcome = outcome();
        Region where = region == null ? null : known.region(region);
        Map<String, @Nullable Object> document = document(outcome, where);
        if (output().json()) {
            output().document(document);
        } else {
            output().text()
                    .println(model + " on " + Numerals.count(outcome.layout().chips()) + " × "
                            + outcome.chip().id() + ", tensor "
                            + outcome.layout().tensorParallel() + " × pipeline "
                            + outcome.layout().pipelineParallel() + " × data "
                            + outcome.layout().dataParallel()
                            + (outcome.spread().expertParallel() == 1
                                    ? ""
                                    : ", experts over " + outcome.spread().expertParallel())
                            + ", ZeRO stage " + outcome.spread().sharding().stage());
            output().blocks(table(outcome, document), remark(outcome, where));
        }
        return ExitCode.FINE;
    }

    private Outcome outcome() {
        Chip hardware = known.chip(chip);
        LanguageModel weights = known.model(model);
        Numbers.atLeastOne("--chips", chips);
        Numbers.atLeastOne("--sequence", sequence);
        double all = tokens();
        Reliability reliability = new Reliability(
                Numbers.positive("--chip-hours-per-interruption", chipHours),
                Numbers.positive("--checkpoint", checkpointSeconds),
                Numbers.positive("--restart", restartSeconds));
        TrainingLayout layout;
        TrainingSpread spread;
        TrainingStep step;
        Integer tensor = tensorParallel;
        if (tensor == null) {
            searchTakesNo("--pipeline-parallel", pipelineParallel);
            searchTakesNo("--pipeline-chunks", pipelineChunks);
            if (globalBatch != null) {
                Numbers.atLeastOne("--global-batch", globalBatch);
            }
            LayoutSearch.Freedom freedom = spreading.freedom(weights, recomputation, globalBatch);
            LayoutSearch.Found found = new LayoutSearch(hardware, weights, sequence, precision, freedom)
                    .fastest(chips)
                    .orElseThrow(() -> nothingFits(hardware, weights));
            layout = found.layout();
            spread = found.spread();
            step = found.step();
        } else {
            layout = stated(Numbers.atLeastOne("--tensor-parallel", tensor));
            spread = spreading.spread(weights, layout);
            step = TrainingPhysics.step(hardware, weights, layout, spread, TrainingEfficiencies.of(hardware));
        }
        return new Outcome(
                hardware,
                layout,
                spread,
                step,
                TrainingRun.of(all, step, layout, reliability, hardware),
                reliability,
                all,
                TrainingPhysics.stateBytes(weights, layout, spread));
    }

    private BadInput nothingFits(Chip hardware, LanguageModel weights) {
        return new BadInput(
                weights.id() + " cannot be trained on " + chips + " × " + hardware.id()
                        + ": no layout of powers of two fits the memory with "
                        + (globalBatch == null
                                ? "steps of up to 16 million tokens"
                                : "steps of " + globalBatch + " sequences"),
                "take another number of chips, a multiple of 64, leave --zero and --expert-parallel to the search, or"
                        + " fix the layout with --tensor-parallel");
    }

    private static void searchTakesNo(String option, @Nullable Integer value) {
        if (value != null) {
            throw new BadInput(
                    option + " is of a fixed layout, and without --tensor-parallel the layout is searched",
                    "add --tensor-parallel 1, or leave " + option + " out");
        }
    }

    private double tokens() {
        try {
            return Numbers.positive("--tokens", Dimension.COUNT.parse(tokens));
        } catch (UnitException wrong) {
            throw new BadInput("--tokens is \"" + tokens + "\", which is no number of tokens", "write it like 15.6T");
        }
    }

    private TrainingLayout stated(int tensor) {
        int stages = pipelineParallel == null ? 1 : Numbers.atLeastOne("--pipeline-parallel", pipelineParallel);
        int chunks = pipelineChunks == null ? 1 : Numbers.atLeastOne("--pipeline-chunks", pipelineChunks);
        int group = tensor * stages;
        if (chips % group != 0) {
            throw new BadInput(
                    "--chips is " + chips + ", which is no multiple of tensor × pipeline parallel, " + group,
                    "take " + Math.max(1, chips / group) * group);
        }
        int copies = chips / group;
        Integer batch = globalBatch;
        int sequences = batch != null
                ? Numbers.atLeastOne("--global-batch", batch)
                : (int) Math.max(1, Math.round(4e6 / sequence / copies)) * copies;
        if (sequences % copies != 0) {
            throw new BadInput(
                    "--global-batch is " + sequences + ", which " + copies + " replicas cannot share equally",
                    "take " + Math.max(1, sequences / copies) * copies);
        }
        return new TrainingLayout(
                tensor, stages, chunks, copies, sequences, 1, sequence, recomputation, true, true, true, precision);
    }

    private Map<String, @Nullable Object> document(Outcome outcome, @Nullable Region where) {
        TrainingLayout layout = outcome.layout();
        TrainingStep step = outcome.step();
        TrainingRun run = outcome.run();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("chips", layout.chips());
        document.put("tensorParallel", layout.tensorParallel());
        document.put("pipelineParallel", layout.pipelineParallel());
        document.put("pipelineChunks", layout.pipelineChunks());
        document.put("dataParallel", layout.dataParallel());
        document.put("expertParallel", outcome.spread().expertParallel());
        document.put("zeroStage", outcome.spread().sharding().stage());
        document.put("globalBatchSequences", layout.globalBatch());
        document.put("stateBytesPerChip", outcome.stateBytes());
        document.put("stepSeconds", step.seconds());
        document.put("bubbleSeconds", step.bubbleSeconds());
        document.put("exposedExchangeSeconds", step.exposedExchangeSeconds());
        document.put("optimizerSeconds", step.optimizerSeconds());
        document.put("modelFlopsUtilisation", step.utilisation());
        document.put("tokensPerSecond", outcome.tokens() / run.wallSeconds());
        document.put("goodput", run.goodput());
        document.put("interruptions", run.interruptions());
        document.put("secondsBetweenInterruptions", outcome.reliability().secondsBetweenInterruptions(layout.chips()));
        document.put("checkpointIntervalSeconds", outcome.reliability().checkpointIntervalSeconds(layout.chips()));
        document.put("wallSeconds", run.wallSeconds());
        document.put("chipHours", outcome.chipHours());
        document.put("chipEnergyKwh", run.chipJoules() / JOULES_PER_KILOWATT_HOUR);
        document.put("serverEnergyKwh", outcome.serverJoules() / JOULES_PER_KILOWATT_HOUR);
        Figure pue = where == null ? null : where.pue();
        Double facility = pue == null ? null : outcome.serverJoules() * pue.value() / JOULES_PER_KILOWATT_HOUR;
        document.put("facilityEnergyKwh", facility);
        document.put(
                "facilityMegawatts", facility == null ? null : facility * SECONDS_PER_HOUR / run.wallSeconds() / 1e3);
        document.put("energyKwh", SpreadOptions.breakdown(outcome.energy(pue == null ? 1 : pue.value()), pue != null));
        Figure intensity =
                where == null ? null : where.averageDirect() == null ? where.averageLifeCycle() : where.averageDirect();
        document.put("carbonKg", facility == null || intensity == null ? null : facility * intensity.value() / 1e3);
        Double hour = price;
        document.put("costUsd", hour == null ? null : outcome.chipHours() * Numbers.positive("--price", hour));
        return document;
    }

    private static Block table(Outcome outcome, Map<String, @Nullable Object> document) {
        TrainingStep step = outcome.step();
        TrainingRun run = outcome.run();
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(row("step", Numerals.seconds(step.seconds())));
        rows.add(row("of it waiting for the pipeline", Numerals.share(step.bubbleSeconds() / step.seconds())));
        rows.add(row("of it exchange not hidden", Numerals.share(step.exposedExchangeSeconds() / step.seconds())));
        rows.add(row("utilisation of peak (MFU)", Numerals.share(step.utilisation())));
        rows.add(row("tokens a second, all counted", Numerals.many(outcome.tokens() / run.wallSeconds())));
        rows.add(row("time that makes progress (goodput)", Numerals.share(run.goodput())));
        rows.add(row("interruptions", Numerals.significant(run.interruptions())));
        rows.add(row(
                "between two of them",
                Numerals.seconds(outcome.reliability()
                        .secondsBetweenInterruptions(outcome.layout().chips()))));
        rows.add(row(
                "between two checkpoints",
                Numerals.seconds(outcome.reliability()
                        .checkpointIntervalSeconds(outcome.layout().chips()))));
        rows.add(row("whole run", Numerals.significant(run.wallSeconds() / 86_400) + Numerals.JOIN + "days"));
        rows.add(row("chip-hours", Numerals.many(outcome.chipHours())));
        rows.add(row("state on a chip", Numerals.significant(outcome.stateBytes() / 1e9) + Numerals.JOIN + "GB"));
        TrainingEnergy energy = outcome.energy(1);
        rows.add(row("energy of chips in steps", kilowattHours(energy.steps())));
        rows.add(row("of chips while the run stands still", kilowattHours(energy.waiting())));
        rows.add(row("of servers", kilowattHours(energy.server())));
        rows.add(row("of the network", kilowattHours(energy.network())));
        rows.add(
                row("energy of chips and servers", Numerals.energy(outcome.serverJoules() / JOULES_PER_KILOWATT_HOUR)));
        if (document.get("facilityEnergyKwh") instanceof Double facility) {
            rows.add(row("energy at the meter", Numerals.energy(facility)));
        }
        if (document.get("facilityMegawatts") instanceof Double megawatts) {
            rows.add(row("mean power at the meter", Numerals.significant(megawatts) + Numerals.JOIN + "MW"));
        }
        if (document.get("carbonKg") instanceof Double carbon) {
            rows.add(row("carbon", Numerals.carbon(carbon)));
        }
        if (document.get("costUsd") instanceof Double cost) {
            rows.add(row("cost of the chips", Numerals.usd(cost)));
        }
        return new Block.Table("estimate", List.of(Column.text("run"), Column.number("value")), rows, null);
    }

    private static String kilowattHours(double joules) {
        return Numerals.energy(joules / JOULES_PER_KILOWATT_HOUR);
    }

    private static List<Cell> row(String what, String value) {
        return List.of(Cell.text(what), Cell.text(value));
    }

    private Block remark(Outcome outcome, @Nullable Region where) {
        StringBuilder remark = new StringBuilder();
        remark.append(
                "Step times were checked on eight measured ones of A100 (3 % mean, 7 % worst error), on Llama 3 405B and"
                        + " on DeepSeek-V3 (8 % below its chip-hours); other chips are further from that. Interruptions"
                        + " are those of ");
        remark.append(
                outcome.reliability().chipHoursPerInterruption() == Reliability.PUBLISHED.chipHoursPerInterruption()
                        ? "Llama 3 405B on 16,384 H100."
                        : "the rate given.");
        if (where == null) {
            remark.append(" Energy at the meter and carbon need --region.");
        } else if (where.pue() == null) {
            remark.append(" The PUE of ").append(where.id()).append(" is unknown, so its energy at the meter is, too.");
        }
        if (price == null) {
            remark.append(" Cost needs --price.");
        }
        return new Block.Paragraph(remark.toString());
    }
}
