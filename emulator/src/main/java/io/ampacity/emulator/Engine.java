package io.ampacity.emulator;

import io.netty.channel.EventLoop;

/** Gives sequences their tokens in time. */
interface Engine {

    /** A sequence that wants tokens. Its methods are called on its own event loop. */
    interface Sequence {

        EventLoop loop();

        int promptTokens();

        /** Tokens of the prompt that need not be read again. */
        int cachedTokens();

        int outputTokens();

        /** One more token is there. */
        void token();

        /** Whether nobody waits for more. */
        boolean isOver();
    }

    void start(Sequence sequence);

    static Engine of(Pace pace, EventLoop loop) {
        return switch (pace) {
            case Pace.Fixed fixed -> new FixedEngine(fixed);
            case Pace.OfReplica replica -> new BatchEngine(replica, loop);
        };
    }
}
