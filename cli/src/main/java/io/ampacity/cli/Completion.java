package io.ampacity.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ampacity completion}: a script that lets a shell complete commands and options. */
@Command(
        name = "completion",
        description = "Print a script that completes commands and options in your shell.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(ampacity completion bash)",
            "  source <(ampacity completion zsh)",
            "  ampacity completion fish | source"
        })
final class Completion extends AbstractAction {

    /** The shells that can complete. */
    enum Shell {
        BASH,
        ZSH,
        FISH;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Shell shell;

    @Override
    public Integer call() {
        CommandLine root = spec().root().commandLine();
        String script =
                switch (shell) {
                    // The script of bash turns on the compatibility of zsh when zsh reads it.
                    case BASH, ZSH -> AutoComplete.bash(root.getCommandName(), root);
                    case FISH -> FishCompletion.of(root);
                };
        output().text().print(script);
        return ExitCode.FINE;
    }
}
