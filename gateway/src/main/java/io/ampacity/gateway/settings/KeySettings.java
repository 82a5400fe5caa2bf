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
 * @param budgetUsd most it may spend in a period; null for no limit
 * @param priority when not all can be served
 */
public record KeySettings(
        String name,
        String sha256,
        Set<String> models,
        @Nullable String dataClass,
        @Nullable Double requestsPerMinute,
        @Nullable Double tokensPerMinute,
        @Nullable Double budgetUsd,
        BudgetPeriod budgetPeriod,
        Priority priority) {

    public KeySettings {
        models = Set.copyOf(models);
    }

    /** A key that is as urgent as others, with a budget that never begins anew. */
    public KeySettings(
            String name,
            String sha256,
            Set<String> models,
            @Nullable String dataClass,
            @Nullable Double requestsPerMinute,
            @Nullable Double tokensPerMinute,
            @Nullable Double budgetUsd) {
        this(
                name,
                sha256,
                models,
                dataClass,
                requestsPerMinute,
                tokensPerMinute,
                budgetUsd,
                BudgetPeriod.FOREVER,
                Priority.NORMAL);
    }
}
