package io.ampacity.physics;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.LanguageModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Builds step models: how fast and how hot a model serves on a group of chips.
 *
 * <p>Pure and thread-safe. The efficiencies come from an {@link EfficiencyTable}, by default the one shipped with the
 * module.
 */
public final class ServingPhysics {

    private final EfficiencyTable table;
    private final double capWatts;
    private final StepTerms terms;

    public ServingPhysics(EfficiencyTable table) {
        this(table, Double.POSITIVE_INFINITY, StepTerms.NONE);
    }

    private ServingPhysics(EfficiencyTable table, double capWatts, StepTerms terms) {
        this.table = table;
        this.capWatts = capWatts;
        this.terms = terms;
    }

    /** The same with servers that draft tokens, find prefixes cached or keep adapters. */
    public ServingPhysics withTerms(StepTerms other) {
        return new ServingPhysics(table, capWatts, other);
    }

    /** The same with chips that may draw no more than this each. */
    public ServingPhysics withPowerCap(double wattsPerChip) {
        return new ServingPhysics(table, wattsPerChip, terms);
    }

    /** Physics with the shipped calibration. */
    public static ServingPhysics shipped() {
        return new ServingPhysics(EfficiencyTable.shipped());
    }

    public EfficiencyTable table() {
        return table;
    }

    /**
     * The step model of one replica.
     *
     * @throws PhysicsException when a figure of the chip is unknown or the weights do not fit; the message says by how
     *     much
     */
    public ServingStepModel stepModel(Chip chip, LanguageModel model, Deployment deployment) {
        return stepModel(chip, model, deployment, EngineLimits.of(chip, deployment), Decoding.GREEDY);
    }

    /** As {@link #stepModel(Chip, LanguageModel, Deployment)}, with engine limits and choice of tokens of one's own; otherwise greedy. */
    public ServingStepModel stepModel(
            Chip chip, LanguageModel model, Deployment deployment, EngineLimits limits, Decoding decoding) {
        EfficiencyTable.Resolved resolved = table.resolve(chip, deployment.engine(), deployment.weights());
        ServingStepModel free =
                stepModel(chip, model, deployment, limits, resolved.efficiencies(), decoding, resolved.provenance());
        ChipSheet sheet = ChipSheet.of(chip);
        ServingStepModel drawn =
                capWatts < sheet.tdpWatts() ? capped(chip, model, deployment, limits, resolved, decoding, free) : free;
        return terms.around(
                drawn, ModelShape.of(model), sheet, resolved.efficiencies(), sheet.peak(deployment.weights()));
    }

    private ServingStepModel capped(
            Chip chip,
            LanguageModel model,
            Deployment deployment,
            EngineLimits limits,
            EfficiencyTable.Resolved resolved,
            Decoding decoding,
            ServingStepModel free) {
        ChipSheet sheet = ChipSheet.of(chip);
        if (capWatts <= sheet.idleWatts()) {
            throw new PhysicsException(
                    String.format(
                            Locale.ROOT,
                            "a power cap of %.0f W leaves %s nothing to work with: it draws %.0f W idle",
                            capWatts,
                            chip.id(),
                            sheet.idleWatts()),
                    String.format(
                            Locale.ROOT, "choose one between %.0f and %.0f W", sheet.idleWatts(), sheet.tdpWatts()));
        }
        ModelShape shape = ModelShape.of(model);
        List<ServingStepModel> levels = new ArrayList<>();
        for (int level = 0; level < ClockCurve.LEVELS; level++) {
            levels.add(new RooflineStepModel(
                    shape,
                    sheet.atClock(ClockCurve.clock(level)),
                    deployment,
                    resolved.efficiencies(),
                    decoding,
                    resolved.provenance(),
                    free.memoryRoom(),
                    0));
        }
        return new CappedStepModel(levels, capWatts * deployment.chips(), limits.sequences());
    }

    /** As {@link #stepModel(Chip, LanguageModel, Deployment)}, with given efficiencies. */
    public static ServingStepModel stepModel(
            Chip chip,
            LanguageModel model,
            Deployment deployment,
            EngineLimits limits,
            Efficiencies efficiencies,
            Decoding decoding,
            Provenance provenance) {
        ChipSheet sheet = ChipSheet.of(chip);
        ModelShape shape = ModelShape.of(model);
        MemoryRoom room = memoryRoom(sheet, shape, deployment, limits);
        if (!room.fits()) {
            throw new PhysicsException(
                    String.format(
                            Locale.ROOT,
                            "%s does not fit on %d × %s as %s: each chip needs %.1f GB and has %.1f GB of its %.1f GB to use",
                            model.id(),
                            deployment.chips(),
                            chip.id(),
                            deployment.id(),
                            (room.weightsBytes() + room.reservedBytes()) / 1e9,
                            room.usableBytes() / 1e9,
                            sheet.memoryBytes() / 1e9),
                    "use more chips, a chip with more memory or a narrower precision");
        }
        return new RooflineStepModel(
                shape, sheet, deployment, efficiencies, decoding, provenance, room, RooflineStepModel.TABLE);
    }

    /**
     * A step model for a few questions only, as a fit asks them: no table is filled, so it is cheap to build and dearer to
     * ask. It does not refuse a model that does not fit, for it may have been measured all the same.
     */
    public static ServingStepModel sketch(
            Chip chip,
            LanguageModel model,
            Deployment deployment,
            EngineLimits limits,
            Efficiencies efficiencies,
            Decoding decoding) {
        ChipSheet sheet = ChipSheet.of(chip);
        ModelShape shape = ModelShape.of(model);
        return new RooflineStepModel(
                shape,
                sheet,
                deployment,
                efficiencies,
                decoding,
                Provenance.UNCALIBRATED,
                memoryRoom(sheet, shape, deployment, limits),
                0);
    }

    /** A step model whose decoding sequences draft tokens and check several at once, told as steps of one token each. */
    public static ServingStepModel drafting(ServingStepModel plain, LanguageModel model, Drafting drafting) {
        return new Speculation(plain, drafting, model.layers());
    }

    /**
     * The kernels of one iteration on one chip, without caps and terms, for a plot against its roofs.
     *
     * @param prefillTokens tokens of a prompt read in it; 0 for pure decoding
     */
    public List<Operation> operations(
            Chip chip, LanguageModel model, Deployment deployment, int prefillTokens, int sequences, double context) {
        RooflineStepModel step = new RooflineStepModel(
                ModelShape.of(model),
                ChipSheet.of(chip),
                deployment,
                table.resolve(chip, deployment.engine(), deployment.weights()).efficiencies(),
                Decoding.GREEDY,
                Provenance.UNCALIBRATED,
                memoryRoom(chip, model, deployment),
                0);
        return step.operations(prefillTokens, prefillTokens * (prefillTokens / 2.0), sequences, context);
    }

    /** How the memory of a deployment is used, whether the model fits or not. */
    public static MemoryRoom memoryRoom(Chip chip, LanguageModel model, Deployment deployment) {
        return memoryRoom(ChipSheet.of(chip), ModelShape.of(model), deployment, EngineLimits.of(chip, deployment));
    }

    /** The room at the engine's share of memory, or at the largest share when the model does not fit otherwise. */
    static MemoryRoom memoryRoom(ChipSheet sheet, ModelShape shape, Deployment deployment, EngineLimits limits) {
        MemoryRoom usual = roomAt(sheet, shape, deployment, limits);
        return usual.fits() ? usual : roomAt(sheet, shape, deployment, limits.withLargestShare());
    }

    private static MemoryRoom roomAt(ChipSheet sheet, ModelShape shape, Deployment deployment, EngineLimits limits) {
        double tensor = deployment.tensorParallel();
        double stage = tensor * deployment.dataParallel();
        double stages = deployment.pipelineParallel();
        double width = deployment.weights().bytes();
        double attentionWidth =
                StepWork.attentionWeights(shape, deployment.weights()).bytes();
        double weights = shape.layers()
                        / stages
                        * (shape.attentionParameters() / tensor + shape.replicatedParameters())
                        * attentionWidth
                + (shape.denseLayers() * shape.denseParameters()
                                + shape.moeLayers()
                                        * (shape.sharedParameters() + shape.experts() * shape.expertParameters()))
                        / stages
                        / stage
                        * width
                + (shape.headParameters() + shape.embeddingParameters())
                        * ModelShape.tableBytes(deployment.weights())
                        / tensor;
        double reserved = limits.runtimeBytes()
                + (double) limits.batchedTokens()
                        / deployment.dataParallel()
                        * (4.0 * shape.hidden() + 2 * widestBlock(shape) / tensor)
                        * 2;
        double usable = sheet.memoryBytes() * limits.memoryShare();
        double left = usable - weights - reserved;
        double headShare = shape.latent() ? 1 : Math.max(1 / tensor, 1.0 / shape.keyValueHeads());
        double perTokenAndChip = shape.kvBytesPerToken(deployment.kvCache()) / stages * headShare;
        if (perTokenAndChip == 0) {
            perTokenAndChip = shape.stateBytesPerSequence(deployment.kvCache()) / stages * headShare / 1024;
        }
        long tokens = left <= 0 ? 0 : (long) (left / perTokenAndChip * deployment.dataParallel());
        return new MemoryRoom(usable, weights, reserved, shape.kvBytesPerToken(deployment.kvCache()), tokens);
    }

    private static double widestBlock(ModelShape shape) {
        return Math.max(
                shape.denseParameters() / shape.hidden(),
                shape.expertsPerToken() * shape.expertParameters() / shape.hidden());
    }
}
