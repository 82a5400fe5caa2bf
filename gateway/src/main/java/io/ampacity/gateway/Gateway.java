package io.ampacity.gateway;

import io.ampacity.gateway.metering.Meter;
import io.ampacity.gateway.metering.Metrics;
import io.ampacity.gateway.settings.CanarySettings;
import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.OidcSettings;
import io.ampacity.gateway.settings.OverloadSettings;
import io.ampacity.gateway.settings.ShadowSettings;
import io.ampacity.gateway.settings.Target;
import io.ampacity.gateway.settings.TelemetrySettings;
import io.ampacity.gateway.settings.TlsFiles;
import io.ampacity.gateway.telemetry.FailedExports;
import io.ampacity.gateway.telemetry.Telemetry;
import io.ampacity.gateway.upstream.Connections;
import io.ampacity.ledger.Trials;
import io.ampacity.ledger.Trials.Standing;
import io.ampacity.routing.RetrySettings;
import io.ampacity.sockets.Loops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.NotYetConnectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A running gateway. Thread-safe. */
public final class Gateway implements AutoCloseable {

    private static final int LONGEST_LINE = 8192;
    private static final int CHUNK = 64 << 10;
    private static final int BACKLOG = 4096;
    private static final int MOST_UNSENT = 256 << 10;
    private static final int FEW_UNSENT = 64 << 10;
    private static final int LONGEST_UNHEARD_MILLIS = 30_000;

    private final Loops loops;
    private final Metrics metrics = new Metrics();
    private final Refusals refusals = new Refusals(metrics);
    private final RecentRequests recent = new RecentRequests();
    private final Drills drills = new Drills();
    private final Allowances allowances;
    private final Meter meter;
    private final Consumer<Throwable> faults;
    private final Set<ClientHandler> clients = ConcurrentHashMap.newKeySet();
    private final Channel server;
    private final AdminServer admin;
    private volatile Service service;
    private volatile Consumer<String> notices = told -> {};
    private volatile Keys keys;
    private volatile HealthChecks health;
    private final @Nullable Books books;
    private final @Nullable Trials sharedTrials;
    private volatile @Nullable OperatorGuard guard;
    private volatile Supplier<String> reloader = () -> "this gateway has no document to read again";
    private @Nullable Telemetry telemetry;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch lastClientLeft = new CountDownLatch(1);
    private volatile boolean draining;
    private volatile boolean ready;

    private Gateway(GatewaySettings settings, Meter sink, @Nullable Books books, Consumer<Throwable> faults) {
        this.faults = faults;
        this.books = books;
        sharedTrials = books == null ? null : books.sharedTrials();
        meter = request -> {
            try {
                sink.record(request);
            } catch (RuntimeException lost) {
                // A full disk must not be why nobody is answered any more.
                metrics.count("ampacity_unrecorded_requests_total{}", 1);
                faults.accept(lost);
            }
        };
        allowances = new Allowances(
                new MinuteLimits(books == null ? null : books.rates(), faults),
                books == null ? null : books.leases(),
                faults,
                this::deed);
        loops = Loops.start(settings.threads(), "gateway");
        service = service(settings, new Connections(loops, this::fault, this::distrusted), null, null);
        health = new HealthChecks(loops, service);
        keys = new Keys(settings.keys());
        guard = guard(settings.oidc());
        server = listen(settings);
        admin = AdminServer.start(this, loops, settings);
        metrics.canaryShares(() -> service.canaries().shares());
    }

    /**
     * Starts one; it serves when this returns, and is {@linkplain #isReady() ready} once told so.
     *
     * @param meter takes down every request
     * @param faults hears of what should not happen
     */
    public static Gateway start(GatewaySettings settings, Meter meter, Consumer<Throwable> faults) {
        return new Gateway(settings, meter, null, faults);
    }

    /** Starts one whose requests, budgets and deeds are in the books. */
    public static Gateway start(GatewaySettings settings, Books books, Consumer<Throwable> faults) {
        return new Gateway(settings, books, books, faults);
    }

    private Channel listen(GatewaySettings settings) {
        FrontDoor door = new FrontDoor(this);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(FEW_UNSENT, MOST_UNSENT))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        Service current = service;
                        Limits limits = current.settings().limits();
                        ClientHandler client = new ClientHandler(door);
                        clients.add(client);
                        channel.closeFuture().addListener(closed -> left(client));
                        SslContext tls = current.tls();
                        if (tls != null) {
                            SslHandler safe = tls.newHandler(channel.alloc());
                            safe.setHandshakeTimeoutMillis((long) (limits.clientHeadSeconds() * 1e3));
                            channel.pipeline().addLast(safe);
                        }
                        channel.pipeline()
                                .addLast(
                                        new FirstBytes(client),
                                        new HttpRequestDecoder(LONGEST_LINE, limits.headBytes(), CHUNK),
                                        client);
                    }
                });
        if (loops.isEpoll()) {
            // A client that vanished without a word is noticed when it does not acknowledge what was sent.
            bootstrap.childOption(EpollChannelOption.TCP_USER_TIMEOUT, LONGEST_UNHEARD_MILLIS);
        }
        return bootstrap
                .bind(settings.host(), settings.port())
                .syncUninterruptibly()
                .channel();
    }

    /** Tells a client's handler that bytes came, before they make a request. */
    private static final class FirstBytes extends ChannelInboundHandlerAdapter {
        private final ClientHandler client;

        FirstBytes(ClientHandler client) {
            this.client = client;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            client.bytesCame();
            context.fireChannelRead(message);
        }
    }

    /** The port that clients use. */
    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** The port that operators use. */
    public int adminPort() {
        return admin.port();
    }

    public GatewaySettings settings() {
        return service.settings();
    }

    public Metrics metrics() {
        return metrics;
    }

    /**
     * Goes on with other settings; requests that are open keep those they began with, and ports, threads and books stay. What
     * was learnt of quota groups and pools that are still there holds.
     */
    public synchronized void reload(GatewaySettings settings) {
        health.close();
        service = service(settings, service.connections(), service.dispatcher(), service.canaries());
        health = new HealthChecks(loops, service);
        keys = new Keys(settings.keys());
        guard = guard(settings.oidc());
        deed("reload", settings.fleet().targets().size() + " pools");
    }

    /** What each pool is like now. */
    public List<PoolStatus> pools() {
        Service current = service;
        List<PoolStatus> pools = new ArrayList<>();
        for (int pool = 0; pool < current.settings().fleet().targets().size(); pool++) {
            pools.add(current.dispatcher()
                    .view(
                            pool,
                            current.canaries().state(pool),
                            current.canaries().share(pool)));
        }
        return pools;
    }

    /** Takes down what was done, where there are books. */
    void deed(String action, String detail) {
        Books kept = books;
        if (kept != null) {
            kept.deed(action, detail);
        }
    }

    /** Takes down what somebody did, where there are books. */
    void deed(String actor, String action, String detail) {
        Books kept = books;
        if (kept != null) {
            kept.deed(actor, action, detail);
        }
    }

    /** Checks operators' tokens; null when none is wanted. */
    @Nullable OperatorGuard guard() {
        return guard;
    }

    /** Reads the document again when an operator asks for it, from now on; what was wrong with it, or nothing. */
    public void reloader(Supplier<String> reads) {
        reloader = reads;
    }

    /** Reads the document again; what was wrong with it. */
    String readAgain() {
        return reloader.get();
    }

    /** What each key may and did, for display. */
    List<KeyStatus> keyStatus() {
        return service.settings().keys().stream().map(allowances::view).toList();
    }

    Drills drills() {
        return drills;
    }

    Refusals refusals() {
        return refusals;
    }

    /**
     * Tells, from now on, who was turned away before there was a request: one line of JSON each, a few a minute of each
     * reason, the rest counted in the next.
     */
    public void refusals(Consumer<String> listener) {
        refusals.tell(listener);
    }

    /** Tells, from now on, of what operators should know though nothing is wrong with the gateway. */
    public void notices(Consumer<String> listener) {
        notices = listener;
    }

    private void distrusted(String upstream) {
        metrics.count("ampacity_upstream_unasked_total{upstream=\"" + upstream.replace("\"", "'") + "\"}", 1);
        notices.accept(
                "upstream " + upstream + " said more than it was asked for, so each of its connections serves one"
                        + " request for ten minutes. Maybe a proxy before it answers twice");
    }

    private void turned(String canary, CanarySettings settings, TrialTurn turn) {
        deed(turn.kind().action(), TrialHistory.detail(canary, settings, turn));
        switch (turn.kind()) {
            case BEGUN -> {}
            case WIDENED -> {
                metrics.canaryWidened(canary);
                notices.accept("canary " + canary + " gets " + turn.told());
            }
            case PASSED ->
                notices.accept("canary " + canary + " has shown itself: " + turn.told()
                        + ". Maybe give its pool a weight, or carry out its plan, and take canary away");
            case STOPPED -> {
                metrics.canaryStopped(canary);
                notices.accept("canary " + canary + " gets nothing more: " + turn.told());
            }
        }
    }

    /** How trials begin: where former gateways left them, together with others where a ledger is shared. */
    private Canaries.Trials trialsOf(GatewaySettings settings) {
        TrialHistory history = books == null ? TrialHistory.NONE : books.trials(settings.fleet());
        return (canary, rule) -> {
            Standing known = history.standing(canary, rule);
            if (known == null) {
                turned(canary, rule, new TrialTurn(TrialTurn.Kind.BEGUN, Trial.place(rule, 0)));
            }
            Standing first = known == null ? Standing.NEW : known;
            return sharedTrials == null
                    ? new LoneTrial(rule, first, System::nanoTime)
                    : new PooledTrial(
                            rule,
                            sharedTrials,
                            canary + TrialHistory.rule(rule),
                            first,
                            turn -> turned(canary, rule, turn),
                            faults);
        };
    }

    private Service service(
            GatewaySettings settings, Connections connections, @Nullable Dispatcher before, @Nullable Canaries trials) {
        connections.prepare(
                settings.fleet().targets().stream().map(Target::upstream).toList());
        TlsFiles tls = settings.tls();
        TlsFiles adminTls = settings.adminTls();
        return new Service(
                settings,
                tls == null ? null : tls.context(),
                adminTls == null ? null : adminTls.context(),
                new Dispatcher(settings, before),
                new Canaries(settings.fleet(), trials, trialsOf(settings), this::turned),
                connections,
                metrics,
                recent,
                drills,
                meter,
                telemetry(settings.telemetry(), settings.replica()),
                shadows(settings, connections));
    }

    /** Those that were there before go on with what they have counted. */
    private Shadows shadows(GatewaySettings settings, Connections connections) {
        @Nullable Service before = service;
        List<Shadow> all = new ArrayList<>();
        for (ShadowSettings each : settings.shadows()) {
            Shadow known = before == null
                    ? null
                    : before.shadows().all().stream()
                            .filter(shadow -> shadow.settings().equals(each))
                            .findFirst()
                            .orElse(null);
            all.add(known == null ? shadow(each, settings, connections) : known);
        }
        return all.isEmpty() ? Shadows.NONE : new Shadows(all, allowances);
    }

    private Shadow shadow(ShadowSettings each, GatewaySettings settings, Connections connections) {
        connections.prepare(
                each.fleet().targets().stream().map(Target::upstream).toList());
        GatewaySettings own = settings.but(draft -> {
            draft.fleet = each.fleet();
            draft.retries = RetrySettings.NEVER;
            draft.hedging = null;
            draft.overload = OverloadSettings.NONE;
            draft.shadows = List.of();
        });
        return new Shadow(
                each,
                new Service(
                        own,
                        null,
                        null,
                        new Dispatcher(own, null),
                        new Canaries(each.fleet(), null, LoneTrial::begin, (pool, trial, turn) -> {}),
                        connections,
                        new Metrics(),
                        new RecentRequests(),
                        drills,
                        meter,
                        null,
                        Shadows.NONE),
                metrics);
    }

    private @Nullable OperatorGuard guard(@Nullable OidcSettings settings) {
        OperatorGuard before = guard;
        return settings == null
                ? null
                : before != null && before.settings().equals(settings) ? before : new OperatorGuard(settings);
    }

    /** The same one as long as its settings are. */
    private @Nullable Telemetry telemetry(@Nullable TelemetrySettings settings, String replica) {
        Telemetry before = telemetry;
        if (before != null && before.settings().equals(settings)) {
            return before;
        }
        telemetry = settings == null
                ? null
                : Telemetry.open(
                        settings, replica, new FailedExports(metrics::telemetryFailed, told -> notices.accept(told)));
        if (before != null) {
            Thread.ofVirtual().start(before::close);
        }
        return telemetry;
    }

    /** Says whether traffic may come. */
    public void ready(boolean now) {
        ready = now;
    }

    public boolean isReady() {
        return ready && !draining;
    }

    /** Takes no more connections, lets open requests end within their time, then stops. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        draining = true;
        server.close().syncUninterruptibly();
        leaveWhenEmpty();
        clients.forEach(client -> client.loop().execute(client::drain));
        try {
            // A client that was busy is let go when its answer has left.
            lastClientLeft.await((long) (settings().limits().drainSeconds() * 1e9), TimeUnit.NANOSECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        health.close();
        admin.close();
        loops.close();
        allowances.close();
        if (sharedTrials != null) {
            sharedTrials.close();
        }
        Telemetry told = service.telemetry();
        if (told != null) {
            told.close();
        }
    }

    private void left(ClientHandler client) {
        clients.remove(client);
        leaveWhenEmpty();
    }

    private void leaveWhenEmpty() {
        if (draining && clients.isEmpty()) {
            lastClientLeft.countDown();
        }
    }

    Service service() {
        return service;
    }

    Keys keys() {
        return keys;
    }

    Allowances allowances() {
        return allowances;
    }

    boolean isDraining() {
        return draining;
    }

    void fault(Throwable cause) {
        // What is no TLS, or a client that left in the middle of it, comes in a wrapping.
        Throwable reason = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        // A connection that was reset just before it was read is not connected, as Linux says.
        if (!(reason instanceof IOException || reason instanceof NotYetConnectedException)) {
            faults.accept(cause);
        }
    }
}
