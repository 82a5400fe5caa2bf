package io.ampacity.cli;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Every command there is. */
final class CommandTree {

    private CommandTree() {}

    /** The names that lead to each command, such as {@code [facts, list]}. */
    static List<List<String>> paths() {
        List<List<String>> paths = new ArrayList<>();
        collect(root(), List.of(), paths);
        return paths;
    }

    static CommandLine root() {
        Output output = new Output(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), Terminals.NONE);
        return new Ampacity(output, Map.of()).commandLine();
    }

    static String[] with(List<String> path, String... more) {
        return Stream.concat(path.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private static void collect(CommandLine command, List<String> path, List<List<String>> paths) {
        command.getSubcommands().forEach((name, below) -> {
            if (!name.equals(below.getCommandName())) {
                return; // an alias
            }
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            paths.add(List.copyOf(longer));
            collect(below, longer, paths);
        });
    }
}
