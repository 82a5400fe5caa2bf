package io.ampacity.planner.coefficients;

import io.ampacity.facts.Chip;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.ChipSheet;
import io.ampacity.physics.ModelShape;
import io.ampacity.physics.PhysicsException;
import io.ampacity.physics.training.Recomputation;
import io.ampacity.physics.training.Reliability;
import io.ampacity.physics.training.TrainingEfficiencies;
import io.ampacity.physics.training.TrainingLayout;
import io.ampacity.physics.training.TrainingPhysics;
import io.ampacity.physics.training.TrainingStep;
import io.ampacity.scenario.Workload;
import org.jspecify.annotations.Nullable;

/** How fast a gang of chips trains with the best layout that fits its memory. */
final class TrainingGang {

    /**
     * 50,677 chip-hours between interruptions: 419 in 54 days on 16,384 chips (Llama 3, arXiv 2407.21783, section
     * 3.3.4). The times of checkpoint and restart are choices, see docs/decisions/0062.
     */
    private static final Reliability RELIABILITY = new Reliability(50_677, 30, 600);

    /** BF16 weight and gradient, and the optimizer's FP32 weight and two moments; the latter are shared by replicas. */
    private static final double HELD_BYTES = 4;

    private static final double SHARED_BYTES = 12;
    private static final double USABLE_MEMORY = 0.85;
    private static final double TOKENS_PER_STEP = 4e6;
    private static final int FIRST_HOPPER_YEAR = 2022;
    private static final int[] DEGREES = {1, 2, 4, 8, 16, 32};

    private TrainingGang() {}

    static Estimate<TrainingCoefficients> of(
            Workload.Training workload, LanguageModel model, Chip chip, int gangChips) {
        int step = chip.chipsPerServer() == null ? 1 : chip.chipsPerServer();
        int gang = Math.max(step, (gangChips + step - 1) / step * step);
        ChipSheet sheet;
        ModelShape shape;
        try {
            sheet = ChipSheet.of(chip);
            shape = ModelShape.of(model);
        } catch (PhysicsException unknown) {
            return Estimate.impossible(String.valueOf(unknown.getMessage()));
        }
        TrainingStep best = null;
        double mostTokens = 0;
        for (int tensor : DEGREES) {
            for (int stages : DEGREES) {
                TrainingLayout layout = layout(workload, shape, sheet, step, gang, tensor, stages);
                if (layout == null) {
                    continue;
                }
                TrainingStep candidate = TrainingPhysics.step(chip, model, layout, efficiencies(chip));
                double tokens = layout.tokensPerStep() / candidate.seconds();
                if (tokens > mostTokens) {
                    mostTokens = tokens;
                    best = candidate;
                }
            }
        }
        if (best == null) {
            return Estimate.impossible(
                    model.id() + " does not fit the memory of " + gang + " × " + chip.id() + " for training");
        }
        Double stated = workload.modelFlopsUtilisation();
        double perChip = mostTokens / gang * (stated == null ? 1 : stated / best.utilisation());
        return Estimate.of(new TrainingCoefficients(
                perChip * RELIABILITY.goodput(gang), best.chipWatts() + sheet.serverWatts(), step));
    }

    private static TrainingEfficiencies efficiencies(Chip chip) {
        return chip.year() >= FIRST_HOPPER_YEAR ? TrainingEfficiencies.HOPPER : TrainingEfficiencies.MEASURED_ON_A100;
    }

    /** The layout, or null when the gang cannot be cut so or the memory is too small. */
    private static @Nullable TrainingLayout layout(
            Workload.Training workload,
            ModelShape shape,
            ChipSheet sheet,
            int server,
            int gang,
            int tensor,
            int stages) {
        if (tensor > Math.max(server, 1) || stages > shape.layers() || gang % (tensor * stages) != 0) {
            return null;
        }
        int copies = gang / tensor / stages;
        double held = shape.totalParameters() / tensor / stages;
        double activations = 34.0
                * workload.sequenceLength()
                * shape.hidden()
                * shape.layers()
                / tensor
                / stages
                * Math.min(stages, 4);
        double bytes = held * (HELD_BYTES + SHARED_BYTES / copies) + activations;
        if (bytes > sheet.memoryBytes() * USABLE_MEMORY) {
            return null;
        }
        int perCopy = Math.max(
                stages > 1 ? 2 * stages : 1, (int) Math.round(TOKENS_PER_STEP / workload.sequenceLength() / copies));
        return new TrainingLayout(
                tensor,
                stages,
                1,
                copies,
                perCopy * copies,
                1,
                workload.sequenceLength(),
                Recomputation.SELECTIVE,
                true,
                true,
                true,
                workload.precision());
    }
}
