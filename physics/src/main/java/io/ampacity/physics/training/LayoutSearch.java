package io.ampacity.physics.training;

import io.ampacity.facts.Chip;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Precision;
import io.ampacity.physics.ChipSheet;
import io.ampacity.physics.ModelShape;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the layout with which a gang of chips trains most tokens a second. */
public final class LayoutSearch {

    /** BF16 weight and gradient, and the optimizer's FP32 weight and two moments; the latter are shared by replicas. */
    private static final double HELD_BYTES = 4;

    private static final double SHARED_BYTES = 12;
    private static final double USABLE_MEMORY = 0.85;

    /** Tokens of a step: 4 million, or 1,024 a chip as Llama 3 405B took on 16,384 (arXiv 2407.21783, section 3.4.1). */
    private static final double TOKENS_PER_STEP = 4e6;

    private static final double TOKENS_PER_CHIP = 1024;

    /** Steps of more tokens train worse: Llama 3 405B went to 16 million. */
    private static final double MOST_TOKENS_PER_STEP = 16.8e6;

    private static final int[] DEGREES = {1, 2, 4, 8, 16, 32};
    private static final int[] CHUNKS = {1, 2, 4, 8};

    private final Chip chip;
    private final LanguageModel model;
    private final ChipSheet sheet;
    private final ModelShape shape;
    private final int sequenceLength;
    private final Precision precision;

    /**
     * @param sequenceLength tokens of a sequence
     * @throws io.ampacity.physics.PhysicsException when a figure of the chip or the model is unknown
     */
    public LayoutSearch(Chip chip, LanguageModel model, int sequenceLength, Precision precision) {
        this.chip = chip;
        this.model = model;
        this.sheet = ChipSheet.of(chip);
        this.shape = ModelShape.of(model);
        this.sequenceLength = sequenceLength;
        this.precision = precision;
    }

    /**
     * A layout and the step it makes.
     *
     * @param tokensPerSecond of the whole gang, without failures
     */
    public record Found(TrainingLayout layout, TrainingStep step, double tokensPerSecond) {}

    /** The fastest layout of so many chips; empty when the model does not fit their memory, or steps get too large. */
    public Optional<Found> fastest(int chips) {
        Found best = null;
        for (int tensor : DEGREES) {
            for (int stages : DEGREES) {
                for (int chunks : CHUNKS) {
                    TrainingLayout layout = layout(chips, tensor, stages, chunks);
                    if (layout != null) {
                        Found found = found(layout);
                        if (best == null || found.tokensPerSecond() > best.tokensPerSecond()) {
                            best = found;
                        }
                    }
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private Found found(TrainingLayout layout) {
        TrainingStep step = TrainingPhysics.step(chip, model, layout, TrainingEfficiencies.of(chip));
        return new Found(layout, step, layout.tokensPerStep() / step.seconds());
    }

    /** The layout, or null when the gang cannot be cut so or the memory is too small. */
    private @Nullable TrainingLayout layout(int chips, int tensor, int stages, int chunks) {
        int server = chip.chipsPerServer() == null ? 1 : chip.chipsPerServer();
        if (tensor > server
                || chips % (tensor * stages) != 0
                || (stages == 1 ? chunks > 1 : stages * chunks > shape.layers())) {
            return null;
        }
        int copies = chips / tensor / stages;
        double held = shape.totalParameters() / tensor / stages;
        double activations =
                34.0 * sequenceLength * shape.hidden() * shape.layers() / tensor / stages * Math.min(stages, 4);
        double bytes = held * (HELD_BYTES + SHARED_BYTES / copies) + activations;
        if (bytes > sheet.memoryBytes() * USABLE_MEMORY) {
            return null;
        }
        double tokens = Math.clamp(TOKENS_PER_CHIP * chips, TOKENS_PER_STEP, MOST_TOKENS_PER_STEP);
        int perCopy = Math.max(1, (int) Math.round(tokens / sequenceLength / copies));
        if ((double) perCopy * copies * sequenceLength > MOST_TOKENS_PER_STEP) {
            return null;
        }
        return new TrainingLayout(
                tensor,
                stages,
                chunks,
                copies,
                perCopy * copies,
                1,
                sequenceLength,
                Recomputation.SELECTIVE,
                true,
                true,
                true,
                precision);
    }
}
