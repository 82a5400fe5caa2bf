package io.ampacity.gateway;

import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.settings.Target;
import io.ampacity.gateway.settings.UpstreamSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where an upstream has what it is asked for. */
final class Paths {

    private static final String AZURE_VERSION = "2024-10-21";

    private Paths() {}

    static String of(Target target, Endpoint endpoint, boolean stream) {
        UpstreamSettings upstream = target.upstream();
        String name = endpoint.path().substring(3);
        return switch (upstream.speech()) {
            case OPENAI, ANTHROPIC -> upstream.basePath() + name;
            case AZURE ->
                upstream.basePath() + "/openai/deployments/" + encoded(target.model()) + name + "?api-version="
                        + (upstream.version().isEmpty() ? AZURE_VERSION : encoded(upstream.version()));
            case GEMINI ->
                upstream.basePath() + "/models/" + encoded(target.model())
                        + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent");
            case BEDROCK ->
                upstream.basePath() + "/model/" + encoded(target.model()) + (stream ? "/converse-stream" : "/converse");
        };
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
