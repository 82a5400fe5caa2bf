package io.ampacity.cli;

import org.jspecify.annotations.Nullable;

/** Input that a command cannot use, in words for the one who gave it. Ends with exit code 2. */
final class BadInput extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String advice;

    /**
     * Refuses an input.
     *
     * @param problem what is wrong, with the value and where it stands
     * @param advice what follows "Maybe"; null when there is nothing better to say than the problem
     */
    BadInput(String problem, @Nullable String advice) {
        super(problem);
        this.advice = advice;
    }

    @Nullable String advice() {
        return advice;
    }
}
