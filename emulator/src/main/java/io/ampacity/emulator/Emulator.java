package io.ampacity.emulator;

import io.ampacity.sockets.Loops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A model server that needs no model: it streams nonsense at the pace of a real one. Thread-safe. */
public final class Emulator implements AutoCloseable {

    private static final int LARGEST_REQUEST = 64 << 20;

    private final EmulatorSettings settings;
    private final FaultScript faults = new FaultScript();
    private final Account account = new Account();
    private final PrefixCache cache = new PrefixCache();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicLong numbers = new AtomicLong();
    private final Loops loops;
    private final Engine engine;
    private final Channel server;

    private Emulator(EmulatorSettings settings) {
        this.settings = settings;
        loops = Loops.start(settings.threads(), "emulator");
        engine = Engine.of(settings.pace(), loops.group().next());
        server = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(LARGEST_REQUEST),
                                        new EmulatorHandler(Emulator.this));
                    }
                })
                .bind(settings.host(), settings.port())
                .syncUninterruptibly()
                .channel();
    }

    /** Starts one; it serves when this returns. */
    public static Emulator start(EmulatorSettings settings) {
        return new Emulator(settings);
    }

    /** The port it listens on. */
    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** Where it is, as a client writes it, without a path. */
    public String address() {
        return "http://" + settings.host() + ":" + port();
    }

    public EmulatorSettings settings() {
        return settings;
    }

    /** Which request fails how. */
    public FaultScript faults() {
        return faults;
    }

    /** What was really served. */
    public Account account() {
        return account;
    }

    Engine engine() {
        return engine;
    }

    PrefixCache cache() {
        return cache;
    }

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    /** Stops at once: open connections are closed. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        server.close().syncUninterruptibly();
        loops.close();
    }
}
