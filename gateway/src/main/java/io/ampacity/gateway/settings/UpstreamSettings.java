package io.ampacity.gateway.settings;

import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.protocol.Prefill;
import io.ampacity.gateway.protocol.Speech;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server that the gateway may ask.
 *
 * @param id unique
 * @param tls whether the connection is encrypted and the server's name checked
 * @param basePath what stands before {@code /chat/completions} and its like, such as {@code /v1}
 * @param speech the protocol that it speaks
 * @param version of that protocol, for those that want one; empty for the usual one
 * @param region that it is signed for, for those that are signed
 * @param supplier who operates it: the sub-processor
 * @param own whether that is the user's own organisation
 * @param site where it stands
 * @param jurisdiction ISO 3166-1 alpha-2 country of that place; null when unknown, which satisfies no rule
 * @param quotaGroup name of the group that fails and is throttled together
 * @param endpoints what it understands without translation
 * @param images whether it takes pictures
 * @param prefill how it goes on from words of the assistant
 * @param continuousUsage whether it can tell usage in each event of a stream
 * @param credential what it is shown; null for none
 * @param trust file of the certificates it is checked with; null for those of the machine
 * @param health null when it is not asked whether it is well
 */
public record UpstreamSettings(
        String id,
        boolean tls,
        String host,
        int port,
        String basePath,
        Speech speech,
        String version,
        String region,
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
        @Nullable String trust,
        @Nullable HealthCheck health) {

    public UpstreamSettings {
        endpoints = Collections.unmodifiableSet(
                endpoints.isEmpty() ? EnumSet.noneOf(Endpoint.class) : EnumSet.copyOf(endpoints));
    }

    /** A server that understands everything of OpenAI's protocol and Anthropic's, at an address without TLS. */
    public static UpstreamSettings plain(String id, String host, int port) {
        return new Draft(id, host, port).settings();
    }

    /** The same, but for what {@code change} sets. */
    public UpstreamSettings but(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    public UpstreamSettings withPrefill(Prefill other) {
        return but(draft -> draft.prefill = other);
    }

    public UpstreamSettings withTls(boolean other, @Nullable String certificates) {
        return but(draft -> {
            draft.tls = other;
            draft.trust = certificates;
        });
    }

    public UpstreamSettings withPlace(String provider, String country) {
        return but(draft -> {
            draft.supplier = provider;
            draft.jurisdiction = country;
        });
    }

    public UpstreamSettings withContinuousUsage(boolean other) {
        return but(draft -> draft.continuousUsage = other);
    }

    public UpstreamSettings withCredential(@Nullable Secret other) {
        return but(draft -> draft.credential = other);
    }

    public UpstreamSettings withQuotaGroup(String other) {
        return but(draft -> draft.quotaGroup = other);
    }

    /** Settings that are still being made, each what is usual until it is set. */
    public static final class Draft {
        public String id;
        public boolean tls;
        public String host;
        public int port;
        public String basePath = "/v1";
        public Speech speech = Speech.OPENAI;
        public String version = "";
        public String region = "";
        public String supplier;
        public boolean own;
        public String site;
        public @Nullable String jurisdiction;
        public String quotaGroup;
        public Set<Endpoint> endpoints = EnumSet.allOf(Endpoint.class);
        public boolean images = true;
        public Prefill prefill = Prefill.CONTINUE;
        public boolean continuousUsage = true;
        public @Nullable Secret credential;
        public @Nullable String trust;
        public @Nullable HealthCheck health;

        Draft(String id, String host, int port) {
            this.id = id;
            this.host = host;
            this.port = port;
            supplier = id;
            site = id;
            quotaGroup = id;
        }

        Draft(UpstreamSettings from) {
            id = from.id;
            tls = from.tls;
            host = from.host;
            port = from.port;
            basePath = from.basePath;
            speech = from.speech;
            version = from.version;
            region = from.region;
            supplier = from.supplier;
            own = from.own;
            site = from.site;
            jurisdiction = from.jurisdiction;
            quotaGroup = from.quotaGroup;
            endpoints = from.endpoints;
            images = from.images;
            prefill = from.prefill;
            continuousUsage = from.continuousUsage;
            credential = from.credential;
            trust = from.trust;
            health = from.health;
        }

        UpstreamSettings settings() {
            return new UpstreamSettings(
                    id,
                    tls,
                    host,
                    port,
                    basePath,
                    speech,
                    version,
                    region,
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
                    trust,
                    health);
        }
    }
}
