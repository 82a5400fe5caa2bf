package io.ampacity.physics.estimate;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;

/**
 * Workers of one kind in disaggregated serving: some only read prompts, others only decode.
 *
 * @param chip the chip of all its workers
 * @param deployment the layout of one worker
 * @param workers how many
 */
public record Pool(Chip chip, Deployment deployment, int workers) {

    public Pool {
        if (workers < 1) {
            throw new IllegalArgumentException(
                    "a pool of " + workers + " workers serves nobody. Maybe give at least 1");
        }
    }

    int chips() {
        return workers * deployment.chips();
    }
}
