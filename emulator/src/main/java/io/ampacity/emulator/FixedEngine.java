package io.ampacity.emulator;

import io.ampacity.sockets.Loops;

/** Each sequence at the same pace, alone on its event loop. */
record FixedEngine(Pace.Fixed pace) implements Engine {

    private static final double NANOS = 1e9;

    @Override
    public void start(Sequence sequence) {
        long first = (long) (pace.firstTokenSeconds() * NANOS);
        if (first == 0) {
            step(sequence, 0, System.nanoTime());
        } else {
            long due = System.nanoTime() + first;
            Loops.after(sequence.loop(), first, () -> step(sequence, 0, due));
        }
    }

    /** Tokens keep to the clock, not to the end of the one before, so that a late timer delays one token alone. */
    private void step(Sequence sequence, int given, long dueNanos) {
        long between = (long) (pace.tokenSeconds() * NANOS);
        int tokens = given;
        long due = dueNanos;
        while (tokens < sequence.outputTokens() && !sequence.isOver()) {
            sequence.token();
            tokens++;
            due += between;
            long wait = due - System.nanoTime();
            if (between > 0 && wait > 0) {
                int soFar = tokens;
                long next = due;
                Loops.after(sequence.loop(), wait, () -> step(sequence, soFar, next));
                return;
            }
        }
    }
}
