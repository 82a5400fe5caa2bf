package io.ampacity.emulator;

import java.util.ArrayDeque;
import java.util.List;

/**
 * Which request fails how: faults that were lined up come first, one a request; then the standing one. Thread-safe.
 */
public final class FaultScript {

    private static final Fault NONE = new Fault.None();

    private final ArrayDeque<Fault> next = new ArrayDeque<>();
    private Fault standing = NONE;

    /** Lines faults up, one for each of the next requests. */
    public synchronized void next(Fault... faults) {
        next.addAll(List.of(faults));
    }

    /** Every request that nothing is lined up for fails so. */
    public synchronized void always(Fault fault) {
        standing = fault;
    }

    /** Nothing fails any more. */
    public synchronized void clear() {
        next.clear();
        standing = NONE;
    }

    /** Reads a script: faults parted by semicolons, the last one standing when it is marked {@code *}. */
    public synchronized void read(String script) {
        ArrayDeque<Fault> line = new ArrayDeque<>();
        Fault last = NONE;
        for (String word : script.split(";")) {
            if (word.strip().startsWith("*")) {
                last = Fault.parse(word.strip().substring(1));
            } else if (!word.isBlank()) {
                line.add(Fault.parse(word));
            }
        }
        next.clear();
        next.addAll(line);
        standing = last;
    }

    synchronized Fault take() {
        Fault first = next.poll();
        return first == null ? standing : first;
    }
}
