package io.ampacity.gateway.settings;

import io.ampacity.routing.AdmissionSettings;
import io.ampacity.routing.BreakerSettings;
import io.ampacity.routing.RetrySettings;
import io.ampacity.routing.policy.RoutingPolicies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a gateway is told.
 *
 * @param port 0 for any that is free
 * @param adminPort where operators look, on this machine alone; 0 for any that is free
 * @param threads event loops, at least 1
 * @param holdBackTokens tokens of a stream that are held back, so that one which breaks within them can begin again unseen
 * @param usageExtension whether usage in answers tells cost, energy and carbon to everyone; otherwise to those who ask
 * @param keys empty when none is wanted of clients
 * @param journal file that every request is written to; null for none
 */
public record GatewaySettings(
        String host,
        int port,
        String adminHost,
        int adminPort,
        int threads,
        Fleet fleet,
        RoutingPolicies router,
        Limits limits,
        RetrySettings retries,
        BreakerSettings breakers,
        AdmissionSettings admission,
        int holdBackTokens,
        boolean usageExtension,
        List<KeySettings> keys,
        @Nullable String journal) {

    public GatewaySettings {
        keys = List.copyOf(keys);
    }

    /** On free ports of this machine, with what is usual. */
    public static GatewaySettings usual(Fleet fleet) {
        return new GatewaySettings(
                "127.0.0.1",
                0,
                "127.0.0.1",
                0,
                Runtime.getRuntime().availableProcessors(),
                fleet,
                RoutingPolicies.PLAN_WEIGHTED,
                Limits.STANDARD,
                RetrySettings.STANDARD,
                BreakerSettings.STANDARD,
                AdmissionSettings.OPEN,
                0,
                false,
                List.of(),
                null);
    }

    public GatewaySettings withLimits(Limits other) {
        return new GatewaySettings(
                host,
                port,
                adminHost,
                adminPort,
                threads,
                fleet,
                router,
                other,
                retries,
                breakers,
                admission,
                holdBackTokens,
                usageExtension,
                keys,
                journal);
    }

    public GatewaySettings withHoldBackTokens(int tokens) {
        return new GatewaySettings(
                host,
                port,
                adminHost,
                adminPort,
                threads,
                fleet,
                router,
                limits,
                retries,
                breakers,
                admission,
                tokens,
                usageExtension,
                keys,
                journal);
    }

    public GatewaySettings withRetries(RetrySettings other) {
        return new GatewaySettings(
                host,
                port,
                adminHost,
                adminPort,
                threads,
                fleet,
                router,
                limits,
                other,
                breakers,
                admission,
                holdBackTokens,
                usageExtension,
                keys,
                journal);
    }

    public GatewaySettings withBreakers(BreakerSettings other) {
        return new GatewaySettings(
                host,
                port,
                adminHost,
                adminPort,
                threads,
                fleet,
                router,
                limits,
                retries,
                other,
                admission,
                holdBackTokens,
                usageExtension,
                keys,
                journal);
    }

    public GatewaySettings withKeys(List<KeySettings> other) {
        return new GatewaySettings(
                host,
                port,
                adminHost,
                adminPort,
                threads,
                fleet,
                router,
                limits,
                retries,
                breakers,
                admission,
                holdBackTokens,
                usageExtension,
                other,
                journal);
    }

    public GatewaySettings withJournal(@Nullable String file) {
        return new GatewaySettings(
                host,
                port,
                adminHost,
                adminPort,
                threads,
                fleet,
                router,
                limits,
                retries,
                breakers,
                admission,
                holdBackTokens,
                usageExtension,
                keys,
                file);
    }

    public GatewaySettings withPorts(int clients, int operators) {
        return new GatewaySettings(
                host,
                clients,
                adminHost,
                operators,
                threads,
                fleet,
                router,
                limits,
                retries,
                breakers,
                admission,
                holdBackTokens,
                usageExtension,
                keys,
                journal);
    }
}
