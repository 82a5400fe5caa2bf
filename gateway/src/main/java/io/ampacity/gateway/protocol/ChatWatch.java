package io.ampacity.gateway.protocol;

import io.ampacity.gateway.json.JsonCursor;

/** Streams of chat and of plain completions. */
final class ChatWatch extends StreamWatch {

    ChatWatch(boolean remembers) {
        super(remembers);
    }

    @Override
    Verdict data(JsonCursor data, byte[] bytes) {
        if (!data.enterObject()) {
            return Verdict.MALFORMED;
        }
        boolean content = false;
        boolean choices = false;
        boolean usage = false;
        boolean error = false;
        while (data.nextKey()) {
            if (data.is(Names.CHOICES)) {
                if (!data.enterArray()) {
                    data.skip();
                    continue;
                }
                while (data.nextElement()) {
                    choices = true;
                    content |= choice(data, bytes);
                }
            } else if (data.is(Names.USAGE)) {
                usage = !data.isNull();
                tokens().read(data);
            } else if (data.is(Names.ID)) {
                name(data);
            } else if (data.is(Names.ERROR) && !data.isNull()) {
                error = true;
                error(ErrorCode.read(data));
            } else {
                data.skip();
            }
        }
        data.finish();
        if (error) {
            return Verdict.ERROR;
        }
        if (content) {
            return Verdict.CONTENT;
        }
        return usage && !choices ? Verdict.USAGE : Verdict.OTHER;
    }

    private boolean choice(JsonCursor data, byte[] bytes) {
        if (!data.enterObject()) {
            data.skip();
            return false;
        }
        boolean content = false;
        while (data.nextKey()) {
            if (data.is(Names.DELTA)) {
                content |= delta(data, bytes);
            } else if (data.is(Names.TEXT)) {
                content |= say(data, bytes, false);
            } else if (data.is(Names.FINISH_REASON)) {
                if (data.string()) {
                    finish(data.is(Names.CONTENT_FILTER));
                } else {
                    data.skip();
                }
            } else {
                data.skip();
            }
        }
        return content;
    }

    private boolean delta(JsonCursor data, byte[] bytes) {
        if (!data.enterObject()) {
            data.skip();
            return false;
        }
        boolean content = false;
        while (data.nextKey()) {
            if (data.is(Names.CONTENT)) {
                content |= say(data, bytes, false);
            } else if (data.is(Names.REASONING_CONTENT) || data.is(Names.REASONING)) {
                content |= say(data, bytes, true);
            } else if (data.is(Names.ROLE)) {
                data.skip();
            } else if (data.is(Names.TOOL_CALLS) || data.is(Names.FUNCTION_CALL) || data.is(Names.REFUSAL)) {
                boolean something = !data.isNull();
                int from = data.position();
                data.skip();
                if (something && data.position() - from > 2) {
                    notPlain();
                    content = true;
                }
            } else {
                data.skip();
            }
        }
        return content;
    }
}
