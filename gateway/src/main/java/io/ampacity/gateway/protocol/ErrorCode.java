package io.ampacity.gateway.protocol;

import io.ampacity.gateway.json.JsonCursor;
import io.ampacity.gateway.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/** Finds the code in an error. */
public final class ErrorCode {

    private ErrorCode() {}

    /** Reads an error, object or text, under the cursor: its code, else its type; null when it has neither. */
    static @Nullable String read(JsonCursor cursor) {
        if (!cursor.enterObject()) {
            cursor.skip();
            return null;
        }
        String code = null;
        String type = null;
        while (cursor.nextKey()) {
            if (cursor.is(Names.CODE) && cursor.peek() == '"') {
                cursor.string();
                code = cursor.text();
            } else if (cursor.is(Names.TYPE) && cursor.peek() == '"') {
                cursor.string();
                type = cursor.text();
            } else {
                cursor.skip();
            }
        }
        return code == null ? type : code;
    }

    /** The code of an error document; null when there is none in it. */
    public static @Nullable String in(byte[] document) {
        try {
            JsonCursor cursor = new JsonCursor().over(document, 0, document.length);
            if (!cursor.enterObject()) {
                return null;
            }
            String found = null;
            while (cursor.nextKey()) {
                if (cursor.is(Names.ERROR)) {
                    found = read(cursor);
                } else {
                    cursor.skip();
                }
            }
            return found;
        } catch (MalformedJson none) {
            return null;
        }
    }
}
