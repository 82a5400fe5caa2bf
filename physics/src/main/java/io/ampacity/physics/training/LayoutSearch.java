package io.ampacity.physics.training;

import io.ampacity.facts.Chip;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Precision;
import io.ampacity.physics.ChipSheet;
import io.ampacity.physics.ModelShape;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the layout with which a gang of chips trains most tokens a second. */
public final class LayoutSearch {

    private static final double USABLE_MEMORY = 0.85;

    /** Tokens of a step: 4 million, or 1,024 a chip as Llama 3 405B took on 16,384 (arXiv 2407.21783, section 3.4.1). */
    private static final double TOKENS_PER_STEP = 4e6;

    private static final double TOKENS_PER_CHIP = 1024;

    /** Steps of more tokens train worse: Llama 3 405B went to 16 million, DeepSeek-V3 to 63 (arXiv 2412.19437). */
    private static final double MOST_TOKENS_PER_STEP = 16.8e6;

    private static final int[] DEGREES = {1, 2, 4, 8, 16, 32};
    private static final int[] CHUNKS = {1, 2, 4, 8};

    private final Chip chip;
    private final ChipSheet sheet;
    private final ModelShape shape;
    private final int sequenceLength;
    private final Precision precision;
    private final Freedom freedom;

    /**
     * What a search may choose, and what it has to take.
     *
     * @param sharding the one to take, or null to choose
     * @param expertParallel replicas to spread experts over, or null to choose
     * @param globalBatch sequences of a step, or null for as many as usual
     */
    public record Freedom(
            @Nullable StateSharding sharding,
            @Nullable Integer expertParallel,
            double expertOverlap,
            int expertServers,
            Fabric fabric,
            Recomputation recomputation,
            @Nullable Integer globalBatch) {

        /** All of it, on a network that nothing slows; half of the compute hides messages. */
        public static final Freedom FULL =
                new Freedom(null, null, 0.5, TrainingSpread.ANY_SERVERS, Fabric.FULL, Recomputation.SELECTIVE, null);

        List<StateSharding> shardings() {
            return sharding == null
                    ? List.of(StateSharding.OPTIMIZER, StateSharding.GRADIENTS, StateSharding.WEIGHTS)
                    : List.of(sharding);
        }
    }

    /**
     * @param sequenceLength tokens of a sequence
     * @throws io.ampacity.physics.PhysicsException when a figure of the chip or the model is unknown
     */
    public LayoutSearch(Chip chip, LanguageModel model, int sequenceLength, Precision precision) {
        this(chip, model, sequenceLength, precision, Freedom.FULL);
    }

    /** As {@link #LayoutSearch(Chip, LanguageModel, int, Precision)}, within bounds. */
    public LayoutSearch(Chip chip, LanguageModel model, int sequenceLength, Precision precision, Freedom freedom) {
        this.chip = chip;
        this.sheet = ChipSheet.of(chip);
        this.shape = ModelShape.of(model);
        this.sequenceLength = sequenceLength;
        this.precision = precision;
        this.freedom = freedom;
    }

    /**
     * A layout and the step it makes.
     *
     * @param tokensPerSecond of the whole gang, without failures
     */
    public record Found(TrainingLayout layout, TrainingSpread spread, TrainingStep step, double tokensPerSecond) {}

    /** The fastest layout of so many chips; empty when the model does not fit their memory, or steps get too large. */
    public Optional<Found> fastest(int chips) {
        Found best = null;
        for (int tensor : DEGREES) {
            for (int stages : DEGREES) {
                for (int chunks : CHUNKS) {
                    TrainingLayout layout = layout(chips, tensor, stages, chunks);
                    if (layout != null) {
                        best = better(best, layout);
                    }
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private @Nullable Found better(@Nullable Found best, TrainingLayout layout) {
        Found found = best;
        int most = shape.moeLayers() == 0 ? 1 : shape.experts();
        for (int experts = 1; experts <= Math.min(layout.dataParallel(), most); experts *= 2) {
            int wanted = freedom.expertParallel() == null ? experts : freedom.expertParallel();
            if (layout.dataParallel() % wanted == 0 && most % wanted == 0) {
                for (StateSharding sharding : freedom.shardings()) {
                    TrainingSpread spread = new TrainingSpread(
                            sharding, wanted, freedom.expertOverlap(), freedom.expertServers(), freedom.fabric());
                    if (fits(layout, spread)) {
                        TrainingStep step =
                                TrainingPhysics.step(sheet, shape, layout, spread, TrainingEfficiencies.of(chip));
                        double rate = layout.tokensPerStep() / step.seconds();
                        if (found == null || rate > found.tokensPerSecond()) {
                            found = new Found(layout, spread, step, rate);
                        }
                    }
                }
            }
            if (freedom.expertParallel() != null) {
                break;
            }
        }
        return found;
    }

    private boolean fits(TrainingLayout layout, TrainingSpread spread) {
        int stages = layout.pipelineParallel();
        double kept =
                switch (layout.recomputation()) {
                    case NONE, SELECTIVE -> 34;
                    case FULL -> 2;
                };
        double activations = kept
                * sequenceLength
                * shape.hidden()
                * shape.layers()
                / layout.tensorParallel()
                / stages
                * Math.min(stages, 4);
        return TrainingPhysics.stateBytes(shape, layout, spread) + activations <= sheet.memoryBytes() * USABLE_MEMORY;
    }

    /** The layout, or null when the gang cannot be cut so. */
    private @Nullable TrainingLayout layout(int chips, int tensor, int stages, int chunks) {
        int server = chip.chipsPerServer() == null ? 1 : chip.chipsPerServer();
        if (tensor > server
                || chips % (tensor * stages) != 0
                || (stages == 1 ? chunks > 1 : stages * chunks > shape.layers())) {
            return null;
        }
        int copies = chips / tensor / stages;
        Integer stated = freedom.globalBatch();
        int perCopy;
        if (stated == null) {
            double tokens = Math.clamp(TOKENS_PER_CHIP * chips, TOKENS_PER_STEP, MOST_TOKENS_PER_STEP);
            perCopy = Math.max(1, (int) Math.round(tokens / sequenceLength / copies));
            if ((double) perCopy * copies * sequenceLength > MOST_TOKENS_PER_STEP) {
                return null;
            }
        } else if (stated % copies != 0) {
            return null;
        } else {
            perCopy = stated / copies;
        }
        return new TrainingLayout(
                tensor,
                stages,
                chunks,
                copies,
                perCopy * copies,
                1,
                sequenceLength,
                freedom.recomputation(),
                true,
                true,
                true,
                precision);
    }
}
