package io.ampacity.gateway;

import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.settings.Secret;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

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

    private static final String VERSION_OF_MESSAGES = "2023-06-01";

    private RequestHead() {}

    static ByteBuf write(
            ByteBufAllocator allocator,
            UpstreamSettings upstream,
            Endpoint endpoint,
            HttpHeaders headers,
            byte[] body) {
        StringBuilder head = new StringBuilder(512)
                .append("POST ")
                .append(upstream.basePath())
                .append(endpoint.path(), 3, endpoint.path().length())
                .append(" HTTP/1.1\r\nhost: ")
                .append(upstream.host())
                .append(':')
                .append(upstream.port())
                .append("\r\ncontent-type: application/json\r\naccept-encoding: identity\r\ncontent-length: ")
                .append(body.length)
                .append("\r\n");
        Secret credential = upstream.credential();
        if (endpoint == Endpoint.MESSAGES) {
            if (credential != null) {
                head.append("x-api-key: ").append(credential.reveal()).append("\r\n");
            }
            if (!headers.contains("anthropic-version")) {
                head.append("anthropic-version: ").append(VERSION_OF_MESSAGES).append("\r\n");
            }
        } else if (credential != null) {
            head.append("authorization: Bearer ").append(credential.reveal()).append("\r\n");
        }
        Iterator<Map.Entry<CharSequence, CharSequence>> each = headers.iteratorCharSequence();
        while (each.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = each.next();
            String name = header.getKey().toString().toLowerCase(Locale.ROOT);
            if (!OWN.contains(name) && !name.startsWith("x-ampacity-") && !name.startsWith("x-forwarded-")) {
                head.append(name).append(": ").append(header.getValue()).append("\r\n");
            }
        }
        head.append("\r\n");
        ByteBuf request = allocator.directBuffer(head.length() + body.length);
        ByteBufUtil.writeUtf8(request, head);
        return request.writeBytes(body);
    }
}
