package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.ampacity.emulator.Emulator;
import io.ampacity.emulator.EmulatorSettings;
import io.ampacity.emulator.Pace;
import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.metering.Use;
import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.ampacity.testing.Seeds;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that go away in every phase of a stream, for as long as wanted, beside some that stay: what the gateway holds is
 * looked at on the way and must not grow.
 */
final class AbortedStreams {

    private static final int CLIENTS = 24;
    private static final int LOOKS = 8;
    private static final int RECORDS_THAT_ARE_KEPT = 10_000;
    private static final long HEAP_ROOM = 6L << 20;
    private static final long DIRECT_ROOM = 8L << 20;
    private static final int FILES_ROOM = 3 * CLIENTS;
    private static final double FIRST_TOKEN = 0.04;
    private static final double TOKEN = 0.004;

    /** When a client goes away. */
    private enum Phase {
        IN_ITS_OWN_HEAD,
        IN_ITS_OWN_BODY,
        BEFORE_THE_HEAD,
        BEFORE_THE_FIRST_TOKEN,
        IN_THE_MIDDLE,
        AFTER_THE_LAST_TOKEN,
        NEVER
    }

    /** What is held at one time, after a collection. */
    record Held(long heap, long direct, long files) {
        static Held now() {
            for (int i = 0; i < 3; i++) {
                System.gc();
                LockSupport.parkNanos(20_000_000);
            }
            long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? unix.getOpenFileDescriptorCount()
                    : 0;
            return new Held(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    Math.max(0, PlatformDependent.usedDirectMemory()),
                    files);
        }

        @Override
        public String toString() {
            return "heap %.1f MB, direct %.1f MB, files %d".formatted(heap / 1e6, direct / 1e6, files);
        }
    }

    private final Map<Phase, AtomicInteger> counts = new EnumMap<>(Phase.class);
    private final ConcurrentLinkedQueue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private final List<Held> looks = new ArrayList<>();

    private AbortedStreams() {
        for (Phase phase : Phase.values()) {
            counts.put(phase, new AtomicInteger());
        }
    }

    /** Runs for so long, with so many streams that are broken off evenly over the time, and tells what was held. */
    static String run(double seconds, int aborts, Path journal) throws Exception {
        AbortedStreams streams = new AbortedStreams();
        Emulator upstream = Emulator.start(EmulatorSettings.usual().withPace(new Pace.Fixed(FIRST_TOKEN, TOKEN)));
        GatewaySettings settings = Bench.settings(
                        Bench.fleet(List.of(UpstreamSettings.plain("up0", "127.0.0.1", upstream.port()))))
                // Nothing of this is about time, so a machine that is busy must not cut anything.
                .withLimits(Limits.STANDARD)
                .but(draft -> draft.journal = journal.toString());
        try (Books books = Books.open(settings, null, streams.faults::add);
                Gateway gateway = Gateway.start(settings, books, streams.faults::add)) {
            streams.fill(gateway);
            streams.go(gateway, upstream, seconds, aborts);
            streams.settle(gateway, upstream);
        } finally {
            upstream.close();
        }
        return streams.judged();
    }

    /**
     * The last records are kept, so they are filled up before anything is compared: with such as come later, since one that
     * nobody was asked for is smaller.
     */
    private void fill(Gateway gateway) throws IOException {
        byte[] request = Talk.request("/v1/chat/completions", Bench.stream());
        try (Socket socket = Talk.open(gateway.port())) {
            socket.getOutputStream().write(request);
            assertThat(Talk.read(socket.getInputStream()).saysWhole()).isTrue();
        }
        RequestRecord one = gateway.service()
                .recent()
                .since(System.currentTimeMillis() - 60_000)
                .getFirst();
        AttemptRecord attempt = one.attempts().getFirst();
        for (int i = 0; i < RECORDS_THAT_ARE_KEPT; i++) {
            gateway.service()
                    .recent()
                    .record(new RequestRecord(
                            "req_" + i,
                            one.arrivedMillis(),
                            one.key(),
                            one.endpoint(),
                            one.model(),
                            one.dataClass(),
                            one.stream(),
                            one.seconds(),
                            one.status(),
                            one.outcome(),
                            one.rescued(),
                            one.chargedUsd(),
                            List.of(copy(attempt, i)),
                            one.trace()));
        }
    }

    private static AttemptRecord copy(AttemptRecord one, int number) {
        Use use = one.use();
        return new AttemptRecord(
                one.pool(),
                one.supplier(),
                one.site(),
                one.model(),
                one.why(),
                one.beganSeconds() + number,
                one.seconds(),
                one.firstTokenSeconds(),
                one.status(),
                one.outcome(),
                new Use(
                        use.promptTokens(),
                        use.cachedTokens(),
                        use.cacheWriteTokens(),
                        use.outputTokens(),
                        use.reasoningTokens(),
                        use.basis(),
                        use.doubtful(),
                        use.costUsd(),
                        use.energyJoules(),
                        use.energyLowJoules(),
                        use.energyHighJoules(),
                        use.carbonGrams()));
    }

    private void go(Gateway gateway, Emulator upstream, double seconds, int aborts) throws InterruptedException {
        long began = System.nanoTime();
        SplittableRandom seeds = Seeds.random();
        AtomicInteger next = new AtomicInteger();
        int all = aborts * 6 / 5;
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            SplittableRandom chance = seeds.split();
            clients.add(Thread.ofPlatform().daemon().start(() -> {
                for (int number = next.getAndIncrement(); number < all; number = next.getAndIncrement()) {
                    long at = began + (long) (seconds * 1e9 / all * number);
                    while (System.nanoTime() - at < 0) {
                        LockSupport.parkNanos(at - System.nanoTime());
                    }
                    one(gateway, number % 6 == 5 ? Phase.NEVER : Phase.values()[chance.nextInt(6)], chance);
                }
            }));
        }
        for (int look = 0; look < LOOKS; look++) {
            long at = began + (long) (seconds * 1e9 * (look + 1) / (LOOKS + 1));
            while (System.nanoTime() - at < 0) {
                LockSupport.parkNanos(at - System.nanoTime());
            }
            // It is in this process too, and writes down whom it served.
            upstream.account().clear();
            looks.add(Held.now());
        }
        for (Thread client : clients) {
            client.join();
        }
    }

    private void one(Gateway gateway, Phase phase, SplittableRandom chance) {
        byte[] request = Talk.request("/v1/chat/completions", Bench.stream());
        try (Socket socket = Talk.open(gateway.port())) {
            switch (phase) {
                case IN_ITS_OWN_HEAD -> socket.getOutputStream().write(request, 0, 10 + chance.nextInt(30));
                case IN_ITS_OWN_BODY -> socket.getOutputStream().write(request, 0, request.length - 5);
                case BEFORE_THE_HEAD -> socket.getOutputStream().write(request);
                case BEFORE_THE_FIRST_TOKEN -> {
                    socket.getOutputStream().write(request);
                    LockSupport.parkNanos((long) (chance.nextDouble() * FIRST_TOKEN * 1e9));
                }
                case IN_THE_MIDDLE -> {
                    socket.getOutputStream().write(request);
                    until(socket.getInputStream(), "\"content\":\"", 2 + chance.nextInt(50));
                }
                case AFTER_THE_LAST_TOKEN -> {
                    socket.getOutputStream().write(request);
                    until(socket.getInputStream(), "\"finish_reason\":\"", 1);
                }
                case NEVER -> {
                    socket.getOutputStream().write(request);
                    Talk whole = Talk.read(socket.getInputStream());
                    assertThat(whole.saysWhole())
                            .as(
                                    "clean %s, %s: …%s",
                                    whole.clean(),
                                    whole.headers(),
                                    whole.body()
                                            .substring(Math.max(0, whole.body().length() - 600)))
                            .isTrue();
                }
            }
            if (phase != Phase.NEVER && chance.nextBoolean()) {
                // It goes without a word.
                socket.setSoLinger(true, 0);
            }
            counts.computeIfPresent(phase, (_, count) -> {
                count.incrementAndGet();
                return count;
            });
        } catch (IOException | UncheckedIOException | AssertionError broken) {
            faults.add(broken);
        }
    }

    /** Reads until a text has come so many times. */
    static void until(InputStream in, String text, int times) throws IOException {
        byte[] buffer = new byte[8192];
        StringBuilder heard = new StringBuilder();
        int found = 0;
        int from = 0;
        while (found < times) {
            int count = in.read(buffer);
            if (count < 0) {
                throw new IOException("the stream ended before its time: " + heard);
            }
            heard.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            for (int at = heard.indexOf(text, from); at >= 0; at = heard.indexOf(text, from)) {
                from = at + text.length();
                found++;
            }
        }
    }

    /** Nobody works for those who went away. */
    private void settle(Gateway gateway, Emulator upstream) {
        long until = System.nanoTime() + 5_000_000_000L;
        while (System.nanoTime() < until
                && (gateway.metrics().open() > 0
                        || upstream.account().running() > 0
                        || gateway.pools().getFirst().outstanding() > 0)) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(faults).as(Seeds.told()).isEmpty();
        assertThat(gateway.metrics().open()).as("open requests").isZero();
        assertThat(upstream.account().running())
                .as("requests that the upstream works on")
                .isZero();
        assertThat(gateway.pools().getFirst().outstanding())
                .as("requests that the router counts")
                .isZero();
    }

    private String judged() {
        StringBuilder told = new StringBuilder();
        for (Phase phase : Phase.values()) {
            told.append(phase).append(' ').append(counts.get(phase)).append(", ");
        }
        looks.forEach(held -> told.append('\n').append(held));
        assertThat(faults).as("%s%n%s", Seeds.told(), told).isEmpty();
        // What is under way differs from look to look, so the least of the first half stands against that of the
        // second.
        Held first = least(looks.subList(0, LOOKS / 2));
        Held last = least(looks.subList(LOOKS / 2, LOOKS));
        assertThat(last.heap()).as("heap: %s", told).isLessThan(first.heap() + HEAP_ROOM);
        assertThat(last.direct()).as("direct memory: %s", told).isLessThan(first.direct() + DIRECT_ROOM);
        assertThat(last.files()).as("files: %s", told).isLessThan(first.files() + FILES_ROOM);
        return told.toString();
    }

    private static Held least(List<Held> some) {
        return some.stream()
                .reduce((one, other) -> new Held(
                        Math.min(one.heap(), other.heap()),
                        Math.min(one.direct(), other.direct()),
                        Math.min(one.files(), other.files())))
                .orElseThrow();
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println(
                run(Double.parseDouble(arguments[0]), Integer.parseInt(arguments[1]), Path.of(arguments[2])));
        System.exit(0);
    }
}
