package io.ampacity.gateway.protocol;

import io.ampacity.gateway.json.JsonCursor;
import io.ampacity.gateway.json.MalformedJson;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the events of one stream as they pass: whether the answer is whole, what it cost, and what the user has read
 * so far. Mutable; for one thread.
 */
public abstract sealed class StreamWatch permits ChatWatch, ResponsesWatch, MessagesWatch {

    private static final int BYTES_PER_TOKEN = 3;

    private final JsonCursor cursor = new JsonCursor();
    private final Tokens tokens = new Tokens();
    private final @Nullable RawText said;
    private long deltas;
    private long reasoningDeltas;
    private long contentBytes;
    private boolean plain = true;
    private boolean finished;
    private boolean filtered;
    private boolean done;
    private @Nullable String errorCode;
    private @Nullable String id;

    /** Remembers what was said only when {@code remembers}: it is needed to go on elsewhere. */
    StreamWatch(boolean remembers) {
        said = remembers ? new RawText() : null;
    }

    /** The watch of an endpoint's streams. */
    public static StreamWatch of(Endpoint endpoint, boolean remembers) {
        return switch (endpoint) {
            case CHAT, COMPLETIONS, EMBEDDINGS -> new ChatWatch(remembers);
            case RESPONSES -> new ResponsesWatch();
            case MESSAGES -> new MessagesWatch(remembers);
        };
    }

    /** Looks at one event, {@code bytes[from, to)}, whose empty line may be part of it. */
    public final Verdict event(byte[] bytes, int from, int to) {
        int dataFrom = -1;
        int dataTo = -1;
        int line = from;
        while (line < to) {
            int lineEnd = Lines.end(bytes, line, to);
            if (isData(bytes, line, lineEnd)) {
                int value = line + 5;
                if (value < lineEnd && bytes[value] == ' ') {
                    value++;
                }
                if (dataFrom >= 0) {
                    return data(joined(bytes, from, to));
                }
                dataFrom = value;
                dataTo = lineEnd;
            }
            line = lineEnd + 1;
        }
        return dataFrom < 0 ? Verdict.OTHER : data(bytes, dataFrom, dataTo);
    }

    private Verdict data(byte[] data) {
        return data(data, 0, data.length);
    }

    private Verdict data(byte[] bytes, int from, int to) {
        if (from == to) {
            return Verdict.OTHER;
        }
        if (to - from == Names.DATA_DONE.length
                && java.util.Arrays.equals(bytes, from, to, Names.DATA_DONE, 0, Names.DATA_DONE.length)) {
            done = true;
            return Verdict.DONE;
        }
        try {
            return data(cursor.over(bytes, from, to), bytes);
        } catch (MalformedJson malformed) {
            return Verdict.MALFORMED;
        }
    }

    /** Data that stands on several lines, with line feeds between them. */
    private static byte[] joined(byte[] bytes, int from, int to) {
        ByteArrayOutputStream data = new ByteArrayOutputStream(to - from);
        boolean first = true;
        int line = from;
        while (line < to) {
            int lineEnd = Lines.end(bytes, line, to);
            if (isData(bytes, line, lineEnd)) {
                if (!first) {
                    data.write('\n');
                }
                first = false;
                int value = line + 5 < lineEnd && bytes[line + 5] == ' ' ? line + 6 : line + 5;
                data.write(bytes, value, lineEnd - value);
            }
            line = lineEnd + 1;
        }
        return data.toByteArray();
    }

    private static boolean isData(byte[] bytes, int from, int to) {
        return to - from >= 5
                && bytes[from] == 'd'
                && bytes[from + 1] == 'a'
                && bytes[from + 2] == 't'
                && bytes[from + 3] == 'a'
                && bytes[from + 4] == ':';
    }

    abstract Verdict data(JsonCursor data, byte[] bytes);

    /** The string that the cursor stands on is part of the answer; whether it is not empty. */
    final boolean say(JsonCursor at, byte[] bytes, boolean reasoning) {
        if (!at.string()) {
            at.skip();
            return false;
        }
        int length = at.end() - at.start();
        if (length == 0) {
            return false;
        }
        deltas++;
        contentBytes += length;
        if (reasoning) {
            reasoningDeltas++;
            plain = false;
        } else if (said != null) {
            said.append(bytes, at.start(), at.end());
        }
        return true;
    }

    /** Something was said that is no plain text, so nobody else can go on from it. */
    final void notPlain() {
        deltas++;
        plain = false;
    }

    final void finish(boolean byFilter) {
        finished = true;
        filtered |= byFilter;
    }

    final void markDone() {
        done = true;
    }

    final void error(@Nullable String code) {
        errorCode = code;
    }

    /** The id under the cursor is the stream's, unless it told one before. */
    final void name(JsonCursor at) {
        if (id == null && at.string()) {
            id = at.text();
        } else {
            at.skip();
        }
    }

    /** What the stream calls itself; null when it did not say. */
    public @Nullable String id() {
        return id;
    }

    /** What the upstream counted. */
    public Tokens tokens() {
        return tokens;
    }

    /** Events that carried a part of the answer: with most servers one a token. */
    public long deltas() {
        return deltas;
    }

    /** Those of them that carried reasoning. */
    public long reasoningDeltas() {
        return reasoningDeltas;
    }

    /** Bytes of the answer's texts: no fewer than its tokens, but for reasoning that is not shown. */
    public long contentBytes() {
        return contentBytes;
    }

    /**
     * Tokens of the answer so far: as told where the upstream tells them as it goes, else as counted; one that is part of a
     * larger event is taken to have three bytes or more.
     */
    public long outputSoFar() {
        return tokens.output() >= deltas ? tokens.output() : Math.max(deltas, contentBytes / BYTES_PER_TOKEN);
    }

    /** Whether the answer said why it ends. */
    public boolean isFinished() {
        return finished;
    }

    /** Whether it ended as harmful. */
    public boolean isFiltered() {
        return filtered;
    }

    /** Whether the mark that ends the stream was seen. */
    public boolean isDone() {
        return done;
    }

    /** The code of the error that the upstream told; null when there was none, or it had no code. */
    public @Nullable String errorCode() {
        return errorCode;
    }

    /** Whether all that was said is plain text that was remembered. */
    public boolean isContinuable() {
        return said != null && plain && said.length() > 0;
    }

    /** What was said so far, as JSON without its quotes. */
    public String said() {
        return said == null ? "" : said.toString();
    }
}
