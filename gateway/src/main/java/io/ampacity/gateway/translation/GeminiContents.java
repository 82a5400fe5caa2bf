package io.ampacity.gateway.translation;

import io.ampacity.gateway.translation.ChatRequest.Picture;
import io.ampacity.gateway.translation.ChatRequest.Text;
import io.ampacity.gateway.translation.ChatRequest.ToolCall;
import io.ampacity.gateway.translation.ChatRequest.ToolResult;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Chat in Google's generateContent. */
final class GeminiContents implements Foreign {

    @Override
    public String name() {
        return "Google's generateContent";
    }

    @Override
    public ObjectNode request(ChatRequest chat, String model) {
        chat.refuse(name(), Set.of("top_k", "seed", "presence_penalty", "frequency_penalty"));
        if (!chat.parallelTools()) {
            throw ChatRequest.unsaid("parallel_tool_calls: false", name());
        }
        if (chat.user() != null) {
            throw ChatRequest.unsaid("user", name());
        }
        ObjectNode body = ChatRequest.object();
        if (!chat.system().isEmpty()) {
            body.putObject("systemInstruction")
                    .putArray("parts")
                    .addObject()
                    .put("text", String.join("\n\n", chat.system()));
        }
        ArrayNode contents = body.putArray("contents");
        for (ChatRequest.Turn turn : chat.turns()) {
            ArrayNode parts = contents.addObject()
                    .put("role", turn.assistant() ? "model" : "user")
                    .putArray("parts");
            turn.parts().forEach(part -> part(parts, part));
        }
        ObjectNode how = ChatRequest.object();
        if (chat.temperature() != null) {
            how.set("temperature", chat.temperature());
        }
        if (chat.topP() != null) {
            how.set("topP", chat.topP());
        }
        if (chat.maxTokens() != null) {
            how.put("maxOutputTokens", chat.maxTokens());
        }
        if (!chat.stop().isEmpty()) {
            chat.stop().forEach(how.putArray("stopSequences")::add);
        }
        chat.more().forEach((name, value) -> how.set(camel(name), value));
        if (chat.json() || chat.shape() != null) {
            how.put("responseMimeType", "application/json");
        }
        if (chat.shape() != null) {
            how.set("responseJsonSchema", chat.shape());
        }
        if (!how.isEmpty()) {
            body.set("generationConfig", how);
        }
        tools(body, chat);
        return body;
    }

    private static String camel(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_")) {
            camel.append(camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return camel.toString();
    }

    private static void part(ArrayNode parts, ChatRequest.Part part) {
        switch (part) {
            case Text text -> parts.addObject().put("text", text.text());
            case Picture picture -> {
                if (picture.address().isEmpty()) {
                    parts.addObject()
                            .putObject("inlineData")
                            .put("mimeType", picture.type())
                            .put("data", picture.base64());
                } else {
                    parts.addObject().putObject("fileData").put("fileUri", picture.address());
                }
            }
            case ToolCall call -> {
                ObjectNode function =
                        parts.addObject().putObject("functionCall").put("name", call.name());
                function.set("args", call.input());
            }
            case ToolResult result ->
                parts.addObject()
                        .putObject("functionResponse")
                        .put("name", result.name())
                        .putObject("response")
                        .put("result", result.text());
        }
    }

    private static void tools(ObjectNode body, ChatRequest chat) {
        if (!chat.tools().isEmpty()) {
            ArrayNode functions = body.putArray("tools").addObject().putArray("functionDeclarations");
            for (JsonNode function : chat.tools()) {
                ObjectNode one =
                        functions.addObject().put("name", function.path("name").asString(""));
                if (function.path("description").isString()) {
                    one.put("description", function.path("description").asString());
                }
                if (function.path("parameters").isObject()) {
                    one.set("parametersJsonSchema", function.path("parameters"));
                }
            }
        }
        String choice = chat.toolChoice();
        if (!choice.isEmpty()) {
            ObjectNode how = body.putObject("toolConfig").putObject("functionCallingConfig");
            switch (choice) {
                case "auto" -> how.put("mode", "AUTO");
                case "none" -> how.put("mode", "NONE");
                case "required" -> how.put("mode", "ANY");
                default ->
                    how.put("mode", "ANY").putArray("allowedFunctionNames").add(choice.substring(1));
            }
        }
    }

    @Override
    public void event(JsonNode event, ChatAnswer answer) {
        JsonNode error = event.path("error");
        if (error.isObject()) {
            answer.error(
                    error.path("status").asString("error"),
                    error.path("message").asString(""));
            return;
        }
        answer.begin(
                event.path("responseId").asString(""),
                event.path("modelVersion").asString(""));
        JsonNode candidate = event.path("candidates").path(0);
        for (JsonNode part : candidate.path("content").path("parts")) {
            JsonNode call = part.path("functionCall");
            if (call.isObject()) {
                answer.call(
                        call.path("id").asString("call_" + answer.calls()),
                        call.path("name").asString(""));
                answer.arguments(
                        call.path("args").isObject() ? call.path("args").toString() : "{}");
            } else if (part.path("thought").asBoolean(false)) {
                answer.reasoning(part.path("text").asString(""));
            } else {
                answer.text(part.path("text").asString(""));
            }
        }
        JsonNode usage = event.path("usageMetadata");
        if (usage.isObject()) {
            long thoughts = usage.path("thoughtsTokenCount").asLong(-1);
            long candidates = usage.path("candidatesTokenCount").asLong(-1);
            answer.usage(
                    usage.path("promptTokenCount").asLong(-1),
                    candidates < 0 ? -1 : candidates + Math.max(0, thoughts),
                    usage.path("cachedContentTokenCount").asLong(-1),
                    -1,
                    thoughts);
        }
        JsonNode blocked = event.path("promptFeedback").path("blockReason");
        JsonNode reason = candidate.path("finishReason");
        if (blocked.isString()) {
            answer.finish("content_filter");
        } else if (reason.isString()) {
            answer.finish(
                    switch (reason.asString()) {
                        case "MAX_TOKENS" -> "length";
                        case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY" ->
                            "content_filter";
                        default -> answer.hasCalls() ? "tool_calls" : "stop";
                    });
        }
    }

    @Override
    public void document(JsonNode document, ChatAnswer answer) {
        if (!document.path("candidates").isArray()
                && !document.path("promptFeedback").isObject()) {
            throw new MalformedAnswer("the answer is none of Google's generateContent");
        }
        event(document, answer);
    }
}
