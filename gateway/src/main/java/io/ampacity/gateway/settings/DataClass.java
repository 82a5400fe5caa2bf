package io.ampacity.gateway.settings;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where data of a class may be processed.
 *
 * @param subProcessors suppliers that may; own ones always may; null when any may
 * @param jurisdictions countries where it may be; null when anywhere
 */
public record DataClass(
        String name,
        @Nullable Set<String> subProcessors,
        @Nullable Set<String> jurisdictions) {

    /** Why data of this class may not go to an upstream; null when it may. */
    public @Nullable String refusal(UpstreamSettings upstream) {
        if (!upstream.own() && subProcessors != null && !subProcessors.contains(upstream.supplier())) {
            return upstream.supplier() + " is no sub-processor for data class " + name;
        }
        if (jurisdictions != null
                && (upstream.jurisdiction() == null || !jurisdictions.contains(upstream.jurisdiction()))) {
            return upstream.id() + " is in "
                    + (upstream.jurisdiction() == null ? "an unknown country" : upstream.jurisdiction())
                    + ", outside the jurisdictions of data class " + name;
        }
        return null;
    }
}
