package io.ampacity.emulator;

import org.jspecify.annotations.Nullable;

/** {@code /v1/chat/completions}. */
final class ChatDialect implements Dialect {

    private final String id;
    private final String begin;
    private final String model;
    private final boolean tellsUsage;

    ChatDialect(long number, String model, boolean tellsUsage) {
        id = "chatcmpl-" + number;
        this.model = Json.quote(model);
        this.tellsUsage = tellsUsage;
        begin = "data: {\"id\":\"" + id + "\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":"
                + this.model;
    }

    private String chunk(String delta, @Nullable String reason, @Nullable Usage usage) {
        return begin + ",\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":"
                + (reason == null ? "null" : Json.quote(reason)) + "}]"
                + (usage != null ? ",\"usage\":" + usage.chat() : tellsUsage ? ",\"usage\":null" : "") + "}\n\n";
    }

    @Override
    public String head() {
        return chunk("{\"role\":\"assistant\",\"content\":\"\"}", null, null);
    }

    @Override
    public String token(String word, boolean reasoning, @Nullable Usage usage) {
        return chunk((reasoning ? "{\"reasoning_content\":" : "{\"content\":") + Json.quote(word) + "}", null, usage);
    }

    @Override
    public String call(String tool, String arguments) {
        return chunk(
                "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":"
                        + Json.quote(tool) + ",\"arguments\":" + Json.quote(arguments) + "}}]}",
                null,
                null);
    }

    @Override
    public String finish(Reason reason, @Nullable Usage usage) {
        String last = chunk("{}", word(reason), null);
        return usage == null ? last : last + begin + ",\"choices\":[],\"usage\":" + usage.chat() + "}\n\n";
    }

    static String word(Reason reason) {
        return switch (reason) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case FILTER -> "content_filter";
            case TOOL -> "tool_calls";
        };
    }

    @Override
    public String done() {
        return "data: [DONE]\n\n";
    }

    @Override
    public String error(String type, String message) {
        return "data: {\"error\":{\"message\":" + Json.quote(message) + ",\"type\":" + Json.quote(type)
                + ",\"param\":null,\"code\":500}}\n\n";
    }

    @Override
    public String whole(String text, String reasoning, @Nullable String tool, Reason reason, @Nullable Usage usage) {
        String message = tool == null
                ? "{\"role\":\"assistant\",\"content\":" + Json.quote(text)
                        + (reasoning.isEmpty() ? "" : ",\"reasoning_content\":" + Json.quote(reasoning))
                        + ",\"refusal\":null}"
                : "{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\","
                        + "\"function\":{\"name\":" + Json.quote(tool) + ",\"arguments\":" + Json.quote(text) + "}}]}";
        return "{\"id\":\"" + id + "\",\"object\":\"chat.completion\",\"created\":1700000000,\"model\":" + model
                + ",\"choices\":[{\"index\":0,\"message\":" + message + ",\"logprobs\":null,\"finish_reason\":"
                + Json.quote(word(reason)) + "}]" + (usage == null ? "" : ",\"usage\":" + usage.chat()) + "}";
    }
}
