package io.ampacity.gateway.settings;

import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.protocol.Prefill;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server that the gateway may ask.
 *
 * @param id unique
 * @param tls whether the connection is encrypted and the server's name checked
 * @param basePath what stands before {@code /chat/completions} and its like, such as {@code /v1}
 * @param supplier who operates it: the sub-processor
 * @param own whether that is the user's own organisation
 * @param site where it stands
 * @param jurisdiction ISO 3166-1 alpha-2 country of that place; null when unknown, which satisfies no rule
 * @param quotaGroup name of the group that fails and is throttled together
 * @param endpoints what it understands
 * @param images whether it takes pictures
 * @param prefill how it goes on from words of the assistant
 * @param continuousUsage whether it can tell usage in each event of a stream
 * @param credential what it is shown; null for none
 * @param trust file of the certificates it is checked with; null for those of the machine
 */
public record UpstreamSettings(
        String id,
        boolean tls,
        String host,
        int port,
        String basePath,
        String supplier,
        boolean own,
        String site,
        @Nullable String jurisdiction,
        String quotaGroup,
        Set<Endpoint> endpoints,
        boolean images,
        Prefill prefill,
        boolean continuousUsage,
        @Nullable Secret credential,
        @Nullable String trust) {

    public UpstreamSettings {
        endpoints = Collections.unmodifiableSet(
                endpoints.isEmpty() ? EnumSet.noneOf(Endpoint.class) : EnumSet.copyOf(endpoints));
    }

    /** A server of one's own that understands everything, at an address without TLS. */
    public static UpstreamSettings plain(String id, String host, int port) {
        return new UpstreamSettings(
                id,
                false,
                host,
                port,
                "/v1",
                id,
                false,
                id,
                null,
                id,
                EnumSet.allOf(Endpoint.class),
                true,
                Prefill.CONTINUE,
                true,
                null,
                null);
    }

    public UpstreamSettings withPrefill(Prefill other) {
        return new UpstreamSettings(
                id,
                tls,
                host,
                port,
                basePath,
                supplier,
                own,
                site,
                jurisdiction,
                quotaGroup,
                endpoints,
                images,
                other,
                continuousUsage,
                credential,
                trust);
    }

    public UpstreamSettings withTls(boolean other, @Nullable String certificates) {
        return new UpstreamSettings(
                id,
                other,
                host,
                port,
                basePath,
                supplier,
                own,
                site,
                jurisdiction,
                quotaGroup,
                endpoints,
                images,
                prefill,
                continuousUsage,
                credential,
                certificates);
    }

    public UpstreamSettings withPlace(String provider, String country) {
        return new UpstreamSettings(
                id,
                tls,
                host,
                port,
                basePath,
                provider,
                own,
                site,
                country,
                quotaGroup,
                endpoints,
                images,
                prefill,
                continuousUsage,
                credential,
                trust);
    }

    public UpstreamSettings withContinuousUsage(boolean other) {
        return new UpstreamSettings(
                id,
                tls,
                host,
                port,
                basePath,
                supplier,
                own,
                site,
                jurisdiction,
                quotaGroup,
                endpoints,
                images,
                prefill,
                other,
                credential,
                trust);
    }

    public UpstreamSettings withCredential(@Nullable Secret other) {
        return new UpstreamSettings(
                id,
                tls,
                host,
                port,
                basePath,
                supplier,
                own,
                site,
                jurisdiction,
                quotaGroup,
                endpoints,
                images,
                prefill,
                continuousUsage,
                other,
                trust);
    }

    public UpstreamSettings withQuotaGroup(String other) {
        return new UpstreamSettings(
                id,
                tls,
                host,
                port,
                basePath,
                supplier,
                own,
                site,
                jurisdiction,
                other,
                endpoints,
                images,
                prefill,
                continuousUsage,
                credential,
                trust);
    }
}
