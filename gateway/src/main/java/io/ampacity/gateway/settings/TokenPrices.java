package io.ampacity.gateway.settings;

import org.jspecify.annotations.Nullable;

/**
 * What an upstream's tokens cost, in USD a million.
 *
 * @param cached of prompt tokens that a cache gave; null counts them as the others
 * @param cacheWrite of prompt tokens that a cache took; null counts them as the others
 * @param asOf day the prices were looked up, ISO
 */
public record TokenPrices(
        double prompt,
        @Nullable Double cached,
        @Nullable Double cacheWrite,
        double output,
        String asOf,
        String source) {

    private static final double MILLION = 1e6;

    /** The highest price that a token of a prompt may have. */
    public double highestPrompt() {
        return Math.max(prompt, Math.max(cached == null ? 0 : cached, cacheWrite == null ? 0 : cacheWrite));
    }

    /** USD for so many tokens; {@code cacheRead} and {@code cacheWritten} are part of {@code promptTokens}. */
    public double usd(long promptTokens, long cacheRead, long cacheWritten, long outputTokens) {
        long read = Math.clamp(cacheRead, 0, Math.max(0, promptTokens));
        long written = Math.clamp(cacheWritten, 0, Math.max(0, promptTokens - read));
        return ((promptTokens - read - written) * prompt
                        + read * (cached == null ? prompt : cached)
                        + written * (cacheWrite == null ? prompt : cacheWrite)
                        + outputTokens * output)
                / MILLION;
    }
}
