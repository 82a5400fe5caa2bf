package io.ampacity.simulator;

import io.ampacity.physics.ServingStepModel;
import io.ampacity.simulator.fleet.FleetPool;

/** What a token of context weighs. */
final class KvWeight {

    private KvWeight() {}

    /** Bytes of a token of context in a pool: as stated, or else as its step model says. */
    static double of(FleetPool pool, double stated, String option) {
        if (stated > 0) {
            return stated;
        }
        if (pool.model() instanceof ServingStepModel model && model.memoryRoom().kvBytesPerToken() > 0) {
            return model.memoryRoom().kvBytesPerToken();
        }
        throw new IllegalArgumentException(option + ": nobody knows what a token of context weighs in pool "
                + pool.routing().id() + ". Maybe state kvBytesPerToken");
    }

    /** As {@link #of}, 0 when nobody knows. */
    static double known(FleetPool pool) {
        return pool.model() instanceof ServingStepModel model
                ? model.memoryRoom().kvBytesPerToken()
                : 0;
    }
}
