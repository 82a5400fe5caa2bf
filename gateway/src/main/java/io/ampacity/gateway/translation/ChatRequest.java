package io.ampacity.gateway.translation;

import io.ampacity.gateway.protocol.BadRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat request of OpenAI's protocol, taken apart so that it can be said in another. Everything in it is either here or
 * refused by name.
 *
 * @param system what the system and the developer say
 * @param tools as they stand under {@code function}
 * @param toolChoice {@code auto}, {@code none}, {@code required}, or the name of a function behind a colon; empty for none
 * @param shape JSON schema of the answer; null when it is free
 * @param json whether the answer shall be JSON, of whatever shape
 * @param more members that the other protocol may know by the same name
 */
record ChatRequest(
        List<String> system,
        List<Turn> turns,
        List<JsonNode> tools,
        String toolChoice,
        boolean parallelTools,
        @Nullable Long maxTokens,
        @Nullable JsonNode temperature,
        @Nullable JsonNode topP,
        List<String> stop,
        boolean stream,
        @Nullable JsonNode shape,
        boolean json,
        @Nullable String user,
        Map<String, JsonNode> more) {

    private static final Set<String> WITHOUT_EFFECT = Set.of("model", "stream_options");
    private static final Set<String> MAYBE = Set.of(
            "top_k", "thinking", "seed", "presence_penalty", "frequency_penalty", "reasoning_effort", "service_tier");

    /** What one side says in a row. */
    record Turn(boolean assistant, List<Part> parts) {}

    /** A piece of what is said. */
    sealed interface Part {}

    record Text(String text) implements Part {}

    /** A picture: either its bytes in base 64 with their type, or an address. */
    record Picture(String type, String base64, String address) implements Part {}

    record ToolCall(String id, String name, JsonNode input) implements Part {}

    record ToolResult(String id, String name, String text) implements Part {}

    static ChatRequest of(byte[] body) {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(body);
        } catch (JacksonException malformed) {
            throw new BadRequest("the body is not valid JSON");
        }
        return new Reading().read(root);
    }

    /** Refuses members that the other protocol has no word for. */
    void refuse(String protocol, Set<String> known) {
        for (String name : more.keySet()) {
            if (!known.contains(name)) {
                throw unsaid(name, protocol);
            }
        }
    }

    static BadRequest unsaid(String what, String protocol) {
        return new BadRequest("\"" + what + "\" cannot be said in the protocol of the upstream, " + protocol
                + ". Maybe leave it out, or ask a model whose upstreams speak OpenAI's protocol");
    }

    /** Takes one request apart. */
    private static final class Reading {
        private final List<String> system = new ArrayList<>();
        private final List<Turn> turns = new ArrayList<>();
        private final List<JsonNode> tools = new ArrayList<>();
        private final List<String> stop = new ArrayList<>();
        private final Map<String, JsonNode> more = new HashMap<>();
        private final Map<String, String> callNames = new HashMap<>();
        private String toolChoice = "";
        private boolean parallelTools = true;
        private @Nullable Long maxTokens;
        private @Nullable JsonNode temperature;
        private @Nullable JsonNode topP;
        private boolean stream;
        private @Nullable JsonNode shape;
        private boolean json;
        private @Nullable String user;

        ChatRequest read(JsonNode root) {
            for (Map.Entry<String, JsonNode> member : root.properties()) {
                JsonNode value = member.getValue();
                if (!value.isNull() && !WITHOUT_EFFECT.contains(member.getKey())) {
                    member(member.getKey(), value);
                }
            }
            return new ChatRequest(
                    system,
                    turns,
                    tools,
                    toolChoice,
                    parallelTools,
                    maxTokens,
                    temperature,
                    topP,
                    stop,
                    stream,
                    shape,
                    json,
                    user,
                    more);
        }

        private void member(String name, JsonNode value) {
            switch (name) {
                case "messages" -> value.forEach(this::message);
                case "max_tokens", "max_completion_tokens" -> maxTokens = value.asLong();
                case "temperature" -> temperature = value;
                case "top_p" -> topP = value;
                case "stream" -> stream = value.asBoolean(false);
                case "stop" -> {
                    if (value.isArray()) {
                        value.forEach(word -> stop.add(word.asString()));
                    } else {
                        stop.add(value.asString());
                    }
                }
                case "tools" -> value.forEach(this::tool);
                case "tool_choice" ->
                    toolChoice = value.isString()
                            ? value.asString()
                            : ":" + value.path("function").path("name").asString("");
                case "parallel_tool_calls" -> parallelTools = value.asBoolean(true);
                case "user" -> user = value.asString();
                case "n" -> must(value.asInt(1) == 1, "n above 1");
                case "logprobs" -> must(!value.asBoolean(false), "logprobs");
                case "store" -> must(!value.asBoolean(false), "store");
                case "response_format" -> format(value);
                default -> {
                    if (!MAYBE.contains(name)) {
                        throw unsaid(name, "which is not OpenAI's");
                    }
                    more.put(name, value);
                }
            }
        }

        private static void must(boolean sayable, String what) {
            if (!sayable) {
                throw unsaid(what, "which is not OpenAI's");
            }
        }

        private void format(JsonNode value) {
            switch (value.path("type").asString("")) {
                case "text" -> json = false;
                case "json_object" -> json = true;
                case "json_schema" -> shape = value.path("json_schema").path("schema");
                default -> must(false, "response_format");
            }
        }

        private void tool(JsonNode tool) {
            must(tool.path("type").asString("function").equals("function"), "a tool that is no function");
            tools.add(tool.path("function"));
        }

        private void message(JsonNode message) {
            for (String name : message.propertyNames()) {
                must(
                        Set.of("role", "content", "tool_calls", "tool_call_id").contains(name)
                                || message.path(name).isNull(),
                        "messages[]." + name);
            }
            switch (message.path("role").asString("")) {
                case "system", "developer" -> system.add(plain(message.path("content")));
                case "user" -> say(false, parts(message.path("content")));
                case "assistant" -> {
                    List<Part> parts = parts(message.path("content"));
                    message.path("tool_calls").forEach(call -> parts.add(call(call)));
                    say(true, parts);
                }
                case "tool" -> {
                    String id = message.path("tool_call_id").asString("");
                    say(
                            false,
                            List.of(new ToolResult(
                                    id, callNames.getOrDefault(id, id), plain(message.path("content")))));
                }
                default -> must(false, "messages[].role");
            }
        }

        /** What one side says twice in a row is one turn, since other protocols want sides to alternate. */
        private void say(boolean assistant, List<Part> parts) {
            if (!turns.isEmpty() && turns.getLast().assistant() == assistant) {
                turns.getLast().parts().addAll(parts);
            } else {
                turns.add(new Turn(assistant, new ArrayList<>(parts)));
            }
        }

        private Part call(JsonNode call) {
            String id = call.path("id").asString("");
            String name = call.path("function").path("name").asString("");
            callNames.put(id, name);
            String arguments = call.path("function").path("arguments").asString("");
            try {
                return new ToolCall(
                        id,
                        name,
                        arguments.isBlank()
                                ? JsonMapper.shared().createObjectNode()
                                : JsonMapper.shared().readTree(arguments));
            } catch (JacksonException malformed) {
                throw new BadRequest("the arguments of tool call \"" + id + "\" are not valid JSON");
            }
        }

        private static String plain(JsonNode content) {
            if (content.isString()) {
                return content.asString();
            }
            StringBuilder text = new StringBuilder();
            for (JsonNode part : content) {
                must(part.path("type").asString("").equals("text"), "a part that is no text here");
                text.append(part.path("text").asString(""));
            }
            return text.toString();
        }

        private static List<Part> parts(JsonNode content) {
            List<Part> parts = new ArrayList<>();
            if (content.isString()) {
                parts.add(new Text(content.asString()));
                return parts;
            }
            for (JsonNode part : content) {
                switch (part.path("type").asString("")) {
                    case "text" -> parts.add(new Text(part.path("text").asString("")));
                    case "image_url" ->
                        parts.add(picture(part.path("image_url").path("url").asString("")));
                    default -> must(false, "a part of type " + part.path("type").asString(""));
                }
            }
            return parts;
        }

        private static Part picture(String url) {
            if (!url.startsWith("data:")) {
                return new Picture("", "", url);
            }
            int semicolon = url.indexOf(';');
            int comma = url.indexOf(',');
            must(semicolon > 0 && comma > semicolon, "a picture that is not in base 64");
            return new Picture(url.substring(5, semicolon), url.substring(comma + 1), "");
        }
    }

    /** An object under construction. */
    static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }
}
