package io.ampacity.cli;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * A run of typical commands, whose classes the launcher then keeps in Java's ahead-of-time cache.
 *
 * <p>What is not rehearsed still works; it only starts slower. Nothing is shown, and nothing is written.
 */
final class Rehearsal {

    private static final List<List<String>> COMMANDS = List.of(
            List.of("--version"),
            List.of("--version", "--json"),
            List.of("--help"),
            List.of("doctor", "--json"),
            List.of("no-such-command"));

    private Rehearsal() {}

    public static void main(String... arguments) {
        for (List<String> command : COMMANDS) {
            Ampacity.run(
                    command, Map.of(), OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), Terminals.NONE);
        }
    }
}
