package io.ampacity.gateway.protocol;

import io.ampacity.gateway.json.JsonText;

/** Errors that the gateway itself tells, in the form that the client's protocol has for them. */
public final class ErrorText {

    private ErrorText() {}

    /** An error as a document. */
    public static String document(Endpoint endpoint, String type, String code, String message) {
        return switch (endpoint) {
            case MESSAGES ->
                "{\"type\":\"error\",\"error\":{\"type\":" + JsonText.quoted(type) + ",\"message\":"
                        + JsonText.quoted(message) + ",\"code\":" + JsonText.quoted(code) + "}}";
            case CHAT, COMPLETIONS, RESPONSES, EMBEDDINGS ->
                "{\"error\":{\"message\":" + JsonText.quoted(message) + ",\"type\":" + JsonText.quoted(type)
                        + ",\"param\":null,\"code\":" + JsonText.quoted(code) + "}}";
        };
    }

    /** An error as the last event of a stream. */
    public static String event(Endpoint endpoint, String code, String message) {
        return switch (endpoint) {
            case MESSAGES -> "event: error\ndata: " + document(endpoint, "api_error", code, message) + "\n\n";
            case RESPONSES ->
                "event: error\ndata: {\"type\":\"error\",\"code\":" + JsonText.quoted(code) + ",\"message\":"
                        + JsonText.quoted(message) + ",\"param\":null,\"sequence_number\":0}\n\n";
            case CHAT, COMPLETIONS, EMBEDDINGS ->
                "data: " + document(endpoint, "upstream_error", code, message) + "\n\n";
        };
    }
}
