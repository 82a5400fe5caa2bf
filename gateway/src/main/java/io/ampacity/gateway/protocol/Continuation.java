package io.ampacity.gateway.protocol;

import io.ampacity.gateway.json.JsonCursor;
import io.ampacity.gateway.json.JsonText;
import io.ampacity.gateway.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes the events of a chat stream that goes on look like those of the stream that broke: the same id, and a usage that
 * counts the answer as one.
 *
 * @param id of the broken stream; null when it told none
 * @param saidTokens of the answer before the break
 * @param promptTokens of the first prompt; −1 when unknown
 */
public record Continuation(@Nullable String id, long saidTokens, long promptTokens) {

    private static final byte[] COMPLETION = Names.COMPLETION_TOKENS;

    /** The event as the client should see it; the event itself when it cannot be read. */
    public byte[] seen(byte[] event) {
        String text = new String(event, StandardCharsets.UTF_8);
        int data = text.indexOf("data:");
        if (data < 0) {
            return event;
        }
        int from = text.substring(0, data).getBytes(StandardCharsets.UTF_8).length + 5;
        StringBuilder seen = new StringBuilder(event.length + 32);
        try {
            return rewritten(event, from, seen);
        } catch (MalformedJson notJson) {
            return event;
        }
    }

    private byte[] rewritten(byte[] event, int from, StringBuilder seen) {
        JsonCursor cursor = new JsonCursor().over(event, from, event.length);
        int copied = 0;
        if (!cursor.enterObject()) {
            return event;
        }
        while (cursor.nextKey()) {
            if (cursor.is(Names.ID) && id != null && cursor.peek() == '"') {
                cursor.string();
                copied = replace(event, copied, cursor.start() - 1, cursor.end() + 1, JsonText.quoted(id), seen);
            } else if (cursor.is(Names.USAGE) && cursor.peek() == '{') {
                copied = usage(cursor, event, copied, seen);
            } else {
                cursor.skip();
            }
        }
        seen.append(new String(event, copied, event.length - copied, StandardCharsets.UTF_8));
        return seen.toString().getBytes(StandardCharsets.UTF_8);
    }

    private int usage(JsonCursor cursor, byte[] event, int before, StringBuilder seen) {
        int copied = before;
        cursor.enterObject();
        while (cursor.nextKey()) {
            boolean completion = cursor.is(COMPLETION);
            boolean prompt = cursor.is(Names.PROMPT_TOKENS);
            cursor.peek();
            int from = cursor.position();
            if (!completion && !prompt) {
                cursor.skip();
                continue;
            }
            long told = cursor.count();
            if (told >= 0) {
                long whole = completion
                        ? told + saidTokens
                        : promptTokens >= 0 ? promptTokens : Math.max(0, told - saidTokens);
                copied = replace(event, copied, from, cursor.position(), String.valueOf(whole), seen);
            }
        }
        return copied;
    }

    private static int replace(byte[] event, int copied, int from, int to, String text, StringBuilder seen) {
        seen.append(new String(event, copied, from - copied, StandardCharsets.UTF_8))
                .append(text);
        return to;
    }
}
