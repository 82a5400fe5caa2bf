package io.ampacity.emulator;

import org.jspecify.annotations.Nullable;

/** How one protocol writes an answer. One instance an answer. */
interface Dialect {

    /** Why an answer ends. */
    enum Reason {
        STOP,
        LENGTH,
        FILTER,
        TOOL
    }

    /** What a stream begins with. */
    String head();

    /** One token of the stream; {@code usage} is what it has cost so far, null when events do not tell. */
    String token(String word, boolean reasoning, @Nullable Usage usage);

    /** A call of a tool, whole. */
    String call(String tool, String arguments);

    /** What a stream ends with, without the mark that ends it. */
    String finish(Reason reason, @Nullable Usage usage);

    /** The mark that ends a stream. */
    String done();

    /** An error in the midst of a stream. */
    String error(String type, String message);

    /** The answer as one document. */
    String whole(String text, String reasoning, @Nullable String tool, Reason reason, @Nullable Usage usage);
}
