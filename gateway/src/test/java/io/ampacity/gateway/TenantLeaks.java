package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.protocol.Prefill;
import io.ampacity.gateway.settings.BudgetPeriod;
import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.HedgeSettings;
import io.ampacity.gateway.settings.KeySettings;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.Secret;
import io.ampacity.gateway.settings.ShadowSettings;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.ampacity.routing.BreakerSettings;
import io.ampacity.testing.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients of several tenants at once, sound and broken ones, before upstreams that say back what they hear: no word of one
 * connection may come to another one, and none at all into journal, log or figures.
 */
final class TenantLeaks {

    private static final int TENANTS = 4;
    private static final int CLIENTS = 16;
    private static final String KEY = "key-of-a-tenant-";
    private static final String CREDENTIAL = "credential-of-the-gateway";
    private static final String[] PATHS = {"/v1/chat/completions", "/v1/messages", "/v1/chat/completions"};

    private final Marks marks = new Marks();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger whole = new AtomicInteger();
    private final Map<Integer, AtomicInteger> statuses = new ConcurrentSkipListMap<>();
    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final int inputs;

    private TenantLeaks(int inputs) {
        this.inputs = inputs;
    }

    /** Sends so many requests, half of them broken, and tells what came of it. */
    static String run(int inputs, Path journal) throws Exception {
        return new TenantLeaks(inputs).run(Seeds.random(), journal);
    }

    private String run(SplittableRandom seeds, Path journal) throws Exception {
        List<EchoUpstream> upstreams = new ArrayList<>();
        List<UpstreamSettings> servers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            // A broken client may show its key where no key belongs, and headers pass.
            EchoUpstream one = new EchoUpstream(
                    marks, (whose, text) -> isSound(whose) && text.contains(KEY), i == 1, seeds.split());
            upstreams.add(one);
            servers.add(
                    UpstreamSettings.plain("up" + i, "127.0.0.1", one.port()).but(draft -> {
                        draft.credential = new Secret(CREDENTIAL);
                        draft.prefill = Prefill.CONTINUE;
                        // Messages are translated.
                        draft.endpoints = EnumSet.of(Endpoint.CHAT);
                    }));
        }
        GatewaySettings settings = settings(servers, journal);
        long began = System.nanoTime();
        try (Books books = Books.open(settings, null, faults::add);
                Gateway gateway = Gateway.start(settings, books, faults::add)) {
            gateway.notices(log::add);
            gateway.refusals(log::add);
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                SplittableRandom chance = seeds.split();
                clients.add(Thread.ofPlatform().start(() -> client(gateway.port(), number, chance)));
            }
            for (Thread client : clients) {
                client.join();
            }
            for (String page :
                    List.of("/metrics", "/admin/requests?since=0", "/admin/pools", "/admin/keys", "/admin/shadows")) {
                log.add(Talk.look(gateway.adminPort(), page).body());
            }
        }
        faults.forEach(fault -> log.add(String.valueOf(fault)));
        log.add(Files.readString(journal, StandardCharsets.ISO_8859_1));
        for (String each : log) {
            if (!marks.in(each).isEmpty() || each.contains(KEY) || each.contains(CREDENTIAL)) {
                leaks.add("in journal, log or figures: " + each.substring(0, Math.min(4000, each.length())));
            }
        }
        long asked = 0;
        for (EchoUpstream upstream : upstreams) {
            leaks.addAll(upstream.leaks());
            asked += upstream.asked();
            upstream.close();
        }
        String told = "%d inputs, %s: %d answers, of sound requests %s; upstreams were asked %d times; %d marks; %.0f s"
                .formatted(
                        inputs,
                        Seeds.told(),
                        answered.get(),
                        statuses,
                        asked,
                        marks.count(),
                        (System.nanoTime() - began) / 1e9);
        assertThat(leaks).as(told).isEmpty();
        assertThat(faults).as(told).isEmpty();
        assertThat(answered.get()).as(told).isGreaterThan(inputs / 4);
        assertThat(whole.get()).as(told).isGreaterThan(inputs / 8);
        assertThat(asked).as(told).isGreaterThan(inputs / 4);
        return told;
    }

    private static GatewaySettings settings(List<UpstreamSettings> servers, Path journal) {
        List<KeySettings> keys = new ArrayList<>();
        for (int i = 0; i < TENANTS; i++) {
            keys.add(new KeySettings("tenant-" + i, Keys.hash(KEY + i), Set.of(), null, null, null, null));
        }
        ShadowSettings shadow = new ShadowSettings(
                "dark", "emulated", Bench.fleet(servers.subList(3, 4)), 0.2, 1e6, BudgetPeriod.DAY, 100);
        return Bench.settings(Bench.fleet(servers.subList(0, 3)))
                .withLimits(Limits.STANDARD.scaled(0.05))
                .withBreakers(new BreakerSettings(1_000_000, 0.01, 0.01, 1))
                .withKeys(keys)
                .withHoldBackTokens(1)
                .but(draft -> {
                    draft.hedging = new HedgeSettings(0.02, 0.2);
                    draft.shadows = List.of(shadow);
                    draft.journal = journal.toString();
                });
    }

    private static boolean isSound(long connection) {
        return (connection >> 40 & 1) == 0;
    }

    private void client(int port, int number, SplittableRandom chance) {
        for (int input = next.getAndIncrement(); input < inputs; input = next.getAndIncrement()) {
            long connection = ((long) number << 40) + input;
            try (Socket socket = Talk.open(port)) {
                if (isSound(connection)) {
                    sound(socket, connection, number, chance);
                } else {
                    broken(socket, connection, number, chance);
                }
            } catch (IOException | RuntimeException gone) {
                // Answers may be cut off: what counts is what came.
            }
        }
    }

    private byte[] request(long connection, int tenant, SplittableRandom chance) {
        String body = "{\"model\":\"emulated\",\"max_tokens\":9,\"stream\":" + chance.nextBoolean()
                + ",\"user\":\"" + marks.mark(connection, chance)
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"say "
                + marks.mark(connection, chance) + "\"}]}";
        return Talk.request(
                PATHS[chance.nextInt(PATHS.length)]
                        + (chance.nextInt(8) == 0 ? "?q=" + marks.mark(connection, chance) : ""),
                body,
                "authorization",
                "Bearer " + KEY + tenant % TENANTS,
                "x-tag",
                marks.mark(connection, chance),
                "cookie",
                "session=" + marks.mark(connection, chance));
    }

    /** A few requests after one another, on one connection; all that comes back is looked at. */
    private void sound(Socket socket, long connection, int tenant, SplittableRandom chance) throws IOException {
        for (int i = chance.nextInt(3); i >= 0; i--) {
            socket.getOutputStream().write(request(connection, tenant, chance));
            Talk talk = Talk.read(socket.getInputStream());
            answered.incrementAndGet();
            statuses.computeIfAbsent(talk.status(), status -> new AtomicInteger())
                    .incrementAndGet();
            whole.addAndGet(talk.status() == 200 ? 1 : 0);
            look(connection, talk.headers() + "\n" + talk.body());
        }
    }

    /** Broken ones beside sound ones, all at once, then no more. */
    private void broken(Socket socket, long connection, int tenant, SplittableRandom chance) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = chance.nextInt(4); i >= 0; i--) {
            byte[] request = request(connection, tenant, chance);
            all.write(chance.nextInt(3) == 0 ? request : FuzzTest.mutated(request, chance));
        }
        socket.getOutputStream().write(all.toByteArray());
        if (chance.nextInt(4) == 0) {
            return;
        }
        socket.shutdownOutput();
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                heard.write(buffer, 0, count);
            }
        } finally {
            answered.addAndGet(heard.size() > 0 ? 1 : 0);
            look(connection, heard.toString(StandardCharsets.ISO_8859_1));
        }
    }

    private void look(long connection, String text) {
        for (long whose : marks.in(text)) {
            if (whose != connection) {
                leaks.add("connection " + connection + " heard words of " + whose + ": " + text);
            }
        }
        if (text.contains(CREDENTIAL)) {
            leaks.add("connection " + connection + " heard the gateway's credential: " + text);
        }
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println(run(Integer.parseInt(arguments[0]), Path.of(arguments[1])));
        System.exit(0);
    }
}
