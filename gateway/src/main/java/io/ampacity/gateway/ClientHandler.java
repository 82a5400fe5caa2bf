package io.ampacity.gateway;

import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.protocol.ErrorText;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.sockets.Loops;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One client's connection: reads its requests one after the other, within limits, and writes their answers. */
final class ClientHandler extends ChannelInboundHandlerAdapter implements Client {

    private static final double NANOS = 1e9;
    private static final long ASK_AGAIN_NANOS = 2_000_000;
    private static final int MOST_WAITING = 16;
    private static final double LONGEST_LOOK_SECONDS = 1;

    /** What the connection is doing, each with a time it may take. */
    private enum Phase {
        IDLE,
        HEAD,
        BODY,
        ANSWER
    }

    private final FrontDoor door;
    private final ArrayDeque<HttpObject> waiting = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;
    private @Nullable AnswerWriter writer;
    private @Nullable Alarm alarm;
    private @Nullable HttpRequest request;
    private @Nullable Exchange exchange;
    private Keep body = new Keep();
    private Phase phase = Phase.IDLE;
    private long phaseEndsNanos;
    private boolean checking;
    private boolean keepAlive = true;
    private boolean refusing;

    ClientHandler(FrontDoor door) {
        this.door = door;
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext open = context;
        if (open == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        return open;
    }

    private AnswerWriter writer() {
        AnswerWriter open = writer;
        if (open == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        return open;
    }

    private Limits limits() {
        return door.service().settings().limits();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        writer = new AnswerWriter(added);
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        enter(Phase.IDLE, limits().clientIdleSeconds());
        active.fireChannelActive();
    }

    /** The first bytes after a rest have come. */
    void bytesCame() {
        if (phase == Phase.IDLE) {
            enter(Phase.HEAD, limits().clientHeadSeconds());
        }
    }

    private void enter(Phase next, double seconds) {
        phase = next;
        phaseEndsNanos = System.nanoTime() + (long) (seconds * NANOS);
        if (!checking) {
            checkSoon();
        }
    }

    /** One clock a connection, which looks now and then: one a phase would cost more than the phases. */
    private void checkSoon() {
        checking = true;
        double look = Math.min(LONGEST_LOOK_SECONDS, limits().clientHeadSeconds() / 4);
        long left = phaseEndsNanos - System.nanoTime();
        Loops.after(loop(), Math.min(left, (long) (look * NANOS)), this::check);
    }

    private void check() {
        checking = false;
        if (!context().channel().isActive() || phase == Phase.ANSWER) {
            return;
        }
        if (phaseEndsNanos - System.nanoTime() > 0) {
            checkSoon();
        } else if (phase == Phase.IDLE) {
            context().close();
        } else {
            refuse(408, "request_timeout", "the request did not arrive in time");
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        if (!(message instanceof HttpObject http)) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (refusing) {
            ReferenceCountUtil.release(message);
        } else if (phase == Phase.ANSWER || !waiting.isEmpty()) {
            waiting.add(http);
            if (waiting.size() > MOST_WAITING) {
                reading.channel().config().setAutoRead(false);
            }
        } else {
            read(http);
        }
    }

    private void read(HttpObject message) {
        if (message.decoderResult().isFailure()) {
            Throwable cause = message.decoderResult().cause();
            ReferenceCountUtil.release(message);
            if (cause instanceof TooLongHttpHeaderException) {
                refuse(431, "headers_too_large", "the headers are larger than " + limits().headBytes() + " bytes");
            } else if (cause instanceof TooLongHttpLineException) {
                refuse(414, "uri_too_long", "the address is too long");
            } else {
                refuse(400, "bad_http", "the request is not valid HTTP");
            }
            return;
        }
        if (message instanceof HttpRequest head) {
            begin(head);
        }
        if (message instanceof HttpContent content && !refusing) {
            more(content);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(HttpRequest head) {
        request = head;
        keepAlive = HttpUtil.isKeepAlive(head) && !door.isDraining();
        long length = HttpUtil.getContentLength(head, -1L);
        body = new Keep(length);
        enter(Phase.BODY, limits().clientBodySeconds());
        if (length > limits().bodyBytes()) {
            tooLarge();
        } else if (HttpUtil.is100ContinueExpected(head)) {
            writer().goOn();
        }
    }

    private void tooLarge() {
        refuse(413, "request_too_large", "the request is larger than " + limits().bodyBytes() + " bytes");
    }

    private void more(HttpContent content) {
        try {
            if (body.length() + content.content().readableBytes() > limits().bodyBytes()) {
                tooLarge();
                return;
            }
            body.add(content.content());
        } finally {
            content.release();
        }
        if (content instanceof LastHttpContent) {
            phase = Phase.ANSWER;
            HttpRequest whole = request;
            if (whole != null) {
                serve(whole, body.whole());
            }
        }
    }

    private void serve(HttpRequest whole, byte[] bytes) {
        String path = whole.uri();
        int query = path.indexOf('?');
        path = query < 0 ? path : path.substring(0, query);
        Endpoint endpoint = Endpoint.at(path);
        if (endpoint == null) {
            FrontDoor.Page page = door.page(path, whole.headers());
            if (!page.refused().isEmpty()) {
                turnedAway(page.status(), page.refused(), "");
            }
            answer(head(page.status(), 0).json(), page.body().getBytes(StandardCharsets.UTF_8));
        } else if (!whole.method().equals(HttpMethod.POST)) {
            turnedAway(405, "method_not_allowed", "");
            answer(
                    head(405, 0).json().put(HttpHeaderNames.ALLOW, "POST"),
                    error(endpoint, "method_not_allowed", "POST is the only method here"));
        } else {
            ask(endpoint, whole, bytes);
        }
    }

    private void ask(Endpoint endpoint, HttpRequest whole, byte[] bytes) {
        Exchange begun;
        try {
            begun = door.exchange(this, endpoint, whole.headers(), bytes);
        } catch (ComeAgain asked) {
            Loops.after(loop(), ASK_AGAIN_NANOS, () -> {
                if (context().channel().isActive()) {
                    ask(endpoint, whole, bytes);
                }
            });
            return;
        } catch (Refusal refusal) {
            turnedAway(refusal.status(), refusal.code(), refusal.key());
            AnswerHead head = head(refusal.status(), 0).json();
            if (refusal.retryAfterSeconds() >= 0) {
                head.put(HttpHeaderNames.RETRY_AFTER, Long.toString((long) Math.ceil(refusal.retryAfterSeconds())));
            }
            answer(
                    head,
                    ErrorText.document(endpoint, refusal.type(), refusal.code(), String.valueOf(refusal.getMessage()))
                            .getBytes(StandardCharsets.UTF_8));
            return;
        }
        exchange = begun;
        begun.start();
    }

    private static byte[] error(Endpoint endpoint, String code, String message) {
        return ErrorText.document(endpoint, "invalid_request_error", code, message)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Answers what is no request, or too much of one, and closes. */
    private void refuse(int status, String code, String message) {
        refusing = true;
        keepAlive = false;
        phase = Phase.ANSWER;
        turnedAway(status, code, "");
        answer(head(status, 0).json(), error(Endpoint.CHAT, code, message));
    }

    private void turnedAway(int status, String reason, String key) {
        door.refused(context().channel().remoteAddress(), status, reason, key);
    }

    // Client.

    @Override
    public EventLoop loop() {
        return context().channel().eventLoop();
    }

    @Override
    public boolean isWritable() {
        return context().channel().isWritable();
    }

    @Override
    public Alarm alarm() {
        Alarm clock = alarm;
        if (clock == null) {
            clock = new Alarm(loop());
            alarm = clock;
        }
        return clock;
    }

    @Override
    public AnswerHead head(int status, int bodyBytes) {
        return writer().head(status, bodyBytes);
    }

    @Override
    public void answer(AnswerHead head, byte[] bytes) {
        HttpRequest asked = request;
        writer().answer(head, bytes, keepAlive, asked == null || !asked.method().equals(HttpMethod.HEAD));
        answered();
    }

    @Override
    public void begin(AnswerHead head) {
        HttpRequest asked = request;
        boolean chunked = asked == null || !asked.protocolVersion().equals(HttpVersion.HTTP_1_0);
        if (!chunked) {
            // Such a client knows the end of an answer only by the end of the connection.
            keepAlive = false;
        }
        writer().begin(head, chunked, keepAlive);
    }

    @Override
    public void write(byte[] bytes, int from, int to) {
        writer().more(bytes, from, to);
    }

    @Override
    public void flush() {
        writer().flush();
    }

    @Override
    public void end() {
        writer().end();
        answered();
    }

    private void answered() {
        exchange = null;
        request = null;
        if (!keepAlive || door.isDraining()) {
            phase = Phase.ANSWER;
            writer().close();
            return;
        }
        enter(Phase.IDLE, limits().clientIdleSeconds());
        if (!waiting.isEmpty()) {
            loop().execute(this::readWaiting);
        }
    }

    private void readWaiting() {
        while (!waiting.isEmpty() && phase != Phase.ANSWER) {
            read(waiting.poll());
        }
        if (waiting.isEmpty()) {
            context().channel().config().setAutoRead(true);
        }
    }

    /** Closes when nothing is under way, because the gateway stops. */
    void drain() {
        keepAlive = false;
        if (phase != Phase.ANSWER) {
            context().close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        if (exchange != null && changed.channel().isWritable()) {
            exchange.clientWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        Exchange open = exchange;
        exchange = null;
        if (open != null) {
            open.clientGone();
        }
        writer().drop();
        Alarm clock = alarm;
        if (clock != null) {
            clock.close();
        }
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        closed.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext broken, Throwable cause) {
        if (cause instanceof DecoderException && cause.getCause() instanceof SSLException) {
            turnedAway(0, "bad_tls", "");
        }
        door.fault(cause);
        broken.close();
    }
}
