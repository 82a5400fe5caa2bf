package io.ampacity.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code ampacity}: what all its commands share. */
@Command(
        name = "ampacity",
        description = "Audits, plans, proves and runs AI compute that is spread over several suppliers.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExit codes: 0 fine; 1 the answer is no; 2 bad input; 3 our fault; 130 interrupted.%n",
        footer = {"", "Try first: ampacity demo"})
public final class Ampacity extends AbstractAction {

    private static final String DEBUG_VARIABLE = "AMPACITY_DEBUG";

    private static final int NARROWEST_HELP = 60;

    private final Output output;
    private final Map<String, String> environment;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show where a fault happened.", order = 103)
    private boolean debug;

    Ampacity(Output output, Map<String, String> environment) {
        this.output = output;
        this.environment = environment;
    }

    public static void main(String... arguments) {
        Map<String, String> environment = System.getenv();
        Charset charset = Charset.forName(System.getProperty("stdout.encoding", "UTF-8"), StandardCharsets.UTF_8);
        Terminals terminals = Terminals.of(
                environment,
                System.getProperty("ampacity.terminal", ""),
                Integer.getInteger("ampacity.columns", 0),
                charset);
        int exitCode = run(
                List.of(arguments),
                environment,
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                terminals);
        System.exit(exitCode);
    }

    /** Runs one command line, as a process would, and returns its exit code. */
    static int run(
            List<String> arguments,
            Map<String, String> environment,
            OutputStream out,
            OutputStream err,
            Terminals terminals) {
        Output output = new Output(out, err, terminals);
        // A mistake in the arguments must be told in the wanted form though they could not be read.
        output.json(arguments.contains("--json"));
        Ampacity ampacity = new Ampacity(output, environment);
        CommandLine commandLine = ampacity.commandLine(Commands.typed(arguments));
        int exitCode = commandLine.execute(arguments.toArray(String[]::new));
        String unwritten = output.finish();
        return unwritten == null ? exitCode : ampacity.failures().tellUnwritten(unwritten);
    }

    /** The whole tree of commands, ready to execute. */
    CommandLine commandLine() {
        return commandLine(Commands.ALL);
    }

    private CommandLine commandLine(Map<String, Supplier<AbstractAction>> commands) {
        CommandLine root = new CommandLine(this);
        commands.forEach((name, command) -> root.addSubcommand(name, command.get()));
        return root.setOut(output.text())
                .setErr(output.errors())
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(output.terminal().colour() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(Math.max(NARROWEST_HELP, output.terminal().columns()))
                .setUsageHelpAutoWidth(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((failure, _) -> failures().tell(failure))
                .setExecutionExceptionHandler((failure, _, _) -> failures().tell(failure));
    }

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Write the result as one JSON document.",
            order = 100)
    void json(boolean wanted) {
        output.json(wanted);
    }

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Say nothing of progress.",
            order = 101)
    void quiet(boolean wanted) {
        output.quiet(wanted);
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Explain the command.",
            order = 102)
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            description = "Say which Ampacity this is, and which Java runs it.",
            order = 104)
    private boolean version;

    @Override
    public Integer call() {
        if (version) {
            Release release = Release.current();
            output.result(release.document(), release.print());
            return ExitCode.FINE;
        }
        spec().commandLine().usage(output.errors());
        return ExitCode.BAD_INPUT;
    }

    Failures failures() {
        return new Failures(output, debug || isSet(environment.get(DEBUG_VARIABLE)));
    }

    Output ownOutput() {
        return output;
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isEmpty() && !"0".equals(value);
    }
}
