package io.ampacity.gateway.translation;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A protocol that chat is put into and taken out of. One a request, since a stream has state. */
interface Foreign {

    /** Its name, for messages. */
    String name();

    /** @throws io.ampacity.gateway.protocol.BadRequest when it has no word for something */
    ObjectNode request(ChatRequest chat, String model);

    /** One event of a stream. */
    void event(JsonNode event, ChatAnswer answer);

    /** A whole answer. */
    void document(JsonNode document, ChatAnswer answer);
}
