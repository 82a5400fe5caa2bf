package io.ampacity.gateway;

import io.ampacity.gateway.settings.Fleet;
import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.Target;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.ampacity.routing.Pool;
import io.ampacity.routing.RoutingTable;
import io.ampacity.sockets.Loops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.CharsetUtil;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Lets the machine compile the way of a request before traffic comes: a second gateway of the same classes carries
 * requests to an upstream that answers from memory. Without it the first clients would wait for the compiler.
 */
public final class Warmth {

    private static final double NANOS = 1e9;
    private static final String MODEL = "warm";
    private static final int SOCKET_MILLIS = 5000;
    private static final int BUFFER = 1 << 16;

    private static final String EVENTS = event("{\"role\":\"assistant\",\"content\":\"\"}", "null")
            + event("{\"content\":\"word\"}", "null").repeat(32)
            + event("{}", "\"stop\"")
            + "data: {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":32}}\n\n"
            + "data: [DONE]\n\n";

    private static final String DOCUMENT =
            "{\"id\":\"c\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"word\"},"
                    + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1}}";

    private Warmth() {}

    private static String event(String delta, String reason) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":" + delta
                + ",\"finish_reason\":" + reason + "}]}\n\n";
    }

    /** Runs for about so long, and returns how many requests were carried. */
    public static int run(double seconds) {
        long until = System.nanoTime() + (long) (seconds * NANOS);
        try (Loops loops = Loops.start(1, "warmth")) {
            Channel upstream = upstream(loops);
            int port = ((InetSocketAddress) upstream.localAddress()).getPort();
            try (Gateway gateway = Gateway.start(settings(port), request -> {}, fault -> {})) {
                return ask(gateway.port(), until);
            }
        }
    }

    private static GatewaySettings settings(int port) {
        UpstreamSettings upstream = UpstreamSettings.plain(MODEL, "127.0.0.1", port);
        Fleet fleet = new Fleet(
                RoutingTable.of(List.of(MODEL), List.of(Pool.plain(MODEL, MODEL, MODEL, 1))),
                List.of(new Target(upstream, MODEL, null, null)),
                Map.of(MODEL, 0),
                Map.of(),
                List.of());
        GatewaySettings usual = GatewaySettings.usual(fleet);
        return usual.withLimits(usual.limits().scaled(0.1));
    }

    private static Channel upstream(Loops loops) {
        return new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
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
    }

    private static final class FromMemory extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            boolean stream = request.content().toString(CharsetUtil.UTF_8).contains("\"stream\":true");
            DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    HttpResponseStatus.OK,
                    Unpooled.copiedBuffer(stream ? EVENTS : DOCUMENT, CharsetUtil.UTF_8));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, stream ? "text/event-stream" : "application/json")
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
            context.writeAndFlush(response);
        }
    }

    private static int ask(int port, long until) {
        byte[] buffer = new byte[BUFFER];
        int asked = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(SOCKET_MILLIS);
            while (System.nanoTime() < until) {
                boolean stream = asked % 2 == 0;
                socket.getOutputStream().write(request(stream));
                readAnswer(socket.getInputStream(), buffer, stream ? "0\r\n\r\n" : "}}");
                asked++;
            }
        } catch (IOException cold) {
            // Traffic may come all the same; it will only be slower at first.
            return asked;
        }
        return asked;
    }

    private static byte[] request(boolean stream) {
        String body = "{\"model\":\"" + MODEL + "\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
        return ("POST /v1/chat/completions HTTP/1.1\r\nhost: warm\r\ncontent-type: application/json\r\ncontent-length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void readAnswer(InputStream in, byte[] buffer, String end) throws IOException {
        int length = 0;
        while (true) {
            int more = in.read(buffer, length, buffer.length - length);
            if (more < 0) {
                throw new IOException("the connection was closed");
            }
            length += more;
            if (length >= end.length()
                    && new String(buffer, length - end.length(), end.length(), StandardCharsets.US_ASCII).equals(end)) {
                return;
            }
            if (length == buffer.length) {
                throw new IOException("the answer has no end");
            }
        }
    }
}
