package io.ampacity.gateway.protocol;

import io.ampacity.gateway.json.JsonCursor;

/**
 * Tokens of one answer as its upstream counted them; −1 is unknown. What is told later, or in parts, is laid over what was
 * told before. Mutable; for one thread.
 *
 * <p>The prompt includes what was read from and written to a cache, and the output includes reasoning, whichever way the
 * protocol tells them.
 */
public final class Tokens {

    private long input = -1;
    private long cacheRead = -1;
    private long cacheWrite = -1;
    private long output = -1;
    private long reasoning = -1;
    private boolean cacheBesideInput;

    /** Reads a usage object; another value says nothing. */
    void read(JsonCursor cursor) {
        if (!cursor.enterObject()) {
            cursor.skip();
            return;
        }
        while (cursor.nextKey()) {
            if (cursor.is(Names.PROMPT_TOKENS) || cursor.is(Names.INPUT_TOKENS)) {
                input = later(input, cursor.count());
            } else if (cursor.is(Names.COMPLETION_TOKENS) || cursor.is(Names.OUTPUT_TOKENS)) {
                output = later(output, cursor.count());
            } else if (cursor.is(Names.CACHE_READ_INPUT)) {
                cacheBesideInput = true;
                cacheRead = later(cacheRead, cursor.count());
            } else if (cursor.is(Names.CACHE_CREATION_INPUT)) {
                cacheBesideInput = true;
                cacheWrite = later(cacheWrite, cursor.count());
            } else if (cursor.is(Names.PROMPT_DETAILS) || cursor.is(Names.INPUT_DETAILS)) {
                readDetails(cursor);
            } else if (cursor.is(Names.COMPLETION_DETAILS) || cursor.is(Names.OUTPUT_DETAILS)) {
                readDetails(cursor);
            } else {
                cursor.skip();
            }
        }
    }

    private void readDetails(JsonCursor cursor) {
        if (!cursor.enterObject()) {
            cursor.skip();
            return;
        }
        while (cursor.nextKey()) {
            if (cursor.is(Names.CACHED_TOKENS)) {
                cacheRead = later(cacheRead, cursor.count());
            } else if (cursor.is(Names.CACHE_WRITE_TOKENS)) {
                cacheWrite = later(cacheWrite, cursor.count());
            } else if (cursor.is(Names.REASONING_TOKENS)) {
                reasoning = later(reasoning, cursor.count());
            } else {
                cursor.skip();
            }
        }
    }

    private static long later(long before, long told) {
        return told < 0 ? before : told;
    }

    /** Tokens of the prompt, cached ones included. */
    public long prompt() {
        return input < 0 || !cacheBesideInput ? input : input + Math.max(0, cacheRead) + Math.max(0, cacheWrite);
    }

    /** Tokens of the prompt that a cache gave. */
    public long cacheRead() {
        return cacheRead;
    }

    /** Tokens of the prompt that a cache took. */
    public long cacheWrite() {
        return cacheWrite;
    }

    /** Tokens of the answer, reasoning included. */
    public long output() {
        return output;
    }

    /** Tokens of the answer that are reasoning. */
    public long reasoning() {
        return reasoning;
    }

    /** Whether both prompt and output were told. */
    public boolean isKnown() {
        return input >= 0 && output >= 0;
    }
}
