package io.ampacity.gateway;

import io.ampacity.gateway.metering.TraceContext;
import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.settings.Secret;
import io.ampacity.gateway.settings.Target;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.ampacity.gateway.translation.Translation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a request to an upstream. Headers of the client pass, but for those that speak of its own connection, its
 * credentials and us.
 */
final class RequestHead {

    private static final Set<String> OWN = Set.of(
            "host",
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authorization",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "content-length",
            "content-type",
            "authorization",
            "x-api-key",
            "api-key",
            "cookie",
            "accept-encoding",
            "forwarded");

    private static final String TRACE_STATE = "tracestate";
    private static final int TRACE_ID_FROM = 3;
    private static final int TRACE_ID_LENGTH = 32;
    private static final String VERSION_OF_MESSAGES = "2023-06-01";

    private RequestHead() {}

    static ByteBuf write(
            ByteBufAllocator allocator,
            Target target,
            Endpoint asked,
            @Nullable Translation translation,
            HttpHeaders headers,
            @Nullable String traceparent,
            byte[] body,
            boolean stream) {
        UpstreamSettings upstream = target.upstream();
        Endpoint endpoint = translation == null ? asked : translation.endpoint();
        String path = Paths.of(target, endpoint, stream);
        StringBuilder head = new StringBuilder(512)
                .append("POST ")
                .append(path)
                .append(" HTTP/1.1\r\nhost: ")
                .append(upstream.host())
                .append(':')
                .append(upstream.port())
                .append("\r\ncontent-type: application/json\r\naccept-encoding: identity\r\ncontent-length: ")
                .append(body.length)
                .append("\r\n");
        credential(head, upstream, endpoint, path, body);
        if (endpoint == Endpoint.MESSAGES && (translation != null || !headers.contains("anthropic-version"))) {
            head.append("anthropic-version: ").append(VERSION_OF_MESSAGES).append("\r\n");
        }
        if (traceparent != null) {
            head.append(TraceContext.HEADER).append(": ").append(traceparent).append("\r\n");
        }
        Iterator<Map.Entry<CharSequence, CharSequence>> each = headers.iteratorCharSequence();
        while (each.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = each.next();
            String name = header.getKey().toString().toLowerCase(Locale.ROOT);
            boolean ofAnotherProtocol =
                    translation != null && (name.startsWith("anthropic-") || name.startsWith("openai-"));
            if (!OWN.contains(name)
                    && !ofAnotherProtocol
                    && (traceparent == null || mayPass(name, headers, traceparent))
                    && !name.startsWith("x-ampacity-")
                    && !name.startsWith("x-amz-")
                    && !name.startsWith("x-goog-")
                    && !name.startsWith("x-forwarded-")) {
                head.append(name).append(": ").append(header.getValue()).append("\r\n");
            }
        }
        head.append("\r\n");
        ByteBuf request = allocator.directBuffer(head.length() + body.length);
        ByteBufUtil.writeUtf8(request, head);
        return request.writeBytes(body);
    }

    /** Of a trace that is ours, only what its client said of the same one passes beside our own word. */
    private static boolean mayPass(String name, HttpHeaders headers, String traceparent) {
        if (name.equals(TRACE_STATE)) {
            String before = headers.get(TraceContext.HEADER, "");
            return before.regionMatches(TRACE_ID_FROM, traceparent, TRACE_ID_FROM, TRACE_ID_LENGTH);
        }
        return !name.equals(TraceContext.HEADER);
    }

    private static void credential(
            StringBuilder head, UpstreamSettings upstream, Endpoint endpoint, String path, byte[] body) {
        Secret credential = upstream.credential();
        if (credential == null) {
            return;
        }
        switch (upstream.speech()) {
            case OPENAI, ANTHROPIC -> {
                if (endpoint == Endpoint.MESSAGES) {
                    head.append("x-api-key: ").append(credential.reveal()).append("\r\n");
                } else {
                    head.append("authorization: Bearer ")
                            .append(credential.reveal())
                            .append("\r\n");
                }
            }
            case AZURE -> head.append("api-key: ").append(credential.reveal()).append("\r\n");
            case GEMINI ->
                head.append("x-goog-api-key: ").append(credential.reveal()).append("\r\n");
            case BEDROCK ->
                Signature.of(credential, upstream.region(), Instant.now())
                        .headers("POST", upstream.host() + ":" + upstream.port(), path, body)
                        .forEach((name, value) ->
                                head.append(name).append(": ").append(value).append("\r\n"));
        }
    }
}
