package io.ampacity.gateway.protocol;

import io.ampacity.gateway.json.JsonCursor;
import io.ampacity.gateway.json.MalformedJson;

/**
 * What the gateway knows of a request's body: where the few values stand that routing and metering need. Positions count
 * bytes of the body; −1 is absent.
 */
public final class RequestScan {

    private static final int AFFINITY_BYTES = 512;

    private String model = "";
    private int modelFrom = -1;
    private int modelTo = -1;
    private boolean stream;
    private int optionsFrom = -1;
    private int optionsTo = -1;
    private int includeUsageFrom = -1;
    private int includeUsageTo = -1;
    private boolean includeUsage;
    private boolean continuousUsage;
    private boolean tellsContinuousUsage;
    private int maximumFrom = -1;
    private int maximumTo = -1;
    private long maximum = -1;
    private int messagesTo = -1;
    private boolean endsWithAssistant;
    private boolean images;
    private boolean tools;
    private boolean shaped;
    private boolean several;
    private long affinity;
    private int objectEnd;

    private RequestScan() {}

    /**
     * Reads a body.
     *
     * @throws BadRequest when it is no JSON object, names no model, or says twice what may be said once: an upstream
     *     might take the other one than we do
     */
    public static RequestScan of(byte[] body) {
        RequestScan scan = new RequestScan();
        try {
            scan.read(new JsonCursor().over(body, 0, body.length), body);
        } catch (MalformedJson malformed) {
            throw new BadRequest("the body is not valid JSON: " + malformed.getMessage());
        }
        if (scan.modelFrom < 0) {
            throw new BadRequest(
                    "\"model\" is missing in the body. Maybe add \"model\": \"…\"; GET /v1/models lists them");
        }
        return scan;
    }

    private void read(JsonCursor cursor, byte[] body) {
        if (!cursor.enterObject()) {
            throw new BadRequest("the body is not a JSON object");
        }
        boolean streamSeen = false;
        while (cursor.nextKey()) {
            if (cursor.is(Names.MODEL)) {
                once(modelFrom < 0, "model");
                cursor.peek();
                modelFrom = cursor.position();
                if (!cursor.string()) {
                    throw new BadRequest("\"model\" is not a text");
                }
                model = cursor.text();
                modelTo = cursor.position();
            } else if (cursor.is(Names.STREAM)) {
                once(!streamSeen, "stream");
                streamSeen = true;
                stream = cursor.isTrue();
            } else if (cursor.is(Names.STREAM_OPTIONS)) {
                once(optionsFrom < 0, "stream_options");
                readOptions(cursor);
            } else if (cursor.is(Names.MAX_TOKENS)
                    || cursor.is(Names.MAX_COMPLETION_TOKENS)
                    || cursor.is(Names.MAX_OUTPUT_TOKENS)) {
                cursor.peek();
                maximumFrom = cursor.position();
                maximum = cursor.count();
                maximumTo = cursor.position();
            } else if (cursor.is(Names.MESSAGES) || cursor.is(Names.INPUT) || cursor.is(Names.PROMPT)) {
                cursor.peek();
                int from = cursor.position();
                readMessages(cursor);
                affinity = hash(body, from, Math.min(cursor.position(), from + AFFINITY_BYTES));
            } else if (cursor.is(Names.TOOLS)) {
                tools = !cursor.isNull();
                cursor.skip();
            } else if (cursor.is(Names.RESPONSE_FORMAT)) {
                shaped = !cursor.isNull();
                cursor.skip();
            } else if (cursor.is(Names.LOGPROBS)) {
                several |= cursor.isTrue();
            } else if (cursor.is(Names.N)) {
                several |= cursor.count() > 1;
            } else {
                cursor.skip();
            }
        }
        objectEnd = cursor.position() - 1;
        cursor.finish();
    }

    private void readOptions(JsonCursor cursor) {
        cursor.peek();
        optionsFrom = cursor.position();
        if (cursor.enterObject()) {
            while (cursor.nextKey()) {
                if (cursor.is(Names.INCLUDE_USAGE)) {
                    once(includeUsageFrom < 0, "include_usage");
                    cursor.peek();
                    includeUsageFrom = cursor.position();
                    includeUsage = cursor.isTrue();
                    includeUsageTo = cursor.position();
                } else if (cursor.is(Names.CONTINUOUS_USAGE)) {
                    tellsContinuousUsage = true;
                    continuousUsage = cursor.isTrue();
                } else {
                    cursor.skip();
                }
            }
        } else {
            cursor.skip();
        }
        optionsTo = cursor.position();
    }

    private void readMessages(JsonCursor cursor) {
        if (!cursor.enterArray()) {
            cursor.skip();
            return;
        }
        while (cursor.nextElement()) {
            endsWithAssistant = false;
            if (!cursor.enterObject()) {
                cursor.skip();
                continue;
            }
            while (cursor.nextKey()) {
                if (cursor.is(Names.ROLE) && cursor.peek() == '"') {
                    cursor.string();
                    endsWithAssistant = cursor.is(Names.ASSISTANT);
                } else if (cursor.is(Names.CONTENT)) {
                    readParts(cursor);
                } else {
                    cursor.skip();
                }
            }
        }
        messagesTo = cursor.position() - 1;
    }

    private void readParts(JsonCursor cursor) {
        if (!cursor.enterArray()) {
            cursor.skip();
            return;
        }
        while (cursor.nextElement()) {
            if (!cursor.enterObject()) {
                cursor.skip();
                continue;
            }
            while (cursor.nextKey()) {
                if (cursor.is(Names.TYPE) && cursor.peek() == '"') {
                    cursor.string();
                    images |= cursor.is(Names.IMAGE) || cursor.is(Names.IMAGE_URL) || cursor.is(Names.INPUT_IMAGE);
                } else {
                    cursor.skip();
                }
            }
        }
    }

    private static void once(boolean isFirst, String key) {
        if (!isFirst) {
            throw new BadRequest("\"" + key + "\" stands twice in the body. Maybe remove one of the two");
        }
    }

    private static long hash(byte[] bytes, int from, int to) {
        long hash = 0xCBF29CE484222325L;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i]) * 0x100000001B3L;
        }
        return hash == 0 ? 1 : hash;
    }

    public String model() {
        return model;
    }

    /** Whether the answer is wanted as events. */
    public boolean stream() {
        return stream;
    }

    /** Whether the client wants a stream to end with its usage. */
    public boolean includeUsage() {
        return includeUsage;
    }

    /** Whether the client wants each event of a stream to tell usage. */
    public boolean continuousUsage() {
        return continuousUsage;
    }

    /** Whether the prompt shows pictures. */
    public boolean images() {
        return images;
    }

    public boolean tools() {
        return tools;
    }

    /** Most tokens of the answer; −1 when the request sets none. */
    public long maximum() {
        return maximum;
    }

    /** What requests with the same beginning have in common; 0 when nothing is known. */
    public long affinity() {
        return affinity;
    }

    /** Whether an answer of plain text could be gone on with by another model server. */
    public boolean continuable() {
        return messagesTo > 0 && !endsWithAssistant && !shaped && !several;
    }

    int modelFrom() {
        return modelFrom;
    }

    int modelTo() {
        return modelTo;
    }

    int optionsFrom() {
        return optionsFrom;
    }

    int optionsTo() {
        return optionsTo;
    }

    int includeUsageFrom() {
        return includeUsageFrom;
    }

    int includeUsageTo() {
        return includeUsageTo;
    }

    boolean tellsContinuousUsage() {
        return tellsContinuousUsage;
    }

    int maximumFrom() {
        return maximumFrom;
    }

    int maximumTo() {
        return maximumTo;
    }

    int messagesTo() {
        return messagesTo;
    }

    int objectEnd() {
        return objectEnd;
    }
}
