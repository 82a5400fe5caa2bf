package io.ampacity.emulator;

import org.jspecify.annotations.Nullable;

/** {@code /v1/messages} of Anthropic. */
final class MessagesDialect implements Dialect {

    private final String id;
    private final String model;
    private final Usage prompt;
    private boolean opened;
    private boolean thinking;
    private int block = -1;

    MessagesDialect(long number, String model, Usage prompt) {
        id = "msg_" + number;
        this.model = Json.quote(model);
        this.prompt = prompt;
    }

    private static String event(String type, String rest) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + rest + "}\n\n";
    }

    @Override
    public String head() {
        return event(
                "message_start",
                ",\"message\":{\"id\":\"" + id + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":" + model
                        + ",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":" + prompt.messages()
                        + "}");
    }

    private String open(boolean reasoning) {
        if (opened && thinking == reasoning) {
            return "";
        }
        String closed = close();
        opened = true;
        thinking = reasoning;
        block++;
        return closed
                + event(
                        "content_block_start",
                        ",\"index\":" + block + ",\"content_block\":"
                                + (reasoning
                                        ? "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"
                                        : "{\"type\":\"text\",\"text\":\"\"}"));
    }

    private String close() {
        if (!opened) {
            return "";
        }
        opened = false;
        return event("content_block_stop", ",\"index\":" + block);
    }

    @Override
    public String token(String word, boolean reasoning, @Nullable Usage usage) {
        return open(reasoning)
                + event(
                        "content_block_delta",
                        ",\"index\":" + block + ",\"delta\":"
                                + (reasoning
                                        ? "{\"type\":\"thinking_delta\",\"thinking\":"
                                        : "{\"type\":\"text_delta\",\"text\":")
                                + Json.quote(word) + "}");
    }

    @Override
    public String call(String tool, String arguments) {
        String closed = close();
        block++;
        opened = true;
        return closed
                + event(
                        "content_block_start",
                        ",\"index\":" + block
                                + ",\"content_block\":{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":"
                                + Json.quote(tool) + ",\"input\":{}}")
                + event(
                        "content_block_delta",
                        ",\"index\":" + block + ",\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":"
                                + Json.quote(arguments) + "}");
    }

    @Override
    public String finish(Reason reason, @Nullable Usage usage) {
        return close()
                + event(
                        "message_delta",
                        ",\"delta\":{\"stop_reason\":" + Json.quote(word(reason)) + ",\"stop_sequence\":null}"
                                + (usage == null ? "" : ",\"usage\":{\"output_tokens\":" + usage.output() + "}"));
    }

    private static String word(Reason reason) {
        return switch (reason) {
            case STOP -> "end_turn";
            case LENGTH -> "max_tokens";
            case FILTER -> "refusal";
            case TOOL -> "tool_use";
        };
    }

    @Override
    public String done() {
        return event("message_stop", "");
    }

    @Override
    public String error(String type, String message) {
        return event("error", ",\"error\":{\"type\":" + Json.quote(type) + ",\"message\":" + Json.quote(message) + "}");
    }

    @Override
    public String whole(String text, String reasoning, @Nullable String tool, Reason reason, @Nullable Usage usage) {
        StringBuilder content = new StringBuilder();
        if (!reasoning.isEmpty()) {
            content.append("{\"type\":\"thinking\",\"thinking\":")
                    .append(Json.quote(reasoning))
                    .append(",\"signature\":\"\"},");
        }
        content.append(
                tool == null
                        ? "{\"type\":\"text\",\"text\":" + Json.quote(text) + "}"
                        : "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":" + Json.quote(tool) + ",\"input\":"
                                + text + "}");
        return "{\"id\":\"" + id + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":" + model
                + ",\"content\":["
                + content + "],\"stop_reason\":" + Json.quote(word(reason)) + ",\"stop_sequence\":null"
                + (usage == null ? "" : ",\"usage\":" + usage.messages()) + "}";
    }
}
