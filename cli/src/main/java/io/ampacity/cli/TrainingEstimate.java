package io.ampacity.cli;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Region;
import io.ampacity.physics.training.Reliability;
import io.ampacity.physics.training.TrainingEnergy;
import io.ampacity.physics.training.TrainingLayout;
import io.ampacity.physics.training.TrainingRun;
import io.ampacity.physics.training.TrainingSpread;
import io.ampacity.physics.training.TrainingStep;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A training run and all that it was made of.
 *
 * @param tokens tokens of the whole run
 * @param stateBytes weights, gradients and optimizer state on one chip
 */
record TrainingEstimate(
        Chip chip,
        TrainingLayout layout,
        TrainingSpread spread,
        TrainingStep step,
        TrainingRun run,
        Reliability reliability,
        double tokens,
        double stateBytes) {

    private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;
    private static final double SECONDS_PER_HOUR = 3600;

    /** Where its energy goes behind a meter of this PUE; 1 for what chips and servers draw. */
    TrainingEnergy energy(double pue) {
        return TrainingEnergy.of(run, step, layout, chip, pue);
    }

    /** What chips and servers draw; servers draw all the time. */
    double serverKilowattHours() {
        return energy(1).total() / JOULES_PER_KILOWATT_HOUR;
    }

    double chipHours() {
        return layout.chips() * run.wallSeconds() / SECONDS_PER_HOUR;
    }

    double tokensPerSecond() {
        return tokens / run.wallSeconds();
    }

    double secondsBetweenInterruptions() {
        return reliability.secondsBetweenInterruptions(layout.chips());
    }

    double checkpointIntervalSeconds() {
        return reliability.checkpointIntervalSeconds(layout.chips());
    }

    /** Energy at the meter of a region; null where its PUE, or the region itself, is unknown. */
    @Nullable Double facilityKilowattHours(@Nullable Region where) {
        Figure pue = where == null ? null : where.pue();
        return pue == null ? null : serverKilowattHours() * pue.value();
    }

    /** Mean power at the meter; null where its energy is unknown. */
    @Nullable Double facilityMegawatts(@Nullable Region where) {
        Double energy = facilityKilowattHours(where);
        return energy == null ? null : energy * SECONDS_PER_HOUR / run.wallSeconds() / 1e3;
    }

    /** Direct emissions where they are known, else those of the life cycle; null where neither or no energy is known. */
    @Nullable Double carbonKilograms(@Nullable Region where) {
        Double energy = facilityKilowattHours(where);
        if (where == null || energy == null) {
            return null;
        }
        Figure intensity = where.averageDirect() == null ? where.averageLifeCycle() : where.averageDirect();
        return intensity == null ? null : energy * intensity.value() / 1e3;
    }

    @Nullable Double costUsd(@Nullable Double usdPerChipHour) {
        return usdPerChipHour == null ? null : chipHours() * usdPerChipHour;
    }

    /** What {@code --json} prints. */
    Map<String, @Nullable Object> document(@Nullable Region where, @Nullable Double usdPerChipHour) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("chips", layout.chips());
        document.put("tensorParallel", layout.tensorParallel());
        document.put("pipelineParallel", layout.pipelineParallel());
        document.put("pipelineChunks", layout.pipelineChunks());
        document.put("dataParallel", layout.dataParallel());
        document.put("expertParallel", spread.expertParallel());
        document.put("zeroStage", spread.sharding().stage());
        document.put("globalBatchSequences", layout.globalBatch());
        document.put("stateBytesPerChip", stateBytes);
        document.put("stepSeconds", step.seconds());
        document.put("bubbleSeconds", step.bubbleSeconds());
        document.put("exposedExchangeSeconds", step.exposedExchangeSeconds());
        document.put("optimizerSeconds", step.optimizerSeconds());
        document.put("modelFlopsUtilisation", step.utilisation());
        document.put("tokensPerSecond", tokensPerSecond());
        document.put("goodput", run.goodput());
        document.put("interruptions", run.interruptions());
        document.put("secondsBetweenInterruptions", secondsBetweenInterruptions());
        document.put("checkpointIntervalSeconds", checkpointIntervalSeconds());
        document.put("wallSeconds", run.wallSeconds());
        document.put("chipHours", chipHours());
        document.put("chipEnergyKwh", run.chipJoules() / JOULES_PER_KILOWATT_HOUR);
        document.put("serverEnergyKwh", serverKilowattHours());
        document.put("facilityEnergyKwh", facilityKilowattHours(where));
        document.put("facilityMegawatts", facilityMegawatts(where));
        Figure pue = where == null ? null : where.pue();
        document.put("energyKwh", SpreadOptions.breakdown(energy(pue == null ? 1 : pue.value()), pue != null));
        document.put("carbonKg", carbonKilograms(where));
        document.put("costUsd", costUsd(usdPerChipHour));
        return document;
    }
}
