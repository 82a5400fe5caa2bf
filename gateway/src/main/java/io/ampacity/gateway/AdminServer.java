package io.ampacity.gateway;

import io.ampacity.gateway.json.JsonText;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.KeySettings;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.sockets.Loops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What operators look at: health, figures, pools, why a request went where it went. On a port of its own. */
final class AdminServer implements AutoCloseable {

    private static final int LARGEST = 1 << 16;
    private static final int LONGEST_LINE = 8192;
    private static final String REQUESTS = "/admin/requests/";
    private static final String DRILLS = "/admin/drills/";
    private static final List<String> ACTS = List.of("/admin/reload", "/admin/drain", "/admin/resume");
    private static final String JSON = "application/json";
    private static final String OK = "{\"status\":\"ok\"}";

    private final Channel server;

    private AdminServer(Channel server) {
        this.server = server;
    }

    static AdminServer start(Gateway gateway, Loops loops, GatewaySettings settings) {
        Visits visits = new Visits(gateway.refusals(), settings.adminConnections());
        return new AdminServer(new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        Service current = gateway.service();
                        Limits limits = current.settings().limits();
                        Visits.Visit visit = visits.visit(limits.clientHeadSeconds(), limits.clientBodySeconds());
                        channel.pipeline().addLast(visit);
                        SslContext tls = current.adminTls();
                        if (tls != null) {
                            SslHandler safe = tls.newHandler(channel.alloc());
                            safe.setHandshakeTimeoutMillis((long) (limits.clientHeadSeconds() * 1e3));
                            channel.pipeline().addLast(safe);
                        }
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(LONGEST_LINE, limits.headBytes(), LONGEST_LINE),
                                        new Whole(gateway.refusals()),
                                        new Pages(gateway, visit));
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

    /** Makes one of a request's pieces, and tells of one that is too large. */
    private static final class Whole extends HttpObjectAggregator {

        private final Refusals refusals;

        Whole(Refusals refusals) {
            super(LARGEST);
            this.refusals = refusals;
        }

        @Override
        protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) throws Exception {
            refusals.add(Refusals.Door.OPERATORS, context.channel().remoteAddress(), 413, "request_too_large", "");
            super.handleOversizedMessage(context, oversized);
        }
    }

    private static final class Pages extends SimpleChannelInboundHandler<FullHttpRequest> {

        private final Gateway gateway;
        private final Visits.Visit visit;

        Pages(Gateway gateway, Visits.Visit visit) {
            this.gateway = gateway;
            this.visit = visit;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            visit.asked();
            HttpMethod method = request.method();
            QueryStringDecoder query = new QueryStringDecoder(request.uri());
            if (request.decoderResult().cause() instanceof TooLongHttpHeaderException) {
                turnedAway(context, 431, "headers_too_large", "");
                answer(context, 431, JSON, error("the headers are larger than the gateway reads"));
                return;
            }
            if (request.decoderResult().isFailure() || !isReadable(query)) {
                turnedAway(context, 400, "bad_http", "");
                answer(context, 400, JSON, error("the request is not valid HTTP"));
                return;
            }
            OperatorGuard guard = gateway.guard();
            OperatorGuard.Right right = OperatorGuard.wanted(method.name(), query.path());
            if (guard == null || right == null) {
                serve(context, method, query, "operator");
                return;
            }
            String shown = request.headers().get(HttpHeaderNames.AUTHORIZATION);
            // The issuer's keys may have to be fetched, which an event loop does not wait for.
            Thread.ofVirtual().start(() -> {
                OperatorGuard.Verdict verdict;
                try {
                    verdict = guard.check(shown, right);
                } catch (RuntimeException fault) {
                    gateway.fault(fault);
                    verdict = new OperatorGuard.Verdict(503, "", "the token cannot be checked now");
                }
                OperatorGuard.Verdict found = verdict;
                context.executor().execute(() -> {
                    if (found.status() == 200) {
                        serve(context, method, query, found.who());
                        return;
                    }
                    if (right == OperatorGuard.Right.ACT) {
                        gateway.deed(found.who(), "refused", method + " " + query.path() + ": " + found.status());
                    }
                    refuse(context, found);
                });
            });
        }

        private void serve(ChannelHandlerContext context, HttpMethod method, QueryStringDecoder query, String who) {
            String path = query.path();
            boolean post = method.equals(HttpMethod.POST);
            if (path.startsWith(DRILLS) || ACTS.contains(path)) {
                if (!post) {
                    answer(context, 405, JSON, error("POST is the only method here"));
                } else if (path.startsWith(DRILLS)) {
                    drill(context, query, who);
                } else {
                    act(context, path, who);
                }
                return;
            }
            if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
                answer(context, 405, JSON, error("GET is the only method here"));
                return;
            }
            switch (path) {
                case "/healthz" -> answer(context, 200, JSON, "{\"status\":\"ok\"}");
                case "/readyz" ->
                    answer(
                            context,
                            gateway.isReady() ? 200 : 503,
                            JSON,
                            gateway.isReady() ? "{\"status\":\"ready\"}" : "{\"status\":\"not ready\"}");
                case "/metrics" ->
                    answer(
                            context,
                            200,
                            "text/plain; version=0.0.4; charset=utf-8",
                            gateway.metrics().prometheus());
                case "/admin/pools" -> answer(context, 200, JSON, pools());
                case "/admin/shadows" ->
                    answer(context, 200, JSON, gateway.service().shadows().json());
                case "/admin/keys" -> answer(context, 200, JSON, keys());
                case "/admin/requests" -> since(context, first(query, "since", ""));
                default -> {
                    RequestRecord found = path.startsWith(REQUESTS)
                            ? gateway.service().recent().find(path.substring(REQUESTS.length()))
                            : null;
                    if (found == null) {
                        answer(context, 404, JSON, error("there is nothing at this path"));
                    } else {
                        answer(context, 200, JSON, found.line());
                    }
                }
            }
        }

        private void act(ChannelHandlerContext context, String path, String who) {
            switch (path) {
                case "/admin/reload" ->
                    // Reading files may take its time, and the gateway's own lock with it.
                    Thread.ofVirtual().start(() -> {
                        String wrong = gateway.readAgain();
                        gateway.deed(who, "reload asked for", wrong.isEmpty() ? "done" : "refused: " + wrong);
                        context.executor()
                                .execute(() -> answer(
                                        context,
                                        wrong.isEmpty() ? 200 : 409,
                                        JSON,
                                        wrong.isEmpty() ? OK : error(wrong)));
                    });
                case "/admin/drain" -> {
                    gateway.ready(false);
                    gateway.deed(who, "drain", "not ready any more; open requests go on, and new ones are served");
                    answer(context, 200, JSON, OK);
                }
                default -> {
                    gateway.ready(true);
                    gateway.deed(who, "resume", "ready again");
                    answer(context, 200, JSON, OK);
                }
            }
        }

        /** Whether what its address says can be decoded. */
        private static boolean isReadable(QueryStringDecoder query) {
            try {
                return !query.path().isEmpty() && query.parameters() != null;
            } catch (IllegalArgumentException broken) {
                return false;
            }
        }

        private void turnedAway(ChannelHandlerContext context, int status, String reason, String who) {
            gateway.refusals().add(Refusals.Door.OPERATORS, context.channel().remoteAddress(), status, reason, who);
        }

        private void refuse(ChannelHandlerContext context, OperatorGuard.Verdict verdict) {
            turnedAway(
                    context,
                    verdict.status(),
                    switch (verdict.status()) {
                        case 401 -> "invalid_token";
                        case 403 -> "insufficient_scope";
                        default -> "issuer_away";
                    },
                    verdict.who());
            DefaultFullHttpResponse response = response(verdict.status(), JSON, error(verdict.reason()));
            switch (verdict.status()) {
                case 401 -> response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
                case 403 ->
                    response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\"");
                default -> response.headers().set(HttpHeaderNames.RETRY_AFTER, "5");
            }
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }

        private static String error(String words) {
            return new JsonText().object("").put("error", words).endObject().toString();
        }

        private String keys() {
            JsonText json = new JsonText().object("").array("keys");
            for (KeyStatus status : gateway.keyStatus()) {
                KeySettings key = status.key();
                json.object("")
                        .put("name", key.name())
                        .put("requestsPerMinute", orUnknown(key.requestsPerMinute()))
                        .put("tokensPerMinute", orUnknown(key.tokensPerMinute()))
                        .put("budgetUsd", orUnknown(key.budgetUsd()))
                        .put("period", status.period())
                        .put("spentUsd", status.spentUsd())
                        .put("reservedUsd", status.reservedUsd())
                        .endObject();
            }
            return json.endArray().endObject().toString();
        }

        /** No limit is written as null. */
        private static double orUnknown(@Nullable Double limit) {
            return limit == null ? Double.NaN : limit;
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
                        .put("canaryShare", pool.canaryShare())
                        .endObject();
            }
            return json.endArray().endObject().toString();
        }

        /** Every record since a time, one a line. */
        private void since(ChannelHandlerContext context, String text) {
            if (!text.matches("\\d{1,18}")) {
                answer(
                        context,
                        400,
                        JSON,
                        error("since is a time in milliseconds since 1970. Maybe /admin/requests?since=0"));
                return;
            }
            // Thousands of lines would hold up the requests on this event loop.
            Thread.ofVirtual().start(() -> {
                StringBuilder lines = new StringBuilder();
                for (RequestRecord record : gateway.service().recent().since(Long.parseLong(text))) {
                    lines.append(record.line());
                }
                DefaultFullHttpResponse response = response(200, "application/jsonl", lines.toString());
                context.executor()
                        .execute(() -> context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE));
            });
        }

        /** Breaks an upstream on purpose, or mends it: POST /admin/drills/UPSTREAM?fault=down&seconds=30. */
        private void drill(ChannelHandlerContext context, QueryStringDecoder query, String who) {
            if (!gateway.settings().drills()) {
                answer(context, 403, JSON, error("drills are off. Maybe write drills: yes"));
                return;
            }
            String upstream = query.path().substring(DRILLS.length());
            try {
                String fault = first(query, "fault", "down");
                double seconds = Double.parseDouble(first(query, "seconds", "30"));
                boolean known = gateway.settings().fleet().targets().stream()
                        .anyMatch(target -> target.upstream().id().equals(upstream));
                if (!known) {
                    answer(context, 404, JSON, error("there is no such upstream"));
                    return;
                }
                gateway.drills().begin(upstream, Drills.Kind.valueOf(fault.toUpperCase(Locale.ROOT)), seconds);
                gateway.deed(who, "drill", upstream + " " + fault + " for " + seconds + " s");
                answer(context, 200, JSON, OK);
            } catch (IllegalArgumentException wrong) {
                answer(context, 400, JSON, error("fault is down, slow or throttled, and seconds a number up to 3600"));
            }
        }

        private static String first(QueryStringDecoder query, String name, String usual) {
            List<String> values = query.parameters().get(name);
            return values == null || values.isEmpty() ? usual : values.getFirst();
        }

        private static DefaultFullHttpResponse response(int status, String type, String body) {
            DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    HttpResponseStatus.valueOf(status),
                    Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, type)
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
            return response;
        }

        private static void answer(ChannelHandlerContext context, int status, String type, String body) {
            context.writeAndFlush(response(status, type, body)).addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (cause instanceof DecoderException && cause.getCause() instanceof SSLException) {
                turnedAway(context, 0, "bad_tls", "");
            }
            context.close();
        }
    }
}
