package io.ampacity.cli;

/** What the process tells the one who started it. A run that is interrupted ends with 130, as Java itself does it. */
final class ExitCode {

    /** All went well. */
    static final int FINE = 0;

    /** It ran, and the answer is no: infeasible, a check failed, findings above a threshold. */
    static final int NO = 1;

    /** The input cannot be used. */
    static final int BAD_INPUT = 2;

    /** Our fault. */
    static final int FAULT = 3;

    private ExitCode() {}
}
