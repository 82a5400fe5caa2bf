package io.ampacity.gateway;

import io.ampacity.gateway.metering.Use;

/** The body of an upstream's answer as it arrives. On one event loop. */
sealed interface Arriving permits ArrivingStream, ArrivingDocument {

    /** Takes more of it, {@code bytes[from, to)}, which are its own only while it is called. */
    void more(byte[] bytes, int from, int to);

    /** The upstream has sent all. */
    void end();

    /** The connection was lost: whether the answer was whole all the same, and has ended so. */
    boolean endsAllTheSame();

    /** Whether nothing is missing, though the upstream may still send its last bytes. */
    boolean isWhole();

    /** What was served so far. */
    Use use();

    /** Nobody wants it any more. */
    void drop();
}
