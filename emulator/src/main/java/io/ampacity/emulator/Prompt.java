package io.ampacity.emulator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a request asks for.
 *
 * @param text all words of the prompt, without those of the assistant at its end
 * @param prefix words of the assistant that the answer goes on from; empty for none
 * @param tokens of the prompt, prefix included
 * @param maximumTokens null when the request sets none
 * @param includeUsage whether a stream ends with its usage
 * @param continuousUsage whether every event of a stream has its usage
 * @param reasoningTokens thought before the answer
 * @param tool name of a tool the answer must call; null for none
 * @param arguments that the tool is called with
 * @param shaped the answer, when the request says what shape it must have; null when it is free
 */
record Prompt(
        String model,
        String text,
        String prefix,
        int tokens,
        @Nullable Integer maximumTokens,
        boolean stream,
        boolean includeUsage,
        boolean continuousUsage,
        int reasoningTokens,
        @Nullable String tool,
        String arguments,
        @Nullable String shaped) {

    static final int CHARACTERS_PER_TOKEN = 4;

    private static final String TOOL_ARGUMENTS = "{\"value\":\"emulated\"}";

    static Prompt of(JsonNode body) {
        StringBuilder text = new StringBuilder();
        String prefix = "";
        append(text, body.path("system"));
        append(text, body.path("instructions"));
        append(text, body.path("prompt"));
        append(text, body.path("input"));
        JsonNode messages = body.path("messages");
        for (int i = 0; i < messages.size(); i++) {
            JsonNode message = messages.get(i);
            if (i == messages.size() - 1 && message.path("role").asString("").equals("assistant")) {
                StringBuilder last = new StringBuilder();
                append(last, message.path("content"));
                prefix = last.toString();
            } else {
                append(text, message.path("content"));
            }
        }
        JsonNode options = body.path("stream_options");
        return new Prompt(
                body.path("model").asString(""),
                text.toString(),
                prefix,
                Math.max(1, tokens(text.length()) + words(prefix)),
                maximum(body),
                body.path("stream").asBoolean(false),
                options.path("include_usage").asBoolean(false),
                options.path("continuous_usage_stats").asBoolean(false),
                reasoning(body),
                tool(body),
                arguments(body),
                shaped(body));
    }

    private static String arguments(JsonNode body) {
        JsonNode first = body.path("tools").path(0);
        for (JsonNode schema : List.of(
                first.path("function").path("parameters"), first.path("parameters"), first.path("input_schema"))) {
            if (!schema.path("required").isEmpty()) {
                return Shape.valueOf(schema);
            }
        }
        return TOOL_ARGUMENTS;
    }

    private static @Nullable String shaped(JsonNode body) {
        JsonNode format = body.path("response_format").isObject()
                ? body.path("response_format")
                : body.path("text").path("format");
        return switch (format.path("type").asString("text")) {
            case "json_object" -> "{}";
            case "json_schema" ->
                Shape.valueOf(
                        format.path("json_schema").isObject()
                                ? format.path("json_schema").path("schema")
                                : format.path("schema"));
            default -> null;
        };
    }

    /** Words written by an emulator are one token each. */
    private static int words(String prefix) {
        return prefix.isBlank() ? 0 : prefix.strip().split(" ").length;
    }

    static int tokens(int characters) {
        return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    private static @Nullable Integer maximum(JsonNode body) {
        for (String key : new String[] {"max_completion_tokens", "max_tokens", "max_output_tokens"}) {
            if (body.path(key).isNumber()) {
                return Math.max(1, body.path(key).asInt());
            }
        }
        return null;
    }

    private static int reasoning(JsonNode body) {
        String effort = body.path("reasoning_effort")
                .asString(body.path("reasoning").path("effort").asString(""));
        return switch (effort) {
            case "low" -> 8;
            case "medium" -> 16;
            case "high" -> 32;
            default -> 0;
        };
    }

    private static @Nullable String tool(JsonNode body) {
        JsonNode first = body.path("tools").path(0);
        JsonNode choice = body.path("tool_choice");
        boolean must = choice.isObject() || choice.asString("").equals("required");
        if (!must || first.isMissingNode()) {
            return null;
        }
        return first.path("function").path("name").asString(first.path("name").asString("tool"));
    }

    private static void append(StringBuilder text, JsonNode content) {
        if (content.isString()) {
            text.append(content.asString());
        } else if (content.isArray()) {
            for (JsonNode part : content) {
                if (part.isString()) {
                    text.append(part.asString());
                } else {
                    append(text, part.path("text"));
                    append(text, part.path("content"));
                }
            }
        }
    }
}
