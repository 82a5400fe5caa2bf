package io.ampacity.gateway.translation;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer as it comes, said in OpenAI's chat protocol: as events while it comes, or as one document at its end. Mutable; one
 * an answer.
 */
final class ChatAnswer {

    private final StringBuilder events = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final ArrayNode calls = JsonMapper.shared().createArrayNode();
    private final StringBuilder arguments = new StringBuilder();
    private final boolean stream;
    private String id = "chatcmpl-translated";
    private String model = "";
    private boolean begun;
    private @Nullable String finish;
    private @Nullable ObjectNode usage;
    private boolean ended;

    ChatAnswer(boolean stream) {
        this.stream = stream;
    }

    void begin(String answerId, String answerModel) {
        if (!answerId.isEmpty()) {
            id = answerId;
        }
        if (!answerModel.isEmpty()) {
            model = answerModel;
        }
        role();
    }

    private void role() {
        if (!begun) {
            begun = true;
            ObjectNode delta = ChatRequest.object().put("role", "assistant").put("content", "");
            event(delta, null);
        }
    }

    void text(String more) {
        role();
        text.append(more);
        if (stream && !more.isEmpty()) {
            event(ChatRequest.object().put("content", more), null);
        }
    }

    void reasoning(String more) {
        role();
        reasoning.append(more);
        if (stream && !more.isEmpty()) {
            event(ChatRequest.object().put("reasoning_content", more), null);
        }
    }

    /** A tool is called; its arguments follow. */
    void call(String callId, String name) {
        role();
        endCall();
        ObjectNode call = ChatRequest.object();
        call.put("id", callId).put("type", "function");
        call.putObject("function").put("name", name).put("arguments", "");
        calls.add(call);
        if (stream) {
            ObjectNode delta = ChatRequest.object();
            ObjectNode first = call.deepCopy();
            delta.putArray("tool_calls").add(first.put("index", calls.size() - 1));
            event(delta, null);
        }
    }

    void arguments(String more) {
        arguments.append(more);
        if (stream && !more.isEmpty() && !calls.isEmpty()) {
            ObjectNode delta = ChatRequest.object();
            ObjectNode call = delta.putArray("tool_calls").addObject().put("index", calls.size() - 1);
            call.putObject("function").put("arguments", more);
            event(delta, null);
        }
    }

    private void endCall() {
        if (!calls.isEmpty() && calls.get(calls.size() - 1).path("function") instanceof ObjectNode function) {
            if (arguments.isEmpty() && function.path("arguments").asString("").isEmpty()) {
                function.put("arguments", "{}");
            } else if (!arguments.isEmpty()) {
                function.put("arguments", arguments.toString());
            }
        }
        arguments.setLength(0);
    }

    boolean hasCalls() {
        return !calls.isEmpty();
    }

    int calls() {
        return calls.size();
    }

    /** The answer says why it ends, in OpenAI's word. */
    void finish(String reason) {
        role();
        endCall();
        if (finish == null) {
            finish = reason;
            event(ChatRequest.object(), reason);
        }
    }

    boolean isFinished() {
        return finish != null;
    }

    /** What it took: −1 is unknown; the prompt includes cached tokens and the output reasoning. */
    void usage(long prompt, long output, long cached, long written, long reasoningTokens) {
        ObjectNode told = ChatRequest.object();
        if (prompt >= 0) {
            told.put("prompt_tokens", prompt);
        }
        if (output >= 0) {
            told.put("completion_tokens", output);
        }
        if (prompt >= 0 && output >= 0) {
            told.put("total_tokens", prompt + output);
        }
        if (cached >= 0 || written >= 0) {
            ObjectNode details = told.putObject("prompt_tokens_details");
            if (cached >= 0) {
                details.put("cached_tokens", cached);
            }
            if (written >= 0) {
                details.put("cache_write_tokens", written);
            }
        }
        if (reasoningTokens >= 0) {
            told.putObject("completion_tokens_details").put("reasoning_tokens", reasoningTokens);
        }
        usage = told;
    }

    /** The stream is over: what it took, and the mark. */
    void end() {
        if (ended || finish == null) {
            return;
        }
        ended = true;
        if (usage != null) {
            ObjectNode last = chunk();
            last.putArray("choices");
            last.set("usage", usage);
            append(last);
        }
        events.append("data: [DONE]\n\n");
    }

    /** The upstream tells of an error in its stream. */
    void error(String code, String message) {
        ObjectNode error = ChatRequest.object();
        error.putObject("error")
                .put("message", message)
                .put("type", "upstream_error")
                .put("code", code);
        append(error);
    }

    private void event(ObjectNode delta, @Nullable String reason) {
        if (!stream) {
            return;
        }
        ObjectNode chunk = chunk();
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", reason);
        append(chunk);
    }

    private ObjectNode chunk() {
        return ChatRequest.object()
                .put("id", id)
                .put("object", "chat.completion.chunk")
                .put("created", System.currentTimeMillis() / 1000)
                .put("model", model);
    }

    private void append(ObjectNode event) {
        events.append("data: ").append(event).append("\n\n");
    }

    /** Events since they were taken last. */
    String takeEvents() {
        String taken = events.toString();
        events.setLength(0);
        return taken;
    }

    /** The whole answer as a document. */
    ObjectNode document() {
        endCall();
        ObjectNode document = ChatRequest.object()
                .put("id", id)
                .put("object", "chat.completion")
                .put("created", System.currentTimeMillis() / 1000)
                .put("model", model);
        ObjectNode choice = document.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        message.put("content", text.isEmpty() && !calls.isEmpty() ? null : text.toString());
        if (!reasoning.isEmpty()) {
            message.put("reasoning_content", reasoning.toString());
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        choice.put("finish_reason", finish == null ? "stop" : finish);
        if (usage != null) {
            document.set("usage", usage);
        }
        return document;
    }
}
