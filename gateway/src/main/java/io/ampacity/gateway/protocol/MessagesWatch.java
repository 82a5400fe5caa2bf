package io.ampacity.gateway.protocol;

import io.ampacity.gateway.json.JsonCursor;

/** Streams of Anthropic messages. */
final class MessagesWatch extends StreamWatch {

    private static final byte[] TEXT_DELTA = Names.of("text_delta");
    private static final byte[] REFUSED = Names.of("refusal");
    private static final byte[] STOP = Names.of("message_stop");
    private static final byte[] TEXT_BLOCK = Names.of("text");

    MessagesWatch(boolean remembers) {
        super(remembers);
    }

    @Override
    Verdict data(JsonCursor data, byte[] bytes) {
        if (!data.enterObject()) {
            return Verdict.MALFORMED;
        }
        boolean content = false;
        boolean stop = false;
        boolean error = false;
        while (data.nextKey()) {
            if (data.is(Names.TYPE) && data.peek() == '"') {
                data.string();
                stop = data.is(STOP);
            } else if (data.is(Names.MESSAGE)) {
                message(data);
            } else if (data.is(Names.DELTA)) {
                content |= delta(data, bytes);
            } else if (data.is(Names.CONTENT_BLOCK)) {
                block(data, bytes);
            } else if (data.is(Names.USAGE)) {
                tokens().read(data);
            } else if (data.is(Names.ERROR) && !data.isNull()) {
                error = true;
                error(ErrorCode.read(data));
            } else {
                data.skip();
            }
        }
        data.finish();
        if (stop) {
            markDone();
            return Verdict.DONE;
        }
        if (error) {
            return Verdict.ERROR;
        }
        return content ? Verdict.CONTENT : Verdict.OTHER;
    }

    private void message(JsonCursor data) {
        if (!data.enterObject()) {
            data.skip();
            return;
        }
        while (data.nextKey()) {
            if (data.is(Names.USAGE)) {
                tokens().read(data);
            } else {
                data.skip();
            }
        }
    }

    /** Blocks that are no text cannot be gone on from. */
    private void block(JsonCursor data, byte[] bytes) {
        data.peek();
        int from = data.position();
        data.skip();
        JsonCursor inside = new JsonCursor().over(bytes, from, data.position());
        if (inside.enterObject()) {
            while (inside.nextKey()) {
                if (inside.is(Names.TYPE) && inside.peek() == '"') {
                    inside.string();
                    if (!inside.is(TEXT_BLOCK)) {
                        notPlain();
                    }
                } else {
                    inside.skip();
                }
            }
        }
    }

    private boolean delta(JsonCursor data, byte[] bytes) {
        if (!data.enterObject()) {
            data.skip();
            return false;
        }
        boolean content = false;
        boolean text = false;
        while (data.nextKey()) {
            if (data.is(Names.TYPE) && data.peek() == '"') {
                data.string();
                text = data.is(TEXT_DELTA);
            } else if (data.is(Names.TEXT)) {
                content |= say(data, bytes, !text);
            } else if (data.is(Names.THINKING)) {
                content |= say(data, bytes, true);
            } else if (data.is(Names.PARTIAL_JSON)) {
                notPlain();
                content = true;
                data.skip();
            } else if (data.is(Names.STOP_REASON)) {
                if (data.string()) {
                    finish(data.is(REFUSED));
                } else {
                    data.skip();
                }
            } else {
                data.skip();
            }
        }
        return content;
    }
}
