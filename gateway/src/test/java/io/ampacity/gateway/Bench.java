package io.ampacity.gateway;

import io.ampacity.emulator.Emulator;
import io.ampacity.emulator.EmulatorSettings;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.settings.DataClass;
import io.ampacity.gateway.settings.Fleet;
import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.Target;
import io.ampacity.gateway.settings.TokenPrices;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.ampacity.routing.BreakerSettings;
import io.ampacity.routing.Pool;
import io.ampacity.routing.RetrySettings;
import io.ampacity.routing.RoutingTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A gateway before emulated upstreams: the first is asked, the others stand in for it. */
final class Bench implements AutoCloseable {

    /** Test times: a second stands for a minute or so. */
    static final Limits QUICK = new Limits(1, 1, 1, 0.8, 20, 0.5, 1, 5, 1, 0.3, 8 << 10, 4 << 20, 4 << 20, 8 << 20);

    static final TokenPrices PRICES = new TokenPrices(2, 1.0, null, 8, "2026-11-01", "a test");

    final List<Emulator> upstreams = new ArrayList<>();
    final List<RequestRecord> records = new CopyOnWriteArrayList<>();
    final List<Throwable> faults = new CopyOnWriteArrayList<>();
    final Gateway gateway;

    private Bench(
            int count,
            UnaryOperator<EmulatorSettings> emulator,
            UnaryOperator<UpstreamSettings> upstream,
            UnaryOperator<GatewaySettings> settings) {
        List<UpstreamSettings> servers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Emulator one = Emulator.start(emulator.apply(EmulatorSettings.usual()));
            upstreams.add(one);
            servers.add(upstream.apply(UpstreamSettings.plain("up" + i, "127.0.0.1", one.port())));
        }
        gateway = start(settings.apply(settings(fleet(servers))));
    }

    static Bench of(int count) {
        return of(count, UnaryOperator.identity());
    }

    static Bench of(int count, UnaryOperator<GatewaySettings> settings) {
        return new Bench(count, UnaryOperator.identity(), UnaryOperator.identity(), settings);
    }

    static Bench of(
            int count,
            UnaryOperator<EmulatorSettings> emulator,
            UnaryOperator<UpstreamSettings> upstream,
            UnaryOperator<GatewaySettings> settings) {
        return new Bench(count, emulator, upstream, settings);
    }

    Gateway start(GatewaySettings settings) {
        return Gateway.start(settings, records::add, faults::add);
    }

    static GatewaySettings settings(Fleet fleet) {
        return GatewaySettings.usual(fleet)
                .withLimits(QUICK)
                .withRetries(new RetrySettings(4, 0.02, 1, 1000))
                .withBreakers(new BreakerSettings(5, 0.2, 1, 1));
    }

    /** The first bears all, unless it fails. */
    static Fleet fleet(List<UpstreamSettings> servers) {
        List<Pool> pools = new ArrayList<>();
        List<Target> targets = new ArrayList<>();
        for (UpstreamSettings server : servers) {
            pools.add(new Pool(
                    "emulated@" + server.id(),
                    "emulated",
                    server.supplier(),
                    server.site(),
                    "emulated",
                    "",
                    server.quotaGroup(),
                    1,
                    pools.isEmpty() ? 1 : 0,
                    0,
                    0,
                    0,
                    null,
                    null));
            targets.add(new Target(server, "emulated", PRICES, null));
        }
        Map<String, DataClass> classes = new LinkedHashMap<>();
        classes.put("personal", new DataClass("personal", java.util.Set.of("friend"), java.util.Set.of("DE")));
        return new Fleet(
                RoutingTable.of(List.of("emulated"), pools), targets, Map.of("emulated", 0), classes, List.of());
    }

    Emulator upstream(int number) {
        return upstreams.get(number);
    }

    /** Loads classes and compiles the way of a request, so that the limits of tests can be short. */
    static void warm() {
        try (Bench bench = of(2, settings -> settings.withLimits(Limits.STANDARD))) {
            for (int i = 0; i < 50; i++) {
                bench.ask(stream());
                bench.ask(chat(""));
            }
        }
    }

    /** The only record so far. */
    RequestRecord record() {
        if (records.size() != 1) {
            throw new AssertionError("there are " + records.size() + " records: " + records);
        }
        return records.getFirst();
    }

    static String chat(String more) {
        return """
                {"model":"emulated","messages":[{"role":"user","content":"Tell me something long."}]%s}""".formatted(more);
    }

    static String stream() {
        return chat(",\"stream\":true,\"stream_options\":{\"include_usage\":true}");
    }

    Talk ask(String body, String... headers) {
        return Talk.with(gateway.port(), "/v1/chat/completions", body, headers);
    }

    @Override
    public void close() {
        gateway.close();
        upstreams.forEach(Emulator::close);
    }
}
