package io.ampacity.gateway.translation;

import io.ampacity.gateway.protocol.BadRequest;
import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.protocol.ErrorText;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What all translations share: JSON in and out, headers that stay, and errors in the words of the client's protocol. */
abstract class AbstractTranslation implements Translation {

    private final Endpoint client;
    private final Framing framing;

    /** @param client what the client asked, in whose protocol it is answered */
    AbstractTranslation(Endpoint client, Framing framing) {
        this.client = client;
        this.framing = framing;
    }

    /** What the upstream is asked. */
    abstract ObjectNode asked(byte[] body);

    /** One event of the upstream's stream. */
    abstract void event(JsonNode event);

    /** The upstream's stream ended where it may. */
    abstract void end();

    /** What the client is told since the last time. */
    abstract String takeEvents();

    /** A whole answer in the client's protocol. */
    abstract ObjectNode answer(JsonNode document);

    @Override
    public final byte[] request(byte[] body) {
        try {
            return bytes(asked(body).toString());
        } catch (JacksonException wrong) {
            throw new BadRequest("the body holds a value of the wrong kind: " + wrong.getOriginalMessage());
        }
    }

    @Override
    public final HttpHeaders headers(HttpHeaders upstream, boolean stream) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (var header : upstream) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!name.startsWith("x-amz") && !name.startsWith("anthropic-") && !name.equals("content-type")) {
                headers.add(header.getKey(), header.getValue());
            }
        }
        return headers.set(HttpHeaderNames.CONTENT_TYPE, stream ? EVENTS : "application/json");
    }

    @Override
    public final byte[] stream(byte[] bytes) {
        try {
            for (JsonNode event : framing.more(bytes)) {
                event(event);
            }
        } catch (JacksonException odd) {
            throw new MalformedAnswer("an event holds what it may not: " + odd.getOriginalMessage());
        }
        return bytes(takeEvents());
    }

    @Override
    public final byte[] endOfStream() {
        // One that said why it ends is whole; others the watch will find to be cut.
        if (!framing.isInsideEvent()) {
            end();
        }
        return bytes(takeEvents());
    }

    @Override
    public final byte[] document(byte[] answer) {
        try {
            return bytes(answer(JsonMapper.shared().readTree(answer)).toString());
        } catch (JacksonException malformed) {
            throw new MalformedAnswer("the answer is no JSON, or holds what it may not");
        }
    }

    @Override
    public final byte[] error(byte[] answer, int status) {
        String message = "the upstream answered " + status;
        String code = "upstream_" + status;
        try {
            JsonNode root = JsonMapper.shared().readTree(answer);
            JsonNode error = root.path("error").isObject() ? root.path("error") : root;
            message = error.path("message").asString(error.path("Message").asString(message));
            code = error.path("code").isString()
                    ? error.path("code").asString()
                    : error.path("type").asString(error.path("status").asString(code));
        } catch (JacksonException malformed) {
            // It says nothing that could be passed on.
        }
        String type = status == 429
                ? "rate_limit_error"
                : status >= 400 && status < 500 ? "invalid_request_error" : "api_error";
        return bytes(ErrorText.document(client, type, code, message));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
