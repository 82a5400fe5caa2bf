package io.ampacity.gateway.settings;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key that clients show.
 *
 * @param name who is meant, in records
 * @param sha256 of the key, in lower-case hex; the key itself is stored nowhere
 * @param models it may ask for; empty for all
 * @param dataClass that every request of it falls under; null for none
 * @param requestsPerMinute null for no limit
 * @param tokensPerMinute null for no limit
 * @param budgetUsd most it may spend while the gateway runs; null for no limit
 */
public record KeySettings(
        String name,
        String sha256,
        Set<String> models,
        @Nullable String dataClass,
        @Nullable Double requestsPerMinute,
        @Nullable Double tokensPerMinute,
        @Nullable Double budgetUsd) {

    public KeySettings {
        models = Set.copyOf(models);
    }
}
