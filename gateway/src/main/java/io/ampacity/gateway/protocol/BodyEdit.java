package io.ampacity.gateway.protocol;

import io.ampacity.gateway.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Changes to a body: a few ranges of its bytes are replaced, all others stay as the client wrote them. */
public final class BodyEdit {

    private static final class Change {
        private final int from;
        private final int to;
        private final byte[] bytes;

        Change(int from, int to, byte[] bytes) {
            this.from = from;
            this.to = to;
            this.bytes = bytes;
        }
    }

    private final byte[] body;
    private final RequestScan scan;
    private final List<Change> changes = new ArrayList<>(4);

    public BodyEdit(byte[] body, RequestScan scan) {
        this.body = body;
        this.scan = scan;
    }

    /** Asks for another model. */
    public BodyEdit model(String name) {
        if (!name.equals(scan.model())) {
            replace(scan.modelFrom(), scan.modelTo(), JsonText.quoted(name));
        }
        return this;
    }

    /** Asks for usage at the end of a stream and, where the server knows that, in each event. */
    public BodyEdit usage(boolean continuous) {
        String more = continuous && !scan.tellsContinuousUsage() ? ",\"continuous_usage_stats\":true" : "";
        if (scan.optionsFrom() < 0) {
            replace(scan.objectEnd(), scan.objectEnd(), ",\"stream_options\":{\"include_usage\":true" + more + "}");
        } else if (body[scan.optionsFrom()] != '{') {
            replace(scan.optionsFrom(), scan.optionsTo(), "{\"include_usage\":true" + more + "}");
        } else if (scan.includeUsageFrom() < 0) {
            int inside = scan.optionsFrom() + 1;
            boolean empty = new String(body, inside, scan.optionsTo() - 1 - inside, StandardCharsets.UTF_8).isBlank();
            replace(inside, inside, "\"include_usage\":true" + more + (empty ? "" : ","));
        } else if (!scan.includeUsage() || !more.isEmpty()) {
            replace(scan.includeUsageFrom(), scan.includeUsageTo(), "true" + more);
        }
        return this;
    }

    /**
     * Asks to go on from {@code text}, which is JSON without its quotes, after {@code tokens} of it.
     *
     * @param way how the server is told; not {@link Prefill#NONE}
     */
    public BodyEdit goOnFrom(String text, long tokens, Prefill way) {
        String message = ",{\"role\":\"assistant\",\"content\":\"" + text + "\""
                + (way == Prefill.PREFIX ? ",\"prefix\":true" : "") + "}";
        replace(scan.messagesTo(), scan.messagesTo(), message);
        if (way == Prefill.CONTINUE) {
            replace(
                    scan.objectEnd(),
                    scan.objectEnd(),
                    ",\"continue_final_message\":true,\"add_generation_prompt\":false");
        }
        if (scan.maximum() >= 0) {
            replace(scan.maximumFrom(), scan.maximumTo(), String.valueOf(Math.max(1, scan.maximum() - tokens)));
        }
        return this;
    }

    private void replace(int from, int to, String text) {
        changes.add(new Change(from, to, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The changed body; the body itself when nothing changes. */
    public byte[] bytes() {
        if (changes.isEmpty()) {
            return body;
        }
        changes.sort(Comparator.comparingInt(change -> change.from));
        int length = body.length;
        for (Change change : changes) {
            length += change.bytes.length - (change.to - change.from);
        }
        byte[] edited = new byte[length];
        int read = 0;
        int written = 0;
        for (Change change : changes) {
            System.arraycopy(body, read, edited, written, change.from - read);
            written += change.from - read;
            System.arraycopy(change.bytes, 0, edited, written, change.bytes.length);
            written += change.bytes.length;
            read = change.to;
        }
        System.arraycopy(body, read, edited, written, body.length - read);
        return edited;
    }
}
