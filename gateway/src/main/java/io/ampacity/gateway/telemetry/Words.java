package io.ampacity.gateway.telemetry;

import io.ampacity.gateway.metering.Use;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.opentelemetry.api.common.AttributeKey;
import java.util.Locale;

/** Names of the semantic conventions, and our own beside them. */
final class Words {

    static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
    static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
    static final AttributeKey<Boolean> STREAM = AttributeKey.booleanKey("gen_ai.request.stream");
    static final AttributeKey<Double> FIRST_CHUNK = AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk");
    static final AttributeKey<Long> INPUT = AttributeKey.longKey("gen_ai.usage.input_tokens");
    static final AttributeKey<Long> OUTPUT = AttributeKey.longKey("gen_ai.usage.output_tokens");
    static final AttributeKey<Long> CACHED = AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens");
    static final AttributeKey<Long> CACHE_WRITTEN = AttributeKey.longKey("gen_ai.usage.cache_creation.input_tokens");
    static final AttributeKey<Long> REASONING = AttributeKey.longKey("gen_ai.usage.reasoning.output_tokens");
    static final AttributeKey<String> TOKEN_TYPE = AttributeKey.stringKey("gen_ai.token.type");
    static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
    static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

    static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("ampacity.request.id");
    static final AttributeKey<String> KEY = AttributeKey.stringKey("ampacity.key");
    static final AttributeKey<String> DATA_CLASS = AttributeKey.stringKey("ampacity.data_class");
    static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("ampacity.outcome");
    static final AttributeKey<Boolean> RESCUED = AttributeKey.booleanKey("ampacity.rescued");
    static final AttributeKey<Long> ATTEMPTS = AttributeKey.longKey("ampacity.attempts");
    static final AttributeKey<String> POOL = AttributeKey.stringKey("ampacity.pool");
    static final AttributeKey<String> SUPPLIER = AttributeKey.stringKey("ampacity.supplier");
    static final AttributeKey<String> SITE = AttributeKey.stringKey("ampacity.site");
    static final AttributeKey<String> WHY = AttributeKey.stringKey("ampacity.why");
    static final AttributeKey<String> BASIS = AttributeKey.stringKey("ampacity.token_basis");
    static final AttributeKey<Double> COST = AttributeKey.doubleKey("ampacity.cost_usd");
    static final AttributeKey<Double> ENERGY = AttributeKey.doubleKey("ampacity.energy_joules");
    static final AttributeKey<Double> CARBON = AttributeKey.doubleKey("ampacity.carbon_grams");

    private Words() {}

    /** What the conventions call an endpoint. */
    static String operation(String endpoint) {
        return switch (endpoint) {
            case "completions" -> "text_completion";
            case "embeddings" -> "embeddings";
            default -> "chat";
        };
    }

    /** What the conventions call whoever is behind an upstream. */
    static String provider(UpstreamSettings upstream) {
        return switch (upstream.speech()) {
            case ANTHROPIC -> "anthropic";
            case AZURE -> "azure.ai.openai";
            case GEMINI -> "gcp.gemini";
            case BEDROCK -> "aws.bedrock";
            case OPENAI ->
                upstream.host().toLowerCase(Locale.ROOT).endsWith("openai.com") ? "openai" : upstream.supplier();
        };
    }

    /** Whether anything is known of what was served. */
    static boolean isKnown(Use use) {
        return switch (use.basis()) {
            case TOLD, TOLD_SO_FAR, COUNTED -> true;
            case NOTHING, UNKNOWN -> false;
        };
    }
}
