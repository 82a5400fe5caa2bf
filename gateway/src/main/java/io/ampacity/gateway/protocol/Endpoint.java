package io.ampacity.gateway.protocol;

import org.jspecify.annotations.Nullable;

/** What a client can ask for. */
public enum Endpoint {
    CHAT("/v1/chat/completions", "chat"),
    COMPLETIONS("/v1/completions", "completions"),
    RESPONSES("/v1/responses", "responses"),
    EMBEDDINGS("/v1/embeddings", "embeddings"),
    MESSAGES("/v1/messages", "messages");

    private final String path;
    private final String id;

    Endpoint(String path, String id) {
        this.path = path;
        this.id = id;
    }

    public String path() {
        return path;
    }

    /** The word for it in settings and records. */
    public String id() {
        return id;
    }

    /** The endpoint at a path, which has no query; null when there is none. */
    public static @Nullable Endpoint at(String path) {
        for (Endpoint endpoint : values()) {
            if (endpoint.path.equals(path)) {
                return endpoint;
            }
        }
        return null;
    }

    /** The endpoint with an id; null when there is none. */
    public static @Nullable Endpoint named(String id) {
        for (Endpoint endpoint : values()) {
            if (endpoint.id.equals(id)) {
                return endpoint;
            }
        }
        return null;
    }
}
