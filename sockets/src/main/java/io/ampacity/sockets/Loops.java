package io.ampacity.sockets;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A fixed number of threads, each of which waits for its sockets and serves them to the end: a connection stays on one
 * thread, so nothing that belongs to it is locked. Thread-safe.
 */
public final class Loops implements AutoCloseable {

    private static final long LONGEST_CLOSE_SECONDS = 5;

    private final EventLoopGroup group;
    private final boolean epoll;

    private Loops(EventLoopGroup group, boolean epoll) {
        this.group = group;
        this.epoll = epoll;
    }

    /** Starts {@code threads} loops, at least 1; {@code name} is seen in thread dumps. */
    public static Loops start(int threads, String name) {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory factory = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new Loops(
                new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), factory), epoll);
    }

    public EventLoopGroup group() {
        return group;
    }

    /** Whether Linux waits for the sockets itself, which knows more socket options. */
    public boolean isEpoll() {
        return epoll;
    }

    public Class<? extends ServerChannel> serverChannel() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    public Class<? extends Channel> clientChannel() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /** Runs a task on a loop after so many nanoseconds; what it throws goes to the loop's thread as any other fault. May be cancelled. */
    public static Future<?> after(EventLoop loop, long nanos, Runnable task) {
        Future<?> scheduled = loop.schedule(task, Math.max(0, nanos), TimeUnit.NANOSECONDS);
        scheduled.addListener(done -> {
            // To ask a cancelled one for its cause would make an exception of it.
            Throwable fault = done.isCancelled() ? null : done.cause();
            if (fault != null) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
            }
        });
        return scheduled;
    }

    /** Closes every connection and ends the threads. */
    @Override
    public void close() {
        group.shutdownGracefully(0, LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
