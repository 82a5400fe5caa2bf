package io.ampacity.gateway.protocol;

import io.ampacity.gateway.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/** Streams of responses. Nobody else can go on from one: its items have ids that only its server knows. */
final class ResponsesWatch extends StreamWatch {

    private static final byte[] COMPLETED = Names.of("response.completed");
    private static final byte[] INCOMPLETE = Names.of("response.incomplete");
    private static final byte[] FAILED = Names.of("response.failed");
    private static final byte[] ERROR_EVENT = Names.of("error");

    private enum Type {
        COMPLETED,
        INCOMPLETE,
        FAILED,
        OTHER
    }

    ResponsesWatch() {
        super(false);
    }

    @Override
    Verdict data(JsonCursor data, byte[] bytes) {
        if (!data.enterObject()) {
            return Verdict.MALFORMED;
        }
        Type type = Type.OTHER;
        boolean content = false;
        String code = null;
        while (data.nextKey()) {
            if (data.is(Names.TYPE) && data.peek() == '"') {
                data.string();
                type = type(data);
            } else if (data.is(Names.DELTA)) {
                content |= say(data, bytes, false);
            } else if (data.is(Names.CODE) && data.peek() == '"') {
                data.string();
                code = data.text();
            } else if (data.is(Names.RESPONSE)) {
                code = response(data);
            } else {
                data.skip();
            }
        }
        data.finish();
        return switch (type) {
            case COMPLETED, INCOMPLETE -> {
                finish(type == Type.INCOMPLETE && "content_filter".equals(code));
                markDone();
                yield Verdict.DONE;
            }
            case FAILED -> {
                error(code);
                yield Verdict.ERROR;
            }
            case OTHER -> content ? Verdict.CONTENT : Verdict.OTHER;
        };
    }

    private static Type type(JsonCursor data) {
        if (data.is(COMPLETED)) {
            return Type.COMPLETED;
        }
        if (data.is(INCOMPLETE)) {
            return Type.INCOMPLETE;
        }
        return data.is(FAILED) || data.is(ERROR_EVENT) ? Type.FAILED : Type.OTHER;
    }

    private @Nullable String response(JsonCursor data) {
        if (!data.enterObject()) {
            data.skip();
            return null;
        }
        String code = null;
        while (data.nextKey()) {
            if (data.is(Names.USAGE)) {
                tokens().read(data);
            } else if (data.is(Names.ERROR)) {
                code = data.isNull() ? skipped(data, code) : ErrorCode.read(data);
            } else {
                data.skip();
            }
        }
        return code;
    }

    private static @Nullable String skipped(JsonCursor data, @Nullable String code) {
        data.skip();
        return code;
    }
}
