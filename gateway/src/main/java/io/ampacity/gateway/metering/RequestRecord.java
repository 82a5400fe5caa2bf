package io.ampacity.gateway.metering;

import io.ampacity.gateway.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request and all that was tried for it.
 *
 * @param arrivedMillis since 1970, UTC
 * @param key who asked; empty when no key is wanted
 * @param dataClass rules that it fell under; empty for none
 * @param status that the client saw; 0 when it saw none
 * @param chargedUsd what it took of its key's budget: what it cost, or an upper bound where that is unknown; 0 without a budget
 * @param rescued whether an answer that broke was mended without the client's doing
 * @param trace where it stands in a trace; null when nothing is traced
 */
public record RequestRecord(
        String id,
        long arrivedMillis,
        String key,
        String endpoint,
        String model,
        String dataClass,
        boolean stream,
        double seconds,
        int status,
        Outcome outcome,
        boolean rescued,
        double chargedUsd,
        List<AttemptRecord> attempts,
        @Nullable TraceContext trace) {

    public RequestRecord {
        attempts = List.copyOf(attempts);
    }

    /** USD of all attempts; NaN when that of one is unknown. */
    public double costUsd() {
        double sum = 0;
        for (AttemptRecord attempt : attempts) {
            sum += attempt.use().costUsd();
        }
        return sum;
    }

    /** The record as one line of JSON, with its line end. */
    public String line() {
        JsonText json = new JsonText()
                .object("")
                .put("id", id)
                .put("arrivedMillis", arrivedMillis)
                .put("key", key)
                .put("endpoint", endpoint)
                .put("model", model)
                .put("dataClass", dataClass)
                .put("stream", stream)
                .put("seconds", seconds)
                .put("status", status)
                .put("outcome", outcome.id())
                .put("rescued", rescued)
                .put("costUsd", costUsd())
                .put("chargedUsd", chargedUsd);
        if (trace != null) {
            json.put("trace", trace.traceId());
        }
        json.array("attempts");
        for (AttemptRecord attempt : attempts) {
            write(json, attempt);
        }
        return json.endArray().endObject().line();
    }

    private static void write(JsonText json, AttemptRecord attempt) {
        Use use = attempt.use();
        json.object("")
                .put("pool", attempt.pool())
                .put("supplier", attempt.supplier())
                .put("site", attempt.site())
                .put("model", attempt.model())
                .put("why", attempt.why())
                .put("beganSeconds", attempt.beganSeconds())
                .put("seconds", attempt.seconds())
                .put("firstTokenSeconds", attempt.firstTokenSeconds())
                .put("status", attempt.status())
                .put("outcome", attempt.outcome().id())
                .put("tokenBasis", use.basis().id())
                .put("doubtful", use.doubtful())
                .count("promptTokens", use.promptTokens())
                .count("cachedTokens", use.cachedTokens())
                .count("cacheWriteTokens", use.cacheWriteTokens())
                .count("outputTokens", use.outputTokens())
                .count("reasoningTokens", use.reasoningTokens())
                .put("costUsd", use.costUsd())
                .object("energyJoules")
                .put("value", use.energyJoules())
                .put("low", use.energyLowJoules())
                .put("high", use.energyHighJoules())
                .endObject()
                .put("carbonGrams", use.carbonGrams())
                .endObject();
    }
}
