package io.ampacity.traces;

import org.jspecify.annotations.Nullable;

/**
 * A stream of requests in order of arrival, read through a cursor so that no request costs an allocation.
 *
 * <p>A new source stands before its first request: {@link #next()} moves to it. The accessors speak of the request that
 * {@code next()} moved to last, and mean nothing before the first call or after the last. Sources are for one thread.
 * A source that reads text throws {@link io.ampacity.documents.DocumentException}, and nothing else, when the text is at
 * fault.
 */
public interface RequestSource extends AutoCloseable {

    /** The session of a request whose session the trace does not tell. */
    long UNKNOWN_SESSION = -1;

    /** Moves to the next request; false when there is none left. */
    boolean next();

    /** When the request arrives, in seconds from the start of the trace; at least 0, finite, never decreasing. */
    double arrivalSeconds();

    /** Tokens of the prompt, those of its shared prefix included; at least 0. */
    int promptTokens();

    /** Tokens of the answer; at least 0. */
    int outputTokens();

    /** How many leading blocks of the prompt are named by a hash; 0 when unknown. */
    default int prefixBlocks() {
        return 0;
    }

    /**
     * The name of the prompt's block {@code index}: two prompts that begin with the same names begin with the same
     * tokens, and so can share their key-value cache. The last block may be partly filled.
     *
     * @param index from 0 up to, not including, {@link #prefixBlocks()}
     */
    default long prefixBlock(int index) {
        throw new IndexOutOfBoundsException(index);
    }

    /** Tokens a full prefix block holds; 0 when blocks are unknown. */
    default int prefixBlockTokens() {
        return 0;
    }

    /** Which conversation the request belongs to; {@link #UNKNOWN_SESSION} when the trace does not tell. */
    default long session() {
        return UNKNOWN_SESSION;
    }

    /** Whose request it is; null when the trace does not tell. The same tenant is the same text object mostly. */
    default @Nullable String tenant() {
        return null;
    }

    /** The class of service it asks for, such as interactive or batch; null when the trace does not tell. */
    default @Nullable String serviceClass() {
        return null;
    }

    /** Returns to before the first request; the same requests follow again. */
    void rewind();

    /** Releases what the source holds open. */
    @Override
    void close();
}
