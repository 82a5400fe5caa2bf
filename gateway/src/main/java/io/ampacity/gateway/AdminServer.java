package io.ampacity.gateway;

import io.ampacity.gateway.json.JsonText;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.sockets.Loops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What operators look at: health, figures, pools, why a request went where it went. On a port of its own. */
final class AdminServer implements AutoCloseable {

    private static final int LARGEST = 1 << 16;
    private static final String REQUESTS = "/admin/requests/";
    private static final String DRILLS = "/admin/drills/";

    private final Channel server;

    private AdminServer(Channel server) {
        this.server = server;
    }

    static AdminServer start(Gateway gateway, Loops loops, GatewaySettings settings) {
        return new AdminServer(new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(LARGEST), new Pages(gateway));
                    }
                })
                .bind(settings.adminHost(), settings.adminPort())
                .syncUninterruptibly()
                .channel());
    }

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
    }

    private static final class Pages extends SimpleChannelInboundHandler<FullHttpRequest> {

        private final Gateway gateway;

        Pages(Gateway gateway) {
            this.gateway = gateway;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            String path = request.uri();
            switch (path) {
                case "/healthz" -> answer(context, 200, "application/json", "{\"status\":\"ok\"}");
                case "/readyz" ->
                    answer(
                            context,
                            gateway.isReady() ? 200 : 503,
                            "application/json",
                            gateway.isReady() ? "{\"status\":\"ready\"}" : "{\"status\":\"not ready\"}");
                case "/metrics" ->
                    answer(
                            context,
                            200,
                            "text/plain; version=0.0.4; charset=utf-8",
                            gateway.metrics().prometheus());
                case "/admin/pools" -> answer(context, 200, "application/json", pools());
                default -> {
                    if (path.startsWith(DRILLS) && request.method().equals(HttpMethod.POST)) {
                        drill(context, request);
                        return;
                    }
                    if (path.matches("/admin/requests\\?since=\\d{1,18}")) {
                        answer(context, 200, "application/jsonl", since(path.substring(path.indexOf('=') + 1)));
                        return;
                    }
                    RequestRecord found = path.startsWith(REQUESTS)
                            ? gateway.service().recent().find(path.substring(REQUESTS.length()))
                            : null;
                    if (found == null) {
                        answer(context, 404, "application/json", "{\"error\":\"there is nothing at this path\"}");
                    } else {
                        answer(context, 200, "application/json", found.line());
                    }
                }
            }
        }

        private String pools() {
            JsonText json = new JsonText().object("").array("pools");
            for (PoolStatus pool : gateway.pools()) {
                json.object("")
                        .put("id", pool.id())
                        .put("breaker", pool.breaker())
                        .put("throttled", pool.throttled())
                        .put("sick", pool.sick())
                        .put("outstanding", pool.outstanding())
                        .put("routed", pool.routed())
                        .put("latencySeconds", pool.latencySeconds())
                        .put("canary", pool.canary())
                        .endObject();
            }
            return json.endArray().endObject().toString();
        }

        /** Every record since a time, one a line. */
        private String since(String text) {
            StringBuilder lines = new StringBuilder();
            for (RequestRecord record : gateway.service().recent().since(Long.parseLong(text))) {
                lines.append(record.line());
            }
            return lines.toString();
        }

        /** Breaks an upstream on purpose, or mends it: POST /admin/drills/UPSTREAM?fault=down&seconds=30. */
        private void drill(ChannelHandlerContext context, FullHttpRequest request) {
            if (!gateway.settings().drills()) {
                answer(context, 403, "application/json", "{\"error\":\"drills are off. Maybe write drills: yes\"}");
                return;
            }
            QueryStringDecoder query = new QueryStringDecoder(request.uri());
            String upstream = query.path().substring(DRILLS.length());
            try {
                String fault = first(query, "fault", "down");
                double seconds = Double.parseDouble(first(query, "seconds", "30"));
                boolean known = gateway.settings().fleet().targets().stream()
                        .anyMatch(target -> target.upstream().id().equals(upstream));
                if (!known) {
                    answer(context, 404, "application/json", "{\"error\":\"there is no such upstream\"}");
                    return;
                }
                gateway.drills().begin(upstream, Drills.Kind.valueOf(fault.toUpperCase(Locale.ROOT)), seconds);
                gateway.deed("drill", upstream + " " + fault + " for " + seconds + " s");
                answer(context, 200, "application/json", "{\"status\":\"ok\"}");
            } catch (IllegalArgumentException wrong) {
                answer(
                        context,
                        400,
                        "application/json",
                        "{\"error\":\"fault is down, slow or throttled, and seconds a number up to 3600\"}");
            }
        }

        private static String first(QueryStringDecoder query, String name, String usual) {
            List<String> values = query.parameters().get(name);
            return values == null || values.isEmpty() ? usual : values.getFirst();
        }

        private static void answer(ChannelHandlerContext context, int status, String type, String body) {
            DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    HttpResponseStatus.valueOf(status),
                    Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, type)
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
