package io.ampacity.emulator;

import org.jspecify.annotations.Nullable;

/** {@code /v1/responses}. */
final class ResponsesDialect implements Dialect {

    private final String id;
    private final String model;
    private final StringBuilder text = new StringBuilder();
    private int sequence;
    private boolean opened;

    ResponsesDialect(long number, String model) {
        id = "resp_" + number;
        this.model = Json.quote(model);
    }

    private String event(String type, String rest) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":" + sequence++ + rest
                + "}\n\n";
    }

    private String response(String status, String output, @Nullable Usage usage, String incomplete) {
        return "{\"id\":\"" + id + "\",\"object\":\"response\",\"created_at\":1700000000,\"status\":\"" + status
                + "\",\"error\":null,\"incomplete_details\":" + incomplete
                + ",\"instructions\":null,\"metadata\":{},\"model\":" + model + ",\"output\":" + output
                + ",\"parallel_tool_calls\":true,\"temperature\":1.0,\"tool_choice\":\"auto\",\"tools\":[],\"top_p\":1.0"
                + ",\"usage\":" + (usage == null ? "null" : usage.responses()) + "}";
    }

    private static String message(String status, String words) {
        return "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"" + status
                + "\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":" + Json.quote(words)
                + ",\"annotations\":[]}]}";
    }

    @Override
    public String head() {
        return event("response.created", ",\"response\":" + response("in_progress", "[]", null, "null"));
    }

    @Override
    public String token(String word, boolean reasoning, @Nullable Usage usage) {
        if (reasoning) {
            return event(
                    "response.reasoning_text.delta",
                    ",\"item_id\":\"rs_1\",\"output_index\":0,\"content_index\":0,\"delta\":" + Json.quote(word));
        }
        String head = "";
        if (!opened) {
            opened = true;
            head = event(
                            "response.output_item.added",
                            ",\"output_index\":0,\"item\":{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"in_progress\","
                                    + "\"role\":\"assistant\",\"content\":[]}")
                    + event(
                            "response.content_part.added",
                            ",\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"part\":{\"type\":\"output_text\","
                                    + "\"text\":\"\",\"annotations\":[]}");
        }
        text.append(word);
        return head
                + event(
                        "response.output_text.delta",
                        ",\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":" + Json.quote(word));
    }

    @Override
    public String call(String tool, String arguments) {
        return token(arguments, false, null);
    }

    @Override
    public String finish(Reason reason, @Nullable Usage usage) {
        String item = message(reason == Reason.STOP ? "completed" : "incomplete", text.toString());
        String end = event("response.output_item.done", ",\"output_index\":0,\"item\":" + item);
        return reason == Reason.STOP || reason == Reason.TOOL
                ? end
                        + event(
                                "response.completed",
                                ",\"response\":" + response("completed", "[" + item + "]", usage, "null"))
                : end
                        + event(
                                "response.incomplete",
                                ",\"response\":" + response("incomplete", "[" + item + "]", usage, details(reason)));
    }

    private static String details(Reason reason) {
        return reason == Reason.FILTER ? "{\"reason\":\"content_filter\"}" : "{\"reason\":\"max_output_tokens\"}";
    }

    @Override
    public String done() {
        return "";
    }

    @Override
    public String error(String type, String message) {
        return event(
                "error", ",\"code\":" + Json.quote(type) + ",\"message\":" + Json.quote(message) + ",\"param\":null");
    }

    @Override
    public String whole(String words, String reasoning, @Nullable String tool, Reason reason, @Nullable Usage usage) {
        boolean complete = reason == Reason.STOP || reason == Reason.TOOL;
        String status = complete ? "completed" : "incomplete";
        return response(status, "[" + message(status, words) + "]", usage, complete ? "null" : details(reason));
    }
}
