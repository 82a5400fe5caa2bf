package io.ampacity.emulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an emulator is.
 *
 * @param port 0 for any that is free
 * @param models ids that it lists; a request may name any model
 * @param seed makes another text of the same prompt
 * @param outputTokens length of an answer that nothing else limits
 * @param contextTokens longest prompt and answer together
 * @param prefill whether it goes on from words of the assistant at the end of a prompt
 * @param key the bearer token it wants; null when any will do
 * @param threads event loops, at least 1
 */
public record EmulatorSettings(
        String host,
        int port,
        List<String> models,
        Pace pace,
        long seed,
        int outputTokens,
        int contextTokens,
        boolean prefill,
        @Nullable String key,
        int threads) {

    public EmulatorSettings {
        models = List.copyOf(models);
        if (outputTokens < 1 || contextTokens < 2 || threads < 1) {
            throw new IllegalArgumentException(
                    "an emulator needs at least 1 output token, 2 of context and 1 thread, not " + outputTokens + ", "
                            + contextTokens + " and " + threads);
        }
    }

    /** On a free port of this machine, without a wait, with answers of 64 tokens. */
    public static EmulatorSettings usual() {
        return new EmulatorSettings("127.0.0.1", 0, List.of("emulated"), Pace.IMMEDIATE, 1, 64, 131_072, true, null, 1);
    }

    public EmulatorSettings withPace(Pace other) {
        return new EmulatorSettings(
                host, port, models, other, seed, outputTokens, contextTokens, prefill, key, threads);
    }

    public EmulatorSettings withOutputTokens(int tokens) {
        return new EmulatorSettings(host, port, models, pace, seed, tokens, contextTokens, prefill, key, threads);
    }

    public EmulatorSettings withPrefill(boolean other) {
        return new EmulatorSettings(host, port, models, pace, seed, outputTokens, contextTokens, other, key, threads);
    }

    public EmulatorSettings withKey(@Nullable String other) {
        return new EmulatorSettings(
                host, port, models, pace, seed, outputTokens, contextTokens, prefill, other, threads);
    }

    public EmulatorSettings withPort(int other) {
        return new EmulatorSettings(
                host, other, models, pace, seed, outputTokens, contextTokens, prefill, key, threads);
    }

    public EmulatorSettings withModels(List<String> other) {
        return new EmulatorSettings(host, port, other, pace, seed, outputTokens, contextTokens, prefill, key, threads);
    }
}
