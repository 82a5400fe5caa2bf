package io.ampacity.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ampacity help}: explains a command, or a topic that no single command owns. */
@Command(
        name = "help",
        description = "Explain a command or a topic: ampacity help plan, ampacity help environment.",
        footerHeading = "%nTopics:%n",
        footer = {
            "  environment   variables that Ampacity reads",
            "  output        what scripts may rely on",
            "  scenario      how to write one"
        })
final class Help extends AbstractAction {

    private static final List<String> TOPICS = List.of("environment", "output", "scenario");

    @Parameters(paramLabel = "TOPIC", arity = "0..*", description = "A command, such as facts list, or a topic.")
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        if (words.size() == 1 && TOPICS.contains(words.getFirst())) {
            output().text().print(topic(words.getFirst()));
            return ExitCode.FINE;
        }
        CommandLine command = spec().root().commandLine();
        for (String word : words) {
            @Nullable CommandLine below = command.getSubcommands().get(word);
            if (below == null) {
                List<String> known = new ArrayList<>(command.getSubcommands().keySet());
                if (words.size() == 1) {
                    known.addAll(TOPICS);
                }
                throw badInput("There is no help on \"" + String.join(" ", words) + "\"; there is on "
                        + String.join(", ", known));
            }
            command = below;
        }
        command.usage(output().text());
        return ExitCode.FINE;
    }

    private static String topic(String name) throws IOException {
        try (InputStream stream = Help.class.getResourceAsStream("help/" + name + ".txt")) {
            if (stream == null) {
                throw new IllegalStateException("The help on " + name + " is not in the build");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
