package io.ampacity.gateway;

import java.util.Locale;

/**
 * Something that changes for a pool on trial.
 *
 * @param told what, in words
 */
record TrialTurn(Kind kind, String told) {

    /** What can happen to a trial. */
    enum Kind {
        /** It begins, with the first share. */
        BEGUN,
        /** It gets its next share. */
        WIDENED,
        /** It has shown itself with its last share. */
        PASSED,
        /** It gets nothing more. */
        STOPPED;

        /** As it is called in the record of deeds. */
        String action() {
            return "canary " + name().toLowerCase(Locale.ROOT);
        }
    }
}
