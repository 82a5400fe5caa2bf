package io.ampacity.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection to an upstream, lent to one request at a time. Belongs to one event loop. */
public final class Connection extends ChannelInboundHandlerAdapter {

    private final IdleConnections home;
    private final Consumer<Throwable> faults;
    private @Nullable Channel channel;
    private @Nullable Reply reply;
    private boolean keepAlive = true;
    private int uses;
    private boolean informational;

    Connection(IdleConnections home, Consumer<Throwable> faults) {
        this.home = home;
        this.faults = faults;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    private Channel channel() {
        Channel open = channel;
        if (open == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        return open;
    }

    io.netty.channel.ChannelPipeline pipeline() {
        return channel().pipeline();
    }

    boolean isOpen() {
        return channel().isActive();
    }

    /** Whether it has served a request before. */
    public boolean isReused() {
        return uses > 1;
    }

    void lend() {
        uses++;
    }

    public io.netty.buffer.ByteBufAllocator allocator() {
        return channel().alloc();
    }

    /** Sends a request, head and body; its answer goes to {@code listener}. */
    public void send(ByteBuf request, Reply listener) {
        reply = listener;
        channel().writeAndFlush(request);
    }

    /** Stops or starts to read, so that a slow client slows its upstream. */
    public void reading(boolean wanted) {
        channel().config().setAutoRead(wanted);
    }

    /** Gives up the answer that is on its way: the only word for that in HTTP/1.1 is to close. */
    public void abandon() {
        reply = null;
        channel().close();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the question is whether this very listener still listens
    public void channelRead(ChannelHandlerContext context, Object message) {
        Reply listener = reply;
        if (listener == null || !(message instanceof HttpObject http)) {
            ReferenceCountUtil.release(message);
            context.close();
            return;
        }
        if (http.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            reply = null;
            context.close();
            listener.malformed();
            return;
        }
        if (message instanceof HttpResponse head) {
            informational = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (!informational) {
                keepAlive = HttpUtil.isKeepAlive(head);
                listener.head(head);
            }
        }
        if (message instanceof HttpContent content) {
            boolean last = message instanceof LastHttpContent;
            if (informational) {
                content.release();
                return;
            }
            // The listener may have given up at the head.
            if (reply == listener && content.content().isReadable()) {
                listener.body(content.content());
            } else {
                content.release();
            }
            if (last && reply == listener) {
                reply = null;
                giveBack();
                listener.end();
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (reply != null) {
            reply.pause();
        }
    }

    private void giveBack() {
        Channel open = channel();
        if (keepAlive && open.isActive()) {
            open.config().setAutoRead(true);
            home.add(this);
        } else {
            open.close();
        }
    }

    void close() {
        channel().close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        home.remove(this);
        Reply listener = reply;
        reply = null;
        if (listener != null) {
            listener.lost();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        faults.accept(cause);
        context.close();
    }
}
