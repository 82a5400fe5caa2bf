package io.ampacity.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One connection to an upstream, lent to one request at a time. Belongs to one event loop. */
public final class Connection extends ChannelInboundHandlerAdapter {

    private final IdleConnections home;
    private final Consumer<Throwable> faults;
    private final Function<Connection, ChannelHandler> decoders;
    private final int headBytes;
    private ChannelHandler decoder;
    private @Nullable Channel channel;
    private @Nullable Reply reply;
    private boolean keepAlive = true;
    private int uses;
    private boolean informational;
    /** An answer has ended, and what was read with its end is not looked through yet. */
    private boolean ending;
    /** It is given up, and what still comes means nothing. */
    private boolean left;

    /** @param decoders make what reads one answer after the other, but for bodies in chunks */
    Connection(
            IdleConnections home,
            Consumer<Throwable> faults,
            Function<Connection, ChannelHandler> decoders,
            int headBytes) {
        this.home = home;
        this.faults = faults;
        this.decoders = decoders;
        this.headBytes = headBytes;
        decoder = decoders.apply(this);
    }

    /** What makes answers of bytes, to stand before this. */
    ChannelHandler decoder() {
        return decoder;
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

    /** Whether anything may be said on it now. */
    boolean isAsked() {
        return reply != null;
    }

    /** The upstream says something that nobody asked for: the connection is of no use any more. */
    void saidTooMuch(boolean excused) {
        if (!left && !excused) {
            home.distrust();
        }
        left = true;
        ending = false;
        channel().close();
    }

    /** Gives up the answer that is on its way: the only word for that in HTTP/1.1 is to close. */
    public void abandon() {
        left = true;
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
            malformed();
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
            more(content, listener);
        } else if (reply == listener
                && message instanceof HttpResponse head
                && head.status().code() == HttpResponseStatus.OK.code()
                && HttpUtil.isTransferEncodingChunked(head)) {
            // What has come of the body already is read before this returns.
            replaceDecoder(new ChunkedBody(this, headBytes));
        }
    }

    @SuppressWarnings("ReferenceEquality") // the question is whether this very listener still listens
    private void more(HttpContent content, Reply listener) {
        ByteBuf packet = content.content();
        // The listener may have given up at the head.
        if (!informational && reply == listener && packet.isReadable()) {
            byte[] bytes = Scratch.of(packet);
            try {
                listener.body(bytes, 0, packet.readableBytes());
            } finally {
                Scratch.give(bytes);
                content.release();
            }
        } else {
            content.release();
        }
        if (!informational && content instanceof LastHttpContent && reply == listener) {
            ended(listener);
        }
    }

    private void ended(Reply listener) {
        reply = null;
        giveBack();
        listener.end();
    }

    // What is read in chunks.

    void body(byte[] bytes, int from, int to) {
        Reply listener = reply;
        if (listener != null) {
            listener.body(bytes, from, to);
        }
    }

    /** The body has ended; whoever says more than was asked for is not asked again. */
    void bodyIsWhole(boolean nothingFollows) {
        keepAlive &= nothingFollows;
        if (!nothingFollows) {
            home.distrust();
        }
        replaceDecoder(decoders.apply(this));
        Reply listener = reply;
        if (listener != null) {
            ended(listener);
        }
    }

    private void replaceDecoder(ChannelHandler next) {
        ChannelHandler before = decoder;
        decoder = next;
        channel().pipeline().replace(before, null, next);
    }

    void malformed() {
        left = true;
        Reply listener = reply;
        reply = null;
        channel().close();
        if (listener != null) {
            listener.malformed();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (reply != null) {
            reply.pause();
        }
        if (ending) {
            ending = false;
            home.add(this);
        }
    }

    private void giveBack() {
        Channel open = channel();
        if (keepAlive && open.isActive()) {
            open.config().setAutoRead(true);
            // Not before all that came with its end was looked at: there may be more than was asked for.
            ending = true;
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
