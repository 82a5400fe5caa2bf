package io.ampacity.gateway.translation;

import io.ampacity.gateway.protocol.Endpoint;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Chat of OpenAI's protocol at an upstream of another. */
final class FromChat extends AbstractTranslation {

    private final Foreign foreign;
    private final String streamType;
    private final ChatAnswer events = new ChatAnswer(true);

    FromChat(Foreign foreign, Framing framing, String streamType) {
        super(Endpoint.CHAT, framing);
        this.foreign = foreign;
        this.streamType = streamType;
    }

    @Override
    public Endpoint endpoint() {
        return Endpoint.MESSAGES;
    }

    @Override
    public boolean isStream(String contentType) {
        return contentType.startsWith(streamType);
    }

    @Override
    ObjectNode asked(byte[] body) {
        String model = JsonMapper.shared().readTree(body).path("model").asString("");
        return foreign.request(ChatRequest.of(body), model);
    }

    @Override
    void event(JsonNode event) {
        foreign.event(event, events);
    }

    @Override
    void end() {
        events.end();
    }

    @Override
    String takeEvents() {
        return events.takeEvents();
    }

    @Override
    ObjectNode answer(JsonNode document) {
        ChatAnswer whole = new ChatAnswer(false);
        foreign.document(document, whole);
        return whole.document();
    }
}
