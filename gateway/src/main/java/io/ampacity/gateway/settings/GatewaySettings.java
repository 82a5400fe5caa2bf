package io.ampacity.gateway.settings;

import io.ampacity.routing.AdmissionSettings;
import io.ampacity.routing.BreakerSettings;
import io.ampacity.routing.RetrySettings;
import io.ampacity.routing.policy.RoutingPolicies;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that a gateway is told.
 *
 * @param port 0 for any that is free
 * @param tls what clients' connections are made safe with; null when they are plain
 * @param adminPort where operators look; 0 for any that is free
 * @param adminTls what operators' connections are made safe with; null when they are plain
 * @param adminConnections of operators at once, at least 1
 * @param oidc whose tokens operators show; null when everybody who reaches their port may do all
 * @param threads event loops, at least 1
 * @param replica name of this gateway among those that share a ledger
 * @param hedging null for none
 * @param holdBackTokens tokens of a stream that are held back, so that one which breaks within them can begin again unseen
 * @param usageExtension whether usage in answers tells cost, energy and carbon to everyone; otherwise to those who ask
 * @param drills whether operators may break upstreams on purpose
 * @param keys empty when none is wanted of clients
 * @param journal file that every request is written to; null for none
 * @param ledger where the books are kept; null for none
 * @param shadows upstreams that are sent copies of requests
 * @param plans files of plans that were read beside the document, which may change
 * @param telemetry what a collector is told; null for nothing
 */
public record GatewaySettings(
        String host,
        int port,
        @Nullable TlsFiles tls,
        String adminHost,
        int adminPort,
        @Nullable TlsFiles adminTls,
        int adminConnections,
        @Nullable OidcSettings oidc,
        int threads,
        String replica,
        Fleet fleet,
        RoutingPolicies router,
        Limits limits,
        RetrySettings retries,
        BreakerSettings breakers,
        AdmissionSettings admission,
        @Nullable HedgeSettings hedging,
        OverloadSettings overload,
        int holdBackTokens,
        boolean usageExtension,
        boolean drills,
        List<KeySettings> keys,
        @Nullable String journal,
        @Nullable LedgerSettings ledger,
        @Nullable TelemetrySettings telemetry,
        List<ShadowSettings> shadows,
        List<Path> plans) {

    public GatewaySettings {
        keys = List.copyOf(keys);
        shadows = List.copyOf(shadows);
        plans = List.copyOf(plans);
    }

    /** On free ports of this machine, with what is usual. */
    public static GatewaySettings usual(Fleet fleet) {
        return new Draft(fleet).settings();
    }

    /** The same, but for what {@code change} sets. */
    public GatewaySettings but(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    public GatewaySettings withLimits(Limits other) {
        return but(draft -> draft.limits = other);
    }

    public GatewaySettings withHoldBackTokens(int tokens) {
        return but(draft -> draft.holdBackTokens = tokens);
    }

    public GatewaySettings withRetries(RetrySettings other) {
        return but(draft -> draft.retries = other);
    }

    public GatewaySettings withBreakers(BreakerSettings other) {
        return but(draft -> draft.breakers = other);
    }

    public GatewaySettings withKeys(List<KeySettings> other) {
        return but(draft -> draft.keys = other);
    }

    public GatewaySettings withPorts(int clients, int operators) {
        return but(draft -> {
            draft.port = clients;
            draft.adminPort = operators;
        });
    }

    /** Settings that are still being made, each what is usual until it is set. */
    public static final class Draft {
        public String host = "127.0.0.1";
        public int port;
        public @Nullable TlsFiles tls;
        public String adminHost = "127.0.0.1";
        public int adminPort;
        public @Nullable TlsFiles adminTls;
        public int adminConnections = 100;
        public @Nullable OidcSettings oidc;
        public int threads = Runtime.getRuntime().availableProcessors();
        public String replica = "gateway";
        public Fleet fleet;
        public RoutingPolicies router = RoutingPolicies.PLAN_WEIGHTED;
        public Limits limits = Limits.STANDARD;
        public RetrySettings retries = RetrySettings.STANDARD;
        public BreakerSettings breakers = BreakerSettings.STANDARD;
        public AdmissionSettings admission = AdmissionSettings.OPEN;
        public @Nullable HedgeSettings hedging;
        public OverloadSettings overload = OverloadSettings.NONE;
        public int holdBackTokens;
        public boolean usageExtension;
        public boolean drills;
        public List<KeySettings> keys = List.of();
        public @Nullable String journal;
        public @Nullable LedgerSettings ledger;
        public @Nullable TelemetrySettings telemetry;
        public List<ShadowSettings> shadows = List.of();
        public List<Path> plans = List.of();

        Draft(Fleet fleet) {
            this.fleet = fleet;
        }

        Draft(GatewaySettings from) {
            host = from.host;
            port = from.port;
            tls = from.tls;
            adminHost = from.adminHost;
            adminPort = from.adminPort;
            adminTls = from.adminTls;
            adminConnections = from.adminConnections;
            oidc = from.oidc;
            threads = from.threads;
            replica = from.replica;
            fleet = from.fleet;
            router = from.router;
            limits = from.limits;
            retries = from.retries;
            breakers = from.breakers;
            admission = from.admission;
            hedging = from.hedging;
            overload = from.overload;
            holdBackTokens = from.holdBackTokens;
            usageExtension = from.usageExtension;
            drills = from.drills;
            keys = from.keys;
            journal = from.journal;
            ledger = from.ledger;
            telemetry = from.telemetry;
            shadows = from.shadows;
            plans = from.plans;
        }

        GatewaySettings settings() {
            return new GatewaySettings(
                    host,
                    port,
                    tls,
                    adminHost,
                    adminPort,
                    adminTls,
                    adminConnections,
                    oidc,
                    threads,
                    replica,
                    fleet,
                    router,
                    limits,
                    retries,
                    breakers,
                    admission,
                    hedging,
                    overload,
                    holdBackTokens,
                    usageExtension,
                    drills,
                    keys,
                    journal,
                    ledger,
                    telemetry,
                    shadows,
                    plans);
        }
    }
}
