package io.ampacity.gateway.protocol;

import io.ampacity.gateway.json.JsonCursor;
import io.ampacity.gateway.json.MalformedJson;

/** What is known of an answer that came as one document. */
public final class DocumentWatch {

    private final Tokens tokens = new Tokens();
    private boolean sound;
    private boolean filtered;
    private long length;
    private int usageEnd = -1;

    private DocumentWatch() {}

    /** Reads an answer; one that is no JSON object is not {@linkplain #isSound() sound}. */
    public static DocumentWatch of(byte[] document) {
        DocumentWatch watch = new DocumentWatch();
        watch.length = document.length;
        try {
            watch.read(new JsonCursor().over(document, 0, document.length));
        } catch (MalformedJson malformed) {
            watch.sound = false;
        }
        return watch;
    }

    private void read(JsonCursor cursor) {
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextKey()) {
            if (cursor.is(Names.USAGE)) {
                boolean object = cursor.peek() == '{';
                tokens.read(cursor);
                usageEnd = object ? cursor.position() - 1 : -1;
            } else if (cursor.is(Names.CHOICES) && cursor.peek() == '[') {
                readChoices(cursor);
            } else if (cursor.is(Names.STOP_REASON) && cursor.peek() == '"') {
                cursor.string();
                filtered |= cursor.is(Names.REFUSAL);
            } else {
                cursor.skip();
            }
        }
        cursor.finish();
        sound = true;
    }

    private void readChoices(JsonCursor cursor) {
        cursor.enterArray();
        while (cursor.nextElement()) {
            if (!cursor.enterObject()) {
                cursor.skip();
                continue;
            }
            while (cursor.nextKey()) {
                if (cursor.is(Names.FINISH_REASON) && cursor.peek() == '"') {
                    cursor.string();
                    filtered |= cursor.is(Names.CONTENT_FILTER);
                } else {
                    cursor.skip();
                }
            }
        }
    }

    public Tokens tokens() {
        return tokens;
    }

    /** Whether it is a JSON object, whole. */
    public boolean isSound() {
        return sound;
    }

    /** Whether the answer ended as harmful. */
    public boolean isFiltered() {
        return filtered;
    }

    /** Bytes of the document: more than it can have tokens, but for reasoning that is not shown. */
    public long length() {
        return length;
    }

    /** Where the usage object's closing brace stands; −1 when there is none. */
    public int usageEnd() {
        return usageEnd;
    }
}
