package io.ampacity.physics.training;

import io.ampacity.facts.Chip;
import io.ampacity.physics.ChipSheet;

/**
 * A whole run: its tokens, the step it repeats and what interruptions leave of it.
 *
 * @param wallSeconds time from start to end
 * @param goodput share of it that makes progress
 * @param interruptions expected number
 * @param chipJoules energy of all chips
 */
public record TrainingRun(double wallSeconds, double goodput, double interruptions, double chipJoules) {

    /** The run that trains {@code tokens} tokens by repeating a step. */
    public static TrainingRun of(
            double tokens, TrainingStep step, TrainingLayout layout, Reliability reliability, Chip chip) {
        double useful = tokens / layout.tokensPerStep() * step.seconds();
        double goodput = reliability.goodput(layout.chips());
        double wall = useful / goodput;
        double idle = ChipSheet.of(chip).idleWatts();
        return new TrainingRun(
                wall,
                goodput,
                wall / reliability.secondsBetweenInterruptions(layout.chips()),
                layout.chips() * (useful * step.chipWatts() + (wall - useful) * idle));
    }
}
