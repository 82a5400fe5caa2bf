package io.ampacity.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes completions of the fish shell, which picocli does not: one {@code complete} line a command and an option. */
final class FishCompletion {

    private final String program;
    private final List<String> lines = new ArrayList<>();

    private FishCompletion(String program) {
        this.program = program;
    }

    static String of(CommandLine root) {
        FishCompletion completion = new FishCompletion(root.getCommandName());
        completion.add(root, List.of());
        return String.join("\n", completion.lines) + "\n";
    }

    /** Adds what can follow {@code path}, the names of the commands typed so far. */
    private void add(CommandLine command, List<String> path) {
        CommandSpec spec = command.getCommandSpec();
        List<String> names = List.copyOf(command.getSubcommands().keySet());
        command.getSubcommands().forEach((name, sub) -> {
            if (!sub.getCommandSpec().usageMessage().hidden()) {
                lines.add(line(path, names) + " -f -a " + quote(name) + " -d "
                        + quote(sentence(sub.getCommandSpec().usageMessage().description())));
            }
        });
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                lines.add(line(path, List.of()) + names(option)
                        + (option.arity().max() > 0 ? " -r" : "") + " -d " + quote(sentence(option.description())));
            }
        }
        command.getSubcommands().forEach((name, sub) -> {
            List<String> below = new ArrayList<>(path);
            below.add(name);
            add(sub, below);
        });
    }

    private String line(List<String> path, List<String> without) {
        List<String> conditions = new ArrayList<>();
        for (String name : path) {
            conditions.add("__fish_seen_subcommand_from " + name);
        }
        if (!without.isEmpty()) {
            conditions.add("not __fish_seen_subcommand_from " + String.join(" ", without));
        }
        String start = "complete -c " + program;
        return conditions.isEmpty() ? start : start + " -n " + quote(String.join("; and ", conditions));
    }

    private static String names(OptionSpec option) {
        StringBuilder names = new StringBuilder();
        for (String name : option.names()) {
            names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        return names.toString();
    }

    private static String sentence(String... description) {
        return description.length == 0 ? "" : description[0].replace("%n", " ").replace("%%", "%");
    }

    private static String quote(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
