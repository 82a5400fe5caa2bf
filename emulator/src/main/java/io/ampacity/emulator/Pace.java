package io.ampacity.emulator;

import io.ampacity.physics.EngineLimits;
import io.ampacity.physics.StepModel;

/** When a sequence's tokens come. */
public sealed interface Pace {

    /** The same for all, however many run at once. Zero of both answers at once. */
    record Fixed(double firstTokenSeconds, double tokenSeconds) implements Pace {
        public Fixed {
            if (!(firstTokenSeconds >= 0) || !(tokenSeconds >= 0)) {
                throw new IllegalArgumentException("a pace of " + firstTokenSeconds + " s and " + tokenSeconds
                        + " s is negative. Maybe 0 was meant, which answers at once");
            }
        }
    }

    /**
     * As the iterations of one replica take, which run a batch of all that is there.
     *
     * @param limits how many sequences and new tokens an iteration takes
     * @param timeScale seconds that pass for one second of the model; 0.1 runs ten times as fast
     */
    record OfReplica(StepModel model, EngineLimits limits, double timeScale) implements Pace {
        public OfReplica {
            if (!(timeScale > 0)) {
                throw new IllegalArgumentException("a time scale of " + timeScale + " is not above 0. Maybe 1");
            }
        }
    }

    /** No wait at all. */
    Pace IMMEDIATE = new Fixed(0, 0);
}
