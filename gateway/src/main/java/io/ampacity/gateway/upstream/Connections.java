package io.ampacity.gateway.upstream;

import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.ampacity.sockets.Loops;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Lends connections to upstreams, each to a borrower on the same event loop. Thread-safe. */
public final class Connections {

    private static final int LONGEST_LINE = 8192;
    private static final int CHUNK = 64 << 10;

    private final Loops loops;
    private final Consumer<Throwable> faults;
    private final Addresses addresses = new Addresses();
    private final ConcurrentMap<String, SslContext> contexts = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Manners> manners = new ConcurrentHashMap<>();
    private final Consumer<String> distrusted;
    private final FastThreadLocal<Map<UpstreamSettings, IdleConnections>> idle = new FastThreadLocal<>() {
        @Override
        protected Map<UpstreamSettings, IdleConnections> initialValue() {
            return new HashMap<>();
        }
    };

    /**
     * Some on these loops.
     *
     * @param faults hears of what breaks on the way of an answer
     * @param distrusted hears the id of an upstream that says more than it was asked for
     */
    public Connections(Loops loops, Consumer<Throwable> faults, Consumer<String> distrusted) {
        this.loops = loops;
        this.faults = faults;
        this.distrusted = distrusted;
    }

    /**
     * Reads the certificates that upstreams are checked with, which takes long enough to be done before traffic comes.
     *
     * @throws IllegalArgumentException when some cannot be used
     */
    public void prepare(Iterable<UpstreamSettings> upstreams) {
        for (UpstreamSettings upstream : upstreams) {
            if (upstream.tls()) {
                try {
                    context(upstream.trust());
                } catch (SSLException | IllegalArgumentException unusable) {
                    throw new IllegalArgumentException(
                            "the certificates " + upstream.trust() + " of upstream " + upstream.id()
                                    + " cannot be used: " + reason(unusable) + ". Maybe name a PEM file",
                            unusable);
                }
            }
        }
    }

    /** Lends a connection, kept or new; to be called on {@code loop}. */
    public void borrow(EventLoop loop, UpstreamSettings upstream, Limits limits, Borrower borrower) {
        IdleConnections home = idle.get().computeIfAbsent(upstream, this::idle);
        Connection kept = home.take();
        if (kept != null) {
            kept.lend();
            borrower.connected(kept);
            return;
        }
        addresses.find(upstream.host(), loop, address -> {
            if (address == null) {
                borrower.failed(Borrower.Trouble.NAME, "the name " + upstream.host() + " is unknown");
            } else if (address.isLinkLocalAddress()) {
                // Whoever changes a name must not be able to have prompts and keys sent to where clouds keep
                // credentials.
                borrower.failed(Borrower.Trouble.NAME, upstream.host() + " is on the machine's own link");
            } else {
                open(loop, address, upstream, limits, borrower, home);
            }
        });
    }

    private IdleConnections idle(UpstreamSettings upstream) {
        return new IdleConnections(manners.computeIfAbsent(upstream.id(), id -> new Manners(id, distrusted)));
    }

    private void open(
            EventLoop loop,
            InetAddress address,
            UpstreamSettings upstream,
            Limits limits,
            Borrower borrower,
            IdleConnections home) {
        SslContext context;
        try {
            context = upstream.tls() ? context(upstream.trust()) : null;
        } catch (SSLException | IllegalArgumentException unusable) {
            borrower.failed(Borrower.Trouble.TLS, "the certificates cannot be used: " + unusable.getMessage());
            return;
        }
        Connection connection = new Connection(
                home,
                faults,
                made -> new AnswerDecoder(made, LONGEST_LINE, limits.headBytes(), CHUNK),
                limits.headBytes());
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(loops.clientChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.max(1, limits.connectSeconds() * 1000))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (context != null) {
                            SslHandler tls = context.newHandler(channel.alloc(), upstream.host(), upstream.port());
                            tls.setHandshakeTimeoutMillis((long) Math.max(1, limits.connectSeconds() * 1000));
                            channel.pipeline().addLast(tls);
                        }
                        channel.pipeline().addLast(connection.decoder(), connection);
                    }
                });
        bootstrap.connect(new InetSocketAddress(address, upstream.port())).addListener(done -> {
            if (!done.isSuccess()) {
                borrower.failed(Borrower.Trouble.CONNECT, reason(done.cause()));
                return;
            }
            SslHandler tls = context == null ? null : tls(connection);
            if (tls == null) {
                hand(connection, borrower, home);
            } else {
                tls.handshakeFuture().addListener(shaken -> {
                    if (shaken.isSuccess()) {
                        hand(connection, borrower, home);
                    } else {
                        borrower.failed(Borrower.Trouble.TLS, reason(shaken.cause()));
                    }
                });
            }
        });
    }

    private static @Nullable SslHandler tls(Connection connection) {
        return connection.pipeline().get(SslHandler.class);
    }

    private static void hand(Connection connection, Borrower borrower, IdleConnections home) {
        if (borrower.isWaiting()) {
            connection.lend();
            borrower.connected(connection);
        } else {
            home.add(connection);
        }
    }

    private SslContext context(@Nullable String trust) throws SSLException {
        String key = trust == null ? "" : trust;
        SslContext known = contexts.get(key);
        if (known == null) {
            SslContextBuilder builder = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
            known = trust == null
                    ? builder.build()
                    : builder.trustManager(new File(trust)).build();
            contexts.put(key, known);
        }
        return known;
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause == null) {
            return "no reason was given";
        }
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
