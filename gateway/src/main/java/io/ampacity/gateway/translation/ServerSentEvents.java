package io.ampacity.gateway.translation;

import io.ampacity.gateway.protocol.EventSplitter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Events of {@code text/event-stream}. OpenAI's mark at the end is an event of type {@code [DONE]}. */
final class ServerSentEvents implements Framing {

    private static final int LARGEST = 16 << 20;

    private final EventSplitter splitter = new EventSplitter();
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    @Override
    public List<JsonNode> more(byte[] bytes) {
        List<JsonNode> events = new ArrayList<>();
        int from = 0;
        int end = splitter.nextEnd(bytes, 0, bytes.length);
        while (end >= 0) {
            begun.write(bytes, from, end - from);
            add(begun.toString(StandardCharsets.UTF_8), events);
            begun.reset();
            from = end;
            end = splitter.nextEnd(bytes, end, bytes.length);
        }
        begun.write(bytes, from, bytes.length - from);
        if (begun.size() > LARGEST) {
            throw new MalformedAnswer("an event is larger than " + LARGEST + " bytes");
        }
        return events;
    }

    private static void add(String event, List<JsonNode> events) {
        StringBuilder data = new StringBuilder();
        event.lines()
                .filter(line -> line.startsWith("data:"))
                .forEach(line -> data.append(data.isEmpty() ? "" : "\n")
                        .append(line.startsWith("data: ") ? line.substring(6) : line.substring(5)));
        String text = data.toString();
        if (text.isBlank()) {
            return;
        }
        if (text.equals("[DONE]")) {
            events.add(ChatRequest.object().put("type", text));
            return;
        }
        try {
            events.add(JsonMapper.shared().readTree(text));
        } catch (JacksonException malformed) {
            throw new MalformedAnswer("an event is no JSON");
        }
    }

    @Override
    public boolean isInsideEvent() {
        return splitter.isInsideEvent();
    }
}
