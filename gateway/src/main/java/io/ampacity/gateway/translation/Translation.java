package io.ampacity.gateway.translation;

import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Carries one request to an upstream of another protocol, and its answer back. One a request, since a stream has state; on
 * one event loop.
 */
public interface Translation {

    /** The type of a stream of server-sent events. */
    String EVENTS = "text/event-stream";

    /** The translation that an endpoint needs at an upstream; null when it needs none, or there is none. */
    static @Nullable Translation of(Endpoint asked, UpstreamSettings upstream) {
        if (upstream.endpoints().contains(asked)) {
            return null;
        }
        return switch (asked) {
            case CHAT -> chat(upstream);
            case MESSAGES -> messages(upstream);
            case COMPLETIONS, RESPONSES, EMBEDDINGS -> null;
        };
    }

    private static @Nullable Translation chat(UpstreamSettings upstream) {
        return switch (upstream.speech()) {
            case OPENAI, AZURE ->
                upstream.endpoints().contains(Endpoint.MESSAGES)
                        ? new FromChat(new AnthropicMessages(), new ServerSentEvents(), EVENTS)
                        : null;
            case ANTHROPIC -> new FromChat(new AnthropicMessages(), new ServerSentEvents(), EVENTS);
            case GEMINI -> new FromChat(new GeminiContents(), new ServerSentEvents(), EVENTS);
            case BEDROCK ->
                new FromChat(new BedrockConverse(), new AmazonEvents(), "application/vnd.amazon.eventstream");
        };
    }

    private static @Nullable Translation messages(UpstreamSettings upstream) {
        if (upstream.endpoints().contains(Endpoint.CHAT)) {
            return new FromMessages();
        }
        Translation second = chat(upstream);
        return second == null ? null : new Chained(new FromMessages(), second);
    }

    /** Whether requests to an endpoint can be put to an upstream, translated or as they are. */
    static boolean isUnderstood(Endpoint asked, UpstreamSettings upstream) {
        return upstream.endpoints().contains(asked) || of(asked, upstream) != null;
    }

    /** What the upstream is asked. */
    Endpoint endpoint();

    /**
     * The body for the upstream.
     *
     * @throws io.ampacity.gateway.protocol.BadRequest when it says what the upstream's protocol cannot
     */
    byte[] request(byte[] body);

    /** Whether an answer of this type is a stream. */
    boolean isStream(String contentType);

    /** The headers of an answer, as the client shall see them. */
    HttpHeaders headers(HttpHeaders upstream, boolean stream);

    /** Events in the client's protocol, of so many more bytes of the upstream's. */
    byte[] stream(byte[] bytes);

    /** What is left to say when the upstream has ended its stream. */
    byte[] endOfStream();

    /** A whole answer. */
    byte[] document(byte[] answer);

    /** An error. */
    byte[] error(byte[] answer, int status);
}
