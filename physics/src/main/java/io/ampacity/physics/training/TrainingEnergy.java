package io.ampacity.physics.training;

import io.ampacity.facts.Chip;
import io.ampacity.physics.ChipSheet;

/**
 * Where the energy of a training run goes, in joules.
 *
 * @param steps chips while they step
 * @param waiting chips while the run writes checkpoints, restarts or does lost work again
 * @param server hosts, fans and power supplies
 * @param network the chips' share of it
 * @param facility cooling and distribution: all of it times PUE − 1
 */
public record TrainingEnergy(double steps, double waiting, double server, double network, double facility) {

    /** Of a server's draw beside its chips: 421 W of 1,693 (SemiAnalysis system power model, 2026-08). */
    private static final double NETWORK_SHARE = 0.25;

    /** @param pue power of the facility over that of its servers, at least 1 */
    public static TrainingEnergy of(TrainingRun run, TrainingStep step, TrainingLayout layout, Chip chip, double pue) {
        if (!(pue >= 1)) {
            throw new IllegalArgumentException("a PUE of " + pue + " is below 1");
        }
        double steps = layout.chips() * run.wallSeconds() * run.goodput() * step.chipWatts();
        double beside = layout.chips() * run.wallSeconds() * ChipSheet.of(chip).serverWatts();
        return new TrainingEnergy(
                steps,
                run.chipJoules() - steps,
                beside * (1 - NETWORK_SHARE),
                beside * NETWORK_SHARE,
                (run.chipJoules() + beside) * (pue - 1));
    }

    public double total() {
        return steps + waiting + server + network + facility;
    }
}
