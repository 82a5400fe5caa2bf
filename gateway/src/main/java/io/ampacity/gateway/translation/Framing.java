package io.ampacity.gateway.translation;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** How a protocol cuts its stream into events. One a stream. */
interface Framing {

    /** The events that are whole with so many more bytes. */
    List<JsonNode> more(byte[] bytes);

    /** Whether bytes of an event were seen whose end was not. */
    boolean isInsideEvent();
}
