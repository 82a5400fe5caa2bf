package io.ampacity.gateway;

import io.ampacity.sockets.Loops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.CharsetUtil;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** An upstream that answers from memory: documents at once, streams event by event, as they come when traffic is live. */
final class WarmUpstream {

    private static final int BUFFER = 1 << 16;
    private static final int DELTAS = 32;

    private static final List<byte[]> EVENTS = events();

    private static final String DOCUMENT =
            "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                    + "\"message\":{\"role\":\"assistant\",\"content\":\"word\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1,\"total_tokens\":10}}";

    private WarmUpstream() {}

    private static List<byte[]> events() {
        List<byte[]> events = new ArrayList<>();
        events.add(event("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
        for (int i = 0; i < DELTAS; i++) {
            events.add(event("{\"content\":\"word\"}", "null"));
        }
        events.add(event("{}", "\"stop\""));
        events.add(bytes("data: {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":"
                + DELTAS + ",\"total_tokens\":" + (9 + DELTAS) + "}}\n\n"));
        events.add(bytes("data: [DONE]\n\n"));
        return events;
    }

    private static byte[] event(String delta, String reason) {
        return bytes(
                "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                        + "[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + reason + "}]}\n\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(CharsetUtil.UTF_8);
    }

    /** Starts one, which ends with the loops; its port. */
    static int start(Loops loops) {
        Channel server = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(BUFFER), new FromMemory());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    private static final class FromMemory extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            if (request.content().toString(CharsetUtil.UTF_8).contains("\"stream\":true")) {
                DefaultHttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
                head.headers()
                        .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream")
                        .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
                context.write(head);
                send(context, 0);
                return;
            }
            DefaultFullHttpResponse document = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.copiedBuffer(DOCUMENT, CharsetUtil.UTF_8));
            document.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, document.content().readableBytes());
            context.writeAndFlush(document);
        }

        /** Sends an event, and the next when the other streams had their turn. */
        private static void send(ChannelHandlerContext context, int next) {
            if (next == EVENTS.size()) {
                context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
                return;
            }
            context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(EVENTS.get(next))));
            context.executor().execute(() -> send(context, next + 1));
        }
    }
}
