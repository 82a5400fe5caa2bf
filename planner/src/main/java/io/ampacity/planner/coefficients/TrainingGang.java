package io.ampacity.planner.coefficients;

import io.ampacity.facts.Chip;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.ChipSheet;
import io.ampacity.physics.PhysicsException;
import io.ampacity.physics.training.LayoutSearch;
import io.ampacity.physics.training.Reliability;
import io.ampacity.scenario.Workload;
import java.util.Optional;

/** How fast a gang of chips trains with the best layout that fits its memory. */
final class TrainingGang {

    private TrainingGang() {}

    static Estimate<TrainingCoefficients> of(
            Workload.Training workload, LanguageModel model, Chip chip, int gangChips) {
        int step = chip.chipsPerServer() == null ? 1 : chip.chipsPerServer();
        int gang = Math.max(step, (gangChips + step - 1) / step * step);
        Optional<LayoutSearch.Found> best;
        double serverWatts;
        try {
            best = new LayoutSearch(chip, model, workload.sequenceLength(), workload.precision()).fastest(gang);
            serverWatts = ChipSheet.of(chip).serverWatts();
        } catch (PhysicsException unknown) {
            return Estimate.impossible(String.valueOf(unknown.getMessage()));
        }
        if (best.isEmpty()) {
            return Estimate.impossible(
                    model.id() + " does not fit the memory of " + gang + " × " + chip.id() + " for training");
        }
        LayoutSearch.Found found = best.get();
        Double stated = workload.modelFlopsUtilisation();
        double perChip = found.tokensPerSecond()
                / gang
                * (stated == null ? 1 : stated / found.step().utilisation());
        return Estimate.of(new TrainingCoefficients(
                perChip * Reliability.PUBLISHED.goodput(gang), found.step().chipWatts() + serverWatts, step));
    }
}
