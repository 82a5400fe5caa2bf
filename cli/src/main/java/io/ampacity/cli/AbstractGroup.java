package io.ampacity.cli;

/** A command that only holds others: alone it shows them, as an error. */
abstract class AbstractGroup extends AbstractAction {

    @Override
    public final Integer call() {
        spec().commandLine().usage(output().errors());
        return ExitCode.BAD_INPUT;
    }
}
