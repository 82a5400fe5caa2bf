package io.ampacity.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does something. It returns an {@link ExitCode} and speaks through {@link #output()}. */
abstract class AbstractAction implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec spec;

    /** Where to speak. */
    final Output output() {
        return ampacity().ownOutput();
    }

    final Ampacity ampacity() {
        return (Ampacity) spec.root().userObject();
    }

    final CommandSpec spec() {
        return spec;
    }

    /** An error in what was typed: ends with exit code 2 and a hint at {@code --help}. */
    final ParameterException badInput(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
