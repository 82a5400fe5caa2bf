package io.ampacity.gateway.translation;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Chunks of OpenAI's chat said as events of Anthropic's messages. Mutable; one a stream. */
final class MessageAnswer {

    /** What the block that is open holds. */
    private enum Block {
        NONE,
        TEXT,
        THINKING,
        TOOL
    }

    private final StringBuilder events = new StringBuilder();
    private Block open = Block.NONE;
    private int index = -1;
    private boolean begun;
    private boolean ended;
    private @Nullable String stop;
    private ObjectNode usage = ChatRequest.object().put("output_tokens", 0);

    void chunk(JsonNode chunk) {
        if (chunk.path("type").asString("").equals("[DONE]")) {
            end();
            return;
        }
        JsonNode error = chunk.path("error");
        if (error.isObject()) {
            ObjectNode told = ChatRequest.object().put("type", "error");
            told.putObject("error")
                    .put("type", error.path("type").asString("api_error"))
                    .put("message", error.path("message").asString(""));
            emit("error", told);
            return;
        }
        begin(chunk);
        if (chunk.path("usage").isObject()) {
            usage = usage(chunk.path("usage"));
        }
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode delta = choice.path("delta");
        String reasoning =
                delta.path("reasoning_content").asString(delta.path("reasoning").asString(""));
        if (!reasoning.isEmpty()) {
            enter(Block.THINKING, ChatRequest.object().put("type", "thinking").put("thinking", ""));
            delta(ChatRequest.object().put("type", "thinking_delta").put("thinking", reasoning));
        }
        String text = delta.path("content").asString("");
        if (!text.isEmpty()) {
            enter(Block.TEXT, ChatRequest.object().put("type", "text").put("text", ""));
            delta(ChatRequest.object().put("type", "text_delta").put("text", text));
        }
        for (JsonNode call : delta.path("tool_calls")) {
            call(call);
        }
        if (choice.path("finish_reason").isString()) {
            stop = reason(choice.path("finish_reason").asString());
        }
    }

    private void begin(JsonNode chunk) {
        if (begun) {
            return;
        }
        begun = true;
        ObjectNode start = ChatRequest.object().put("type", "message_start");
        ObjectNode message = start.putObject("message");
        message.put("id", chunk.path("id").asString("msg_translated"))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", chunk.path("model").asString(""));
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        message.putObject("usage").put("input_tokens", 0).put("output_tokens", 0);
        emit("message_start", start);
    }

    private void call(JsonNode call) {
        if (call.path("id").isString() && !call.path("id").asString().isEmpty()) {
            leave();
            ObjectNode block = ChatRequest.object().put("type", "tool_use");
            block.set("id", call.path("id"));
            block.set("name", call.path("function").path("name"));
            block.putObject("input");
            enter(Block.TOOL, block);
        }
        String arguments = call.path("function").path("arguments").asString("");
        if (!arguments.isEmpty()) {
            delta(ChatRequest.object().put("type", "input_json_delta").put("partial_json", arguments));
        }
    }

    private void enter(Block kind, ObjectNode block) {
        if (open == kind) {
            return;
        }
        leave();
        open = kind;
        index++;
        ObjectNode start =
                ChatRequest.object().put("type", "content_block_start").put("index", index);
        start.set("content_block", block);
        emit("content_block_start", start);
    }

    private void leave() {
        if (open != Block.NONE) {
            open = Block.NONE;
            emit(
                    "content_block_stop",
                    ChatRequest.object().put("type", "content_block_stop").put("index", index));
        }
    }

    private void delta(ObjectNode delta) {
        ObjectNode event =
                ChatRequest.object().put("type", "content_block_delta").put("index", Math.max(0, index));
        event.set("delta", delta);
        emit("content_block_delta", event);
    }

    /** The stream is over, if it said why. */
    void end() {
        if (ended || stop == null) {
            return;
        }
        ended = true;
        leave();
        ObjectNode last = ChatRequest.object().put("type", "message_delta");
        last.putObject("delta").put("stop_reason", stop).putNull("stop_sequence");
        last.set("usage", usage);
        emit("message_delta", last);
        emit("message_stop", ChatRequest.object().put("type", "message_stop"));
    }

    private void emit(String name, ObjectNode event) {
        events.append("event: ").append(name).append("\ndata: ").append(event).append("\n\n");
    }

    String takeEvents() {
        String taken = events.toString();
        events.setLength(0);
        return taken;
    }

    static String reason(String openAi) {
        return switch (openAi) {
            case "length" -> "max_tokens";
            case "tool_calls", "function_call" -> "tool_use";
            case "content_filter" -> "refusal";
            default -> "end_turn";
        };
    }

    /** Usage as Anthropic counts it: cached tokens stand beside the input. */
    static ObjectNode usage(JsonNode openAi) {
        ObjectNode usage = ChatRequest.object();
        long cached = openAi.path("prompt_tokens_details").path("cached_tokens").asLong(0);
        long written =
                openAi.path("prompt_tokens_details").path("cache_write_tokens").asLong(0);
        if (openAi.path("prompt_tokens").isNumber()) {
            usage.put("input_tokens", Math.max(0, openAi.path("prompt_tokens").asLong() - cached - written));
        }
        if (openAi.path("completion_tokens").isNumber()) {
            usage.set("output_tokens", openAi.path("completion_tokens"));
        }
        if (cached > 0) {
            usage.put("cache_read_input_tokens", cached);
        }
        if (written > 0) {
            usage.put("cache_creation_input_tokens", written);
        }
        return usage;
    }
}
