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
            List.of("facts", "list"),
            List.of("facts", "list", "offers", "h100"),
            List.of("facts", "show", "h100-sxm"),
            List.of("facts", "show", "aws:eu-central-1", "--json"),
            words(
                    "estimate --model llama-3.1-8b --chip h100-sxm --prompt-tokens 512 --output-tokens 128 --concurrency 8"),
            words(
                    "estimate --model llama-3.1-8b --chip h100-sxm --prompt-tokens 512 --output-tokens 128 --batch 8 --json"),
            List.of("no-such-command"));

    private Rehearsal() {}

    private static List<String> words(String line) {
        return List.of(line.split(" ", -1));
    }

    public static void main(String... arguments) {
        for (List<String> command : COMMANDS) {
            Ampacity.run(
                    command,
                    Map.of(),
                    OutputStream.nullOutputStream(),
                    OutputStream.nullOutputStream(),
                    Terminals.NONE);
        }
    }
}
