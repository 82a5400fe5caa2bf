package io.ampacity.gateway.translation;

import io.ampacity.gateway.translation.ChatRequest.Picture;
import io.ampacity.gateway.translation.ChatRequest.Text;
import io.ampacity.gateway.translation.ChatRequest.ToolCall;
import io.ampacity.gateway.translation.ChatRequest.ToolResult;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Chat in Amazon Bedrock's Converse. */
final class BedrockConverse implements Foreign {

    @Override
    public String name() {
        return "Bedrock's Converse";
    }

    @Override
    public ObjectNode request(ChatRequest chat, String model) {
        chat.refuse(name(), Set.of());
        if (chat.shape() != null || chat.json()) {
            throw ChatRequest.unsaid("response_format", name());
        }
        if (chat.user() != null) {
            throw ChatRequest.unsaid("user", name());
        }
        if (!chat.parallelTools()) {
            throw ChatRequest.unsaid("parallel_tool_calls: false", name());
        }
        ObjectNode body = ChatRequest.object();
        if (!chat.system().isEmpty()) {
            body.putArray("system").addObject().put("text", String.join("\n\n", chat.system()));
        }
        ArrayNode messages = body.putArray("messages");
        for (ChatRequest.Turn turn : chat.turns()) {
            ArrayNode content = messages.addObject()
                    .put("role", turn.assistant() ? "assistant" : "user")
                    .putArray("content");
            turn.parts().forEach(part -> part(content, part));
        }
        ObjectNode how = ChatRequest.object();
        if (chat.maxTokens() != null) {
            how.put("maxTokens", chat.maxTokens());
        }
        if (chat.temperature() != null) {
            how.set("temperature", chat.temperature());
        }
        if (chat.topP() != null) {
            how.set("topP", chat.topP());
        }
        if (!chat.stop().isEmpty()) {
            chat.stop().forEach(how.putArray("stopSequences")::add);
        }
        if (!how.isEmpty()) {
            body.set("inferenceConfig", how);
        }
        tools(body, chat);
        return body;
    }

    private void part(ArrayNode content, ChatRequest.Part part) {
        switch (part) {
            case Text text -> content.addObject().put("text", text.text());
            case Picture picture -> {
                if (picture.base64().isEmpty()) {
                    throw ChatRequest.unsaid("a picture at an address", name());
                }
                content.addObject()
                        .putObject("image")
                        .put("format", picture.type().replace("image/", ""))
                        .putObject("source")
                        .put("bytes", picture.base64());
            }
            case ToolCall call -> {
                ObjectNode use = content.addObject().putObject("toolUse");
                use.put("toolUseId", call.id()).put("name", call.name());
                use.set("input", call.input());
            }
            case ToolResult result ->
                content.addObject()
                        .putObject("toolResult")
                        .put("toolUseId", result.id())
                        .putArray("content")
                        .addObject()
                        .put("text", result.text());
        }
    }

    private void tools(ObjectNode body, ChatRequest chat) {
        if (chat.tools().isEmpty() || chat.toolChoice().equals("none")) {
            if (!chat.tools().isEmpty()) {
                throw ChatRequest.unsaid("tool_choice: none", name());
            }
            return;
        }
        ObjectNode config = body.putObject("toolConfig");
        ArrayNode tools = config.putArray("tools");
        for (JsonNode function : chat.tools()) {
            ObjectNode tool = tools.addObject()
                    .putObject("toolSpec")
                    .put("name", function.path("name").asString(""));
            if (function.path("description").isString()) {
                tool.put("description", function.path("description").asString());
            }
            ObjectNode schema = tool.putObject("inputSchema");
            if (function.path("parameters").isObject()) {
                schema.set("json", function.path("parameters"));
            } else {
                schema.putObject("json").put("type", "object");
            }
        }
        switch (chat.toolChoice()) {
            case "", "auto" -> {}
            case "required" -> config.putObject("toolChoice").putObject("any");
            default ->
                config.putObject("toolChoice")
                        .putObject("tool")
                        .put("name", chat.toolChoice().substring(1));
        }
    }

    @Override
    public void event(JsonNode event, ChatAnswer answer) {
        switch (event.path("type").asString("")) {
            case "messageStart" -> answer.begin("", "");
            case "contentBlockStart" -> {
                JsonNode use = event.path("start").path("toolUse");
                if (use.isObject()) {
                    answer.call(
                            use.path("toolUseId").asString(""), use.path("name").asString(""));
                }
            }
            case "contentBlockDelta" -> {
                JsonNode delta = event.path("delta");
                if (delta.path("text").isString()) {
                    answer.text(delta.path("text").asString());
                } else if (delta.path("toolUse").isObject()) {
                    answer.arguments(delta.path("toolUse").path("input").asString(""));
                } else if (delta.path("reasoningContent").path("text").isString()) {
                    answer.reasoning(delta.path("reasoningContent").path("text").asString());
                }
            }
            case "messageStop" -> answer.finish(reason(event.path("stopReason").asString("")));
            case "metadata" -> {
                usage(event.path("usage"), answer);
                answer.end();
            }
            case "contentBlockStop" -> {}
            default -> {
                if (event.path("type").asString("").endsWith("Exception")) {
                    answer.error(
                            event.path("type").asString(), event.path("message").asString(""));
                }
            }
        }
    }

    private static void usage(JsonNode usage, ChatAnswer answer) {
        long read = usage.path("cacheReadInputTokens").asLong(-1);
        long written = usage.path("cacheWriteInputTokens").asLong(-1);
        long input = usage.path("inputTokens").asLong(-1);
        answer.usage(
                input < 0 ? -1 : input + Math.max(0, read) + Math.max(0, written),
                usage.path("outputTokens").asLong(-1),
                read,
                written,
                -1);
    }

    private static String reason(String bedrock) {
        return switch (bedrock) {
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> "tool_calls";
            case "guardrail_intervened", "content_filtered" -> "content_filter";
            default -> "stop";
        };
    }

    @Override
    public void document(JsonNode document, ChatAnswer answer) {
        JsonNode content = document.path("output").path("message").path("content");
        if (!content.isArray()) {
            throw new MalformedAnswer("the answer is none of Bedrock's Converse");
        }
        answer.begin("", "");
        for (JsonNode block : content) {
            JsonNode use = block.path("toolUse");
            if (block.path("text").isString()) {
                answer.text(block.path("text").asString());
            } else if (use.isObject()) {
                answer.call(use.path("toolUseId").asString(""), use.path("name").asString(""));
                answer.arguments(use.path("input").toString());
            } else if (block.path("reasoningContent").isObject()) {
                answer.reasoning(block.path("reasoningContent")
                        .path("reasoningText")
                        .path("text")
                        .asString(""));
            }
        }
        usage(document.path("usage"), answer);
        answer.finish(reason(document.path("stopReason").asString("")));
    }
}
