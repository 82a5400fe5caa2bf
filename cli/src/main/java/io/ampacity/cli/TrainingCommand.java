package io.ampacity.cli;

import io.ampacity.facts.Chip;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Precision;
import io.ampacity.facts.Region;
import io.ampacity.physics.training.LayoutSearch;
import io.ampacity.physics.training.Recomputation;
import io.ampacity.physics.training.Reliability;
import io.ampacity.physics.training.TrainingEfficiencies;
import io.ampacity.physics.training.TrainingLayout;
import io.ampacity.physics.training.TrainingPhysics;
import io.ampacity.physics.training.TrainingRun;
import io.ampacity.physics.training.TrainingSpread;
import io.ampacity.physics.training.TrainingStep;
import io.ampacity.units.Dimension;
import io.ampacity.units.UnitException;
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

    @Override
    public Integer call() {
        TrainingEstimate estimate = estimate();
        Region where = region == null ? null : known.region(region);
        Double usdPerChipHour = price == null ? null : Numbers.positive("--price", price);
        if (output().json()) {
            output().document(estimate.document(where, usdPerChipHour));
        } else {
            TrainingBlocks blocks = new TrainingBlocks(estimate, where, usdPerChipHour);
            output().text().println(model + " on " + blocks.layout());
            output().blocks(blocks.table(), blocks.remark());
        }
        return ExitCode.FINE;
    }

    private TrainingEstimate estimate() {
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
        return new TrainingEstimate(
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
}
