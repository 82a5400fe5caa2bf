package io.ampacity.cli;

import io.ampacity.gateway.Warmth;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * A run of typical commands and of live traffic: the launcher keeps in Java's ahead-of-time cache which classes they need, and
 * how their methods are used.
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

    /** Long enough for what carries live traffic to be compiled to the end, since what was learnt for that is kept too. */
    private static final double TRAFFIC_SECONDS = 5;

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
        Warmth.run(TRAFFIC_SECONDS);
    }
}
