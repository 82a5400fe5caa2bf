package io.ampacity.gateway.translation;

import io.ampacity.gateway.protocol.Endpoint;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's messages at an upstream that speaks OpenAI's chat. */
final class FromMessages extends AbstractTranslation {

    private static final String OPENAI = "OpenAI's chat";

    private final MessageAnswer events = new MessageAnswer();

    FromMessages() {
        super(Endpoint.MESSAGES, new ServerSentEvents());
    }

    @Override
    public Endpoint endpoint() {
        return Endpoint.CHAT;
    }

    @Override
    ObjectNode asked(byte[] body) {
        return chat(JsonMapper.shared().readTree(body));
    }

    private static ObjectNode chat(JsonNode asked) {
        ObjectNode chat = ChatRequest.object();
        ArrayNode messages = chat.putArray("messages");
        JsonNode system = asked.path("system");
        if (!system.isMissingNode() && !system.isNull()) {
            messages.addObject().put("role", "system").put("content", plain(system, "system"));
        }
        for (Map.Entry<String, JsonNode> member : asked.properties()) {
            member(chat, messages, member.getKey(), member.getValue());
        }
        return chat;
    }

    private static void member(ObjectNode chat, ArrayNode messages, String name, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        switch (name) {
            case "system" -> {}
            case "model", "max_tokens", "temperature", "top_p", "top_k" -> chat.set(name, value);
            case "messages" -> value.forEach(message -> message(messages, message));
            case "stop_sequences" -> chat.set("stop", value);
            case "stream" -> {
                chat.set("stream", value);
                if (value.asBoolean(false)) {
                    chat.putObject("stream_options").put("include_usage", true);
                }
            }
            case "metadata" -> {
                for (String key : value.propertyNames()) {
                    if (!key.equals("user_id")) {
                        throw ChatRequest.unsaid("metadata." + key, OPENAI);
                    }
                }
                if (value.path("user_id").isString()) {
                    chat.set("user", value.path("user_id"));
                }
            }
            case "tools" -> {
                ArrayNode tools = chat.putArray("tools");
                value.forEach(tool -> tool(tools, tool));
            }
            case "tool_choice" -> toolChoice(chat, value);
            case "thinking" -> {
                if (!value.path("type").asString("").equals("disabled")) {
                    throw ChatRequest.unsaid("thinking", OPENAI);
                }
            }
            default -> throw ChatRequest.unsaid(name, OPENAI);
        }
    }

    private static void tool(ArrayNode tools, JsonNode tool) {
        for (String key : tool.propertyNames()) {
            if (!Set.of("name", "description", "input_schema", "type", "cache_control")
                            .contains(key)
                    || (key.equals("type") && !tool.path(key).asString("").equals("custom"))) {
                throw ChatRequest.unsaid("tools[]." + key, OPENAI);
            }
        }
        ObjectNode function = tools.addObject().put("type", "function").putObject("function");
        function.set("name", tool.path("name"));
        if (tool.path("description").isString()) {
            function.set("description", tool.path("description"));
        }
        function.set("parameters", tool.path("input_schema"));
    }

    private static void toolChoice(ObjectNode chat, JsonNode choice) {
        switch (choice.path("type").asString("")) {
            case "auto" -> chat.put("tool_choice", "auto");
            case "any" -> chat.put("tool_choice", "required");
            case "none" -> chat.put("tool_choice", "none");
            case "tool" -> {
                ObjectNode how = chat.putObject("tool_choice").put("type", "function");
                how.putObject("function").set("name", choice.path("name"));
            }
            default -> throw ChatRequest.unsaid("tool_choice", OPENAI);
        }
        if (choice.path("disable_parallel_tool_use").asBoolean(false)) {
            chat.put("parallel_tool_calls", false);
        }
    }

    private static void message(ArrayNode messages, JsonNode message) {
        JsonNode content = message.path("content");
        boolean assistant = message.path("role").asString("").equals("assistant");
        if (content.isString()) {
            messages.addObject().put("role", assistant ? "assistant" : "user").set("content", content);
            return;
        }
        ArrayNode parts = JsonMapper.shared().createArrayNode();
        ArrayNode calls = JsonMapper.shared().createArrayNode();
        for (JsonNode block : content) {
            switch (block.path("type").asString("")) {
                case "text" -> {
                    ObjectNode part = parts.addObject().put("type", "text");
                    part.set("text", block.path("text"));
                }
                case "image" ->
                    parts.addObject()
                            .put("type", "image_url")
                            .putObject("image_url")
                            .put("url", url(block.path("source")));
                case "tool_use" -> {
                    ObjectNode call = calls.addObject();
                    call.set("id", block.path("id"));
                    ObjectNode function = call.put("type", "function").putObject("function");
                    function.set("name", block.path("name"));
                    function.put("arguments", block.path("input").toString());
                }
                case "tool_result" -> {
                    ObjectNode result = messages.addObject().put("role", "tool");
                    result.set("tool_call_id", block.path("tool_use_id"));
                    result.put("content", plain(block.path("content"), "tool_result"));
                }
                default ->
                    throw ChatRequest.unsaid(
                            "a block of type " + block.path("type").asString(""), OPENAI);
            }
        }
        if (parts.isEmpty() && calls.isEmpty()) {
            return;
        }
        ObjectNode said = messages.addObject().put("role", assistant ? "assistant" : "user");
        if (assistant) {
            // Many servers take an assistant's words as one text only.
            said.put("content", parts.isEmpty() ? null : plain(parts, "assistant"));
        } else {
            said.set("content", parts);
        }
        if (!calls.isEmpty()) {
            said.set("tool_calls", calls);
        }
    }

    private static String url(JsonNode source) {
        return source.path("type").asString("").equals("url")
                ? source.path("url").asString("")
                : "data:" + source.path("media_type").asString("") + ";base64,"
                        + source.path("data").asString("");
    }

    private static String plain(JsonNode content, String where) {
        if (content.isString()) {
            return content.asString();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode block : content) {
            if (!block.path("type").asString("").equals("text")) {
                throw ChatRequest.unsaid("a block that is no text in " + where, OPENAI);
            }
            text.append(block.path("text").asString(""));
        }
        return text.toString();
    }

    @Override
    public boolean isStream(String contentType) {
        return contentType.startsWith(EVENTS);
    }

    @Override
    void event(JsonNode event) {
        events.chunk(event);
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
    ObjectNode answer(JsonNode chat) {
        JsonNode choice = chat.path("choices").path(0);
        if (!choice.isObject()) {
            throw new MalformedAnswer("the answer is none of OpenAI's chat");
        }
        ObjectNode message = ChatRequest.object();
        message.set("id", chat.path("id"));
        message.put("type", "message").put("role", "assistant");
        message.set("model", chat.path("model"));
        ArrayNode content = message.putArray("content");
        JsonNode said = choice.path("message");
        String reasoning =
                said.path("reasoning_content").asString(said.path("reasoning").asString(""));
        if (!reasoning.isEmpty()) {
            content.addObject()
                    .put("type", "thinking")
                    .put("thinking", reasoning)
                    .put("signature", "");
        }
        if (said.path("content").isString() && !said.path("content").asString().isEmpty()) {
            content.addObject().put("type", "text").set("text", said.path("content"));
        }
        for (JsonNode call : said.path("tool_calls")) {
            ObjectNode use = content.addObject().put("type", "tool_use");
            use.set("id", call.path("id"));
            use.set("name", call.path("function").path("name"));
            use.set("input", input(call.path("function").path("arguments").asString("")));
        }
        message.put(
                "stop_reason", MessageAnswer.reason(choice.path("finish_reason").asString("stop")));
        message.putNull("stop_sequence");
        message.set("usage", MessageAnswer.usage(chat.path("usage")));
        return message;
    }

    private static JsonNode input(String arguments) {
        try {
            return arguments.isBlank()
                    ? ChatRequest.object()
                    : JsonMapper.shared().readTree(arguments);
        } catch (JacksonException malformed) {
            throw new MalformedAnswer("the arguments of a tool call are no JSON");
        }
    }
}
