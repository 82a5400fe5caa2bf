package io.ampacity.gateway.translation;

import io.ampacity.gateway.protocol.BadRequest;
import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.protocol.ErrorText;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Chat of OpenAI's protocol at an upstream of another. */
final class FromChat implements Translation {

    private final Foreign foreign;
    private final Framing framing;
    private final String streamType;
    private final ChatAnswer events = new ChatAnswer(true);

    FromChat(Foreign foreign, Framing framing, String streamType) {
        this.foreign = foreign;
        this.framing = framing;
        this.streamType = streamType;
    }

    @Override
    public Endpoint endpoint() {
        return Endpoint.MESSAGES;
    }

    @Override
    public byte[] request(byte[] body) {
        try {
            String model = JsonMapper.shared().readTree(body).path("model").asString("");
            return foreign.request(ChatRequest.of(body), model).toString().getBytes(StandardCharsets.UTF_8);
        } catch (JacksonException wrong) {
            throw notChat(wrong);
        }
    }

    @Override
    public boolean isStream(String contentType) {
        return contentType.startsWith(streamType);
    }

    @Override
    public HttpHeaders headers(HttpHeaders upstream, boolean stream) {
        return translated(upstream, stream);
    }

    static HttpHeaders translated(HttpHeaders upstream, boolean stream) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (var header : upstream) {
            String name = header.getKey().toLowerCase(java.util.Locale.ROOT);
            if (!name.startsWith("x-amz") && !name.startsWith("anthropic-") && !name.equals("content-type")) {
                headers.add(header.getKey(), header.getValue());
            }
        }
        return headers.set(HttpHeaderNames.CONTENT_TYPE, stream ? "text/event-stream" : "application/json");
    }

    @Override
    public byte[] stream(byte[] bytes) {
        try {
            for (JsonNode event : framing.more(bytes)) {
                foreign.event(event, events);
            }
        } catch (JacksonException odd) {
            throw new MalformedAnswer("an event holds what it may not: " + odd.getOriginalMessage());
        }
        return events.takeEvents().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] endOfStream() {
        // One that said why it ends is whole; others the watch will find to be cut.
        if (!framing.isInsideEvent()) {
            events.end();
        }
        return events.takeEvents().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] document(byte[] answer) {
        try {
            ChatAnswer whole = new ChatAnswer(false);
            foreign.document(JsonMapper.shared().readTree(answer), whole);
            return whole.document().toString().getBytes(StandardCharsets.UTF_8);
        } catch (JacksonException malformed) {
            throw new MalformedAnswer("the answer is no JSON, or holds what it may not");
        }
    }

    /** A value of a kind that may not stand where it stands. */
    static BadRequest notChat(JacksonException wrong) {
        return new BadRequest("the body holds a value of the wrong kind: " + wrong.getOriginalMessage());
    }

    @Override
    public byte[] error(byte[] answer, int status) {
        return error(Endpoint.CHAT, answer, status);
    }

    static byte[] error(Endpoint endpoint, byte[] answer, int status) {
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
        return ErrorText.document(endpoint, type, code, message).getBytes(StandardCharsets.UTF_8);
    }
}
