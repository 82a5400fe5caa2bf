package io.ampacity.emulator;

import org.jspecify.annotations.Nullable;

/** {@code /v1/completions}. */
final class CompletionsDialect implements Dialect {

    private final String begin;

    CompletionsDialect(long number, String model) {
        begin = "{\"id\":\"cmpl-" + number + "\",\"object\":\"text_completion\",\"created\":1700000000,\"model\":"
                + Json.quote(model);
    }

    private String document(String text, @Nullable String reason, @Nullable Usage usage) {
        return begin + ",\"choices\":[{\"index\":0,\"text\":" + Json.quote(text)
                + ",\"logprobs\":null,\"finish_reason\":" + (reason == null ? "null" : Json.quote(reason)) + "}]"
                + (usage == null ? "" : ",\"usage\":" + usage.chat()) + "}";
    }

    private static String event(String data) {
        return "data: " + data + "\n\n";
    }

    @Override
    public String head() {
        return "";
    }

    @Override
    public String token(String word, boolean reasoning, @Nullable Usage usage) {
        return event(document(word, null, usage));
    }

    @Override
    public String call(String tool, String arguments) {
        return token(arguments, false, null);
    }

    @Override
    public String finish(Reason reason, @Nullable Usage usage) {
        String last = event(document("", ChatDialect.word(reason), null));
        return usage == null ? last : last + event(begin + ",\"choices\":[],\"usage\":" + usage.chat() + "}");
    }

    @Override
    public String done() {
        return event("[DONE]");
    }

    @Override
    public String error(String type, String message) {
        return event("{\"error\":{\"message\":" + Json.quote(message) + ",\"type\":" + Json.quote(type) + "}}");
    }

    @Override
    public String whole(String text, String reasoning, @Nullable String tool, Reason reason, @Nullable Usage usage) {
        return document(text, ChatDialect.word(reason), usage);
    }
}
