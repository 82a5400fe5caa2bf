package io.ampacity.gateway.translation;

import io.ampacity.gateway.translation.ChatRequest.Picture;
import io.ampacity.gateway.translation.ChatRequest.Text;
import io.ampacity.gateway.translation.ChatRequest.ToolCall;
import io.ampacity.gateway.translation.ChatRequest.ToolResult;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Chat in Anthropic's messages. */
final class AnthropicMessages implements Foreign {

    private static final long USUAL_OUTPUT = 4096;

    private long input = -1;
    private long cacheRead = -1;
    private long cacheWrite = -1;
    private long output = -1;

    @Override
    public String name() {
        return "Anthropic's messages";
    }

    @Override
    public ObjectNode request(ChatRequest chat, String model) {
        chat.refuse(name(), Set.of("top_k", "thinking", "service_tier"));
        if (chat.shape() != null || chat.json()) {
            throw ChatRequest.unsaid("response_format", name());
        }
        ObjectNode body = ChatRequest.object().put("model", model);
        body.put("max_tokens", chat.maxTokens() == null ? USUAL_OUTPUT : chat.maxTokens());
        if (!chat.system().isEmpty()) {
            body.put("system", String.join("\n\n", chat.system()));
        }
        ArrayNode messages = body.putArray("messages");
        for (ChatRequest.Turn turn : chat.turns()) {
            ArrayNode content = messages.addObject()
                    .put("role", turn.assistant() ? "assistant" : "user")
                    .putArray("content");
            turn.parts().forEach(part -> part(content, part));
        }
        if (chat.temperature() != null) {
            body.set("temperature", chat.temperature());
        }
        if (chat.topP() != null) {
            body.set("top_p", chat.topP());
        }
        if (!chat.stop().isEmpty()) {
            chat.stop().forEach(body.putArray("stop_sequences")::add);
        }
        if (chat.stream()) {
            body.put("stream", true);
        }
        if (chat.user() != null) {
            body.putObject("metadata").put("user_id", chat.user());
        }
        tools(body, chat);
        chat.more().forEach(body::set);
        return body;
    }

    private static void part(ArrayNode content, ChatRequest.Part part) {
        switch (part) {
            case Text text -> {
                // Empty texts are refused there, and say nothing here.
                if (!text.text().isEmpty()) {
                    content.addObject().put("type", "text").put("text", text.text());
                }
            }
            case Picture picture -> {
                ObjectNode source = content.addObject().put("type", "image").putObject("source");
                if (picture.address().isEmpty()) {
                    source.put("type", "base64")
                            .put("media_type", picture.type())
                            .put("data", picture.base64());
                } else {
                    source.put("type", "url").put("url", picture.address());
                }
            }
            case ToolCall call -> {
                ObjectNode use = content.addObject();
                use.put("type", "tool_use").put("id", call.id()).put("name", call.name());
                use.set("input", call.input());
            }
            case ToolResult result ->
                content.addObject()
                        .put("type", "tool_result")
                        .put("tool_use_id", result.id())
                        .put("content", result.text());
        }
    }

    private static void tools(ObjectNode body, ChatRequest chat) {
        if (!chat.tools().isEmpty()) {
            ArrayNode tools = body.putArray("tools");
            for (JsonNode function : chat.tools()) {
                ObjectNode tool =
                        tools.addObject().put("name", function.path("name").asString(""));
                if (function.path("description").isString()) {
                    tool.put("description", function.path("description").asString());
                }
                if (function.path("parameters").isObject()) {
                    tool.set("input_schema", function.path("parameters"));
                } else {
                    tool.putObject("input_schema").put("type", "object");
                }
            }
        }
        String choice = chat.toolChoice();
        if (!choice.isEmpty() || (!chat.parallelTools() && !chat.tools().isEmpty())) {
            ObjectNode how = body.putObject("tool_choice");
            switch (choice) {
                case "", "auto" -> how.put("type", "auto");
                case "none" -> how.put("type", "none");
                case "required" -> how.put("type", "any");
                default -> how.put("type", "tool").put("name", choice.substring(1));
            }
            if (!chat.parallelTools()) {
                how.put("disable_parallel_tool_use", true);
            }
        }
    }

    @Override
    public void event(JsonNode event, ChatAnswer answer) {
        switch (event.path("type").asString("")) {
            case "message_start" -> {
                JsonNode message = event.path("message");
                usage(message.path("usage"));
                answer.begin(
                        message.path("id").asString(""), message.path("model").asString(""));
            }
            case "content_block_start" -> blockBegins(event.path("content_block"), answer);
            case "content_block_delta" -> {
                JsonNode delta = event.path("delta");
                switch (delta.path("type").asString("")) {
                    case "text_delta" -> answer.text(delta.path("text").asString(""));
                    case "thinking_delta" ->
                        answer.reasoning(delta.path("thinking").asString(""));
                    case "input_json_delta" ->
                        answer.arguments(delta.path("partial_json").asString(""));
                    default -> {}
                }
            }
            case "message_delta" -> {
                usage(event.path("usage"));
                JsonNode reason = event.path("delta").path("stop_reason");
                if (reason.isString()) {
                    answer.finish(reason(reason.asString()));
                }
            }
            case "message_stop" -> {
                tellUsage(answer);
                answer.end();
            }
            case "error" ->
                answer.error(
                        event.path("error").path("type").asString("error"),
                        event.path("error").path("message").asString("the upstream told of an error"));
            default -> {}
        }
    }

    private static void blockBegins(JsonNode block, ChatAnswer answer) {
        switch (block.path("type").asString("")) {
            case "text" -> answer.text(block.path("text").asString(""));
            case "thinking" -> answer.reasoning(block.path("thinking").asString(""));
            case "tool_use" ->
                answer.call(block.path("id").asString(""), block.path("name").asString(""));
            default -> {}
        }
    }

    private void usage(JsonNode usage) {
        input = usage.path("input_tokens").asLong(input);
        output = usage.path("output_tokens").asLong(output);
        cacheRead = usage.path("cache_read_input_tokens").asLong(cacheRead);
        cacheWrite = usage.path("cache_creation_input_tokens").asLong(cacheWrite);
    }

    private void tellUsage(ChatAnswer answer) {
        if (input >= 0 || output >= 0) {
            answer.usage(
                    input < 0 ? -1 : input + Math.max(0, cacheRead) + Math.max(0, cacheWrite),
                    output,
                    cacheRead,
                    cacheWrite,
                    -1);
        }
    }

    private static String reason(String anthropic) {
        return switch (anthropic) {
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> "tool_calls";
            case "refusal" -> "content_filter";
            default -> "stop";
        };
    }

    @Override
    public void document(JsonNode document, ChatAnswer answer) {
        if (!document.path("content").isArray()) {
            throw new MalformedAnswer("the answer is none of Anthropic's messages");
        }
        answer.begin(document.path("id").asString(""), document.path("model").asString(""));
        for (JsonNode block : document.path("content")) {
            blockBegins(block, answer);
            if (block.path("type").asString("").equals("tool_use")) {
                answer.arguments(block.path("input").toString());
            }
        }
        usage(document.path("usage"));
        tellUsage(answer);
        answer.finish(reason(document.path("stop_reason").asString("")));
    }
}
