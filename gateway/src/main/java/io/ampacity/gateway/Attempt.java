package io.ampacity.gateway;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.Use;
import io.ampacity.gateway.protocol.DocumentWatch;
import io.ampacity.gateway.protocol.ErrorCode;
import io.ampacity.gateway.protocol.StreamWatch;
import io.ampacity.gateway.protocol.Verdict;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.Target;
import io.ampacity.gateway.translation.MalformedAnswer;
import io.ampacity.gateway.translation.Translation;
import io.ampacity.gateway.upstream.Borrower;
import io.ampacity.gateway.upstream.Connection;
import io.ampacity.gateway.upstream.Reply;
import io.ampacity.routing.Pool;
import io.ampacity.sockets.Loops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One try to have a request answered by one upstream. On one event loop. */
final class Attempt implements Borrower, Reply, StreamRelay.Out {

    private static final int LARGEST_ERROR = 1 << 20;
    private static final int OK = 200;
    private static final long TEMPLATE_TOKENS = 4096;
    private static final int LONGEST_RETRY_AFTER = 3600;
    private static final long MONEY_LOOK_NANOS = 10_000_000;

    private final Exchange exchange;
    private final int pool;
    private final Pool place;
    private final Target target;
    private final @Nullable Translation translation;
    private final byte[] body;
    private final String why;
    private final double beganSeconds;
    private @Nullable Connection connection;
    private @Nullable StreamRelay relay;
    private @Nullable StreamWatch watch;
    private @Nullable Keep document;
    private HttpHeaders headers = EmptyHttpHeaders.INSTANCE;
    private double firstTokenSeconds = Double.NaN;
    private double deadlineSeconds;
    private Outcome whenLate = Outcome.CONNECT_FAILED;
    private int status;
    private boolean over;
    private boolean whole;
    private ByteBuf replacement = Unpooled.EMPTY_BUFFER;
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>();
    private boolean pausedForMoney;

    Attempt(
            Exchange exchange,
            int pool,
            Pool place,
            Target target,
            @Nullable Translation translation,
            byte[] body,
            String why) {
        this.exchange = exchange;
        this.pool = pool;
        this.place = place;
        this.target = target;
        this.translation = translation;
        this.body = body;
        this.why = why;
        beganSeconds = exchange.seconds();
    }

    /** Whether it said a first word. */
    boolean hasSpoken() {
        return !Double.isNaN(firstTokenSeconds);
    }

    /** Hands over what was held back while the client did not read yet. */
    void giveHeld(Consumer<ByteBuf> taker) {
        while (!held.isEmpty()) {
            taker.accept(held.poll());
        }
    }

    void start() {
        Drills.Drill drill = exchange.drills().on(target.upstream().id());
        if (drill != null) {
            breakOnPurpose(drill);
            return;
        }
        phase(limits().connectSeconds(), Outcome.CONNECT_FAILED);
        exchange.connections().borrow(exchange.loop(), target.upstream(), limits(), this);
    }

    private void breakOnPurpose(Drills.Drill drill) {
        switch (drill.kind()) {
            case DOWN ->
                exchange.loop().execute(() -> fail(Outcome.CONNECT_FAILED, "it is broken on purpose, by a drill", -1));
            case SLOW -> phase(limits().firstTokenSeconds(), Outcome.FIRST_TOKEN_LATE);
            case THROTTLED ->
                exchange.loop().execute(() -> fail(Outcome.THROTTLED, "it is throttled on purpose, by a drill", 1));
        }
    }

    private Limits limits() {
        return exchange.limits();
    }

    private void phase(double seconds, Outcome late) {
        deadlineSeconds = exchange.seconds() + seconds;
        whenLate = late;
        exchange.due(deadlineSeconds);
    }

    /** When this attempt is late unless something comes. */
    double deadlineSeconds() {
        return deadlineSeconds;
    }

    void late() {
        if (whole) {
            stop();
            exchange.endStream(false);
            return;
        }
        fail(whenLate, "nothing came in time", -1);
    }

    int pool() {
        return pool;
    }

    Target target() {
        return target;
    }

    @Nullable StreamWatch watch() {
        return watch;
    }

    HttpHeaders headers() {
        return headers;
    }

    int status() {
        return status;
    }

    String poolId() {
        return place.id();
    }

    // The way there.

    @Override
    public boolean isWaiting() {
        return !over;
    }

    @Override
    public void connected(Connection lent) {
        connection = lent;
        boolean stream = exchange.scan().stream();
        phase(
                stream ? limits().headSeconds() : limits().totalSeconds(),
                stream ? Outcome.HEAD_LATE : Outcome.TOTAL_LATE);
        lent.send(
                RequestHead.write(
                        lent.allocator(),
                        target,
                        exchange.endpoint(),
                        translation,
                        exchange.requestHeaders(),
                        body,
                        exchange.scan().stream()),
                this);
    }

    @Override
    public void failed(Borrower.Trouble trouble, String reason) {
        if (!over) {
            fail(
                    switch (trouble) {
                        case NAME -> Outcome.NAME_UNKNOWN;
                        case CONNECT -> Outcome.CONNECT_FAILED;
                        case TLS -> Outcome.TLS_FAILED;
                    },
                    reason,
                    -1);
        }
    }

    // The answer.

    @Override
    public void head(HttpResponse head) {
        status = head.status().code();
        headers = head.headers();
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            fail(Outcome.MALFORMED, "the answer is compressed though that was not asked for", -1);
            return;
        }
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
        boolean events = type.startsWith("text/event-stream") || (translation != null && translation.isStream(type));
        if (translation != null) {
            headers = translation.headers(headers, events && status == OK);
        }
        if (status == OK && exchange.scan().stream() && events) {
            StreamWatch stream = StreamWatch.of(exchange.endpoint(), exchange.mayContinue());
            watch = stream;
            relay = new StreamRelay(stream, this, limits().eventBytes());
            phase(limits().firstTokenSeconds(), Outcome.FIRST_TOKEN_LATE);
        } else {
            document = new Keep();
        }
    }

    @Override
    public void body(ByteBuf bytes) {
        StreamRelay passing = relay;
        if (passing != null) {
            if (translation == null) {
                passing.packet(bytes);
            } else {
                translated(passing, bytes, translation);
            }
            return;
        }
        Keep kept = document;
        if (kept == null) {
            bytes.release();
            return;
        }
        kept.add(bytes);
        bytes.release();
        if (kept.length() > (status == OK ? limits().answerBytes() : LARGEST_ERROR)) {
            fail(Outcome.TOO_LARGE, "the answer is larger than " + limits().answerBytes() + " bytes", -1);
        }
    }

    private void translated(StreamRelay passing, ByteBuf bytes, Translation into) {
        byte[] events;
        try {
            byte[] packet = new byte[bytes.readableBytes()];
            bytes.readBytes(packet);
            events = into.stream(packet);
        } catch (MalformedAnswer malformed) {
            fail(Outcome.MALFORMED, String.valueOf(malformed.getMessage()), -1);
            return;
        } finally {
            bytes.release();
        }
        if (events.length > 0) {
            passing.packet(Unpooled.wrappedBuffer(events));
        }
    }

    @Override
    public void pause() {
        exchange.flush();
        // A client that reads slowly slows its upstream, not our memory.
        if (!over && !exchange.isWritable() && connection != null) {
            connection.reading(false);
        }
    }

    /** The client can take more. */
    void resume() {
        if (!over && !pausedForMoney && connection != null) {
            connection.reading(true);
        }
    }

    @Override
    public Way decide(Verdict verdict, byte[] event, int from, int to) {
        if (over) {
            return Way.STOP;
        }
        StreamWatch seen = watch;
        if (seen == null) {
            return Way.STOP;
        }
        switch (verdict) {
            case MALFORMED -> {
                fail(Outcome.MALFORMED, "an event is no JSON", -1);
                return Way.STOP;
            }
            case ERROR -> {
                errorEvent(seen);
                return Way.STOP;
            }
            case CONTENT -> {
                if (Double.isNaN(firstTokenSeconds)) {
                    firstTokenSeconds = exchange.seconds();
                    exchange.answered(this);
                }
                phase(limits().tokenSeconds(), Outcome.STALLED);
                if (!isPaidFor(seen)) {
                    return Way.STOP;
                }
            }
            case OTHER, USAGE -> {
                if (!Double.isNaN(firstTokenSeconds)) {
                    phase(limits().tokenSeconds(), Outcome.STALLED);
                }
            }
            case DONE -> {
                if (!seen.isFinished()) {
                    fail(Outcome.CUT, "the answer ended without saying why", -1);
                    return Way.STOP;
                }
                complete();
                phase(limits().tokenSeconds(), Outcome.STALLED);
            }
        }
        return way(verdict, event, from, to, seen);
    }

    private boolean isPaidFor(StreamWatch seen) {
        Connection lent = connection;
        return switch (exchange.progressed(this, seen)) {
            case YES -> {
                if (pausedForMoney) {
                    pausedForMoney = false;
                    resume();
                }
                yield true;
            }
            case LATER -> {
                // What has arrived may pass; nothing more is read until it is paid for.
                if (lent != null && !pausedForMoney) {
                    pausedForMoney = true;
                    lent.reading(false);
                    askForMoneySoon(seen);
                }
                yield true;
            }
            case NO -> {
                exchange.outOfMoney(this);
                yield false;
            }
        };
    }

    private void askForMoneySoon(StreamWatch seen) {
        Loops.after(exchange.loop(), MONEY_LOOK_NANOS, () -> {
            if (over || !pausedForMoney) {
                return;
            }
            switch (exchange.progressed(this, seen)) {
                case YES -> {
                    pausedForMoney = false;
                    resume();
                }
                case LATER -> askForMoneySoon(seen);
                case NO -> exchange.outOfMoney(this);
            }
        });
    }

    private Way way(Verdict verdict, byte[] event, int from, int to, StreamWatch seen) {
        byte[] other = exchange.seenByClient(verdict, event, from, to, seen);
        if (other == null) {
            return Way.PASS;
        }
        if (other.length == 0) {
            return Way.DROP;
        }
        replacement = Unpooled.wrappedBuffer(other);
        return Way.REPLACE;
    }

    @Override
    public ByteBuf replacement() {
        return replacement;
    }

    private void errorEvent(StreamWatch seen) {
        String code = seen.errorCode();
        fail(
                isFilter(code) ? Outcome.FILTERED : Outcome.ERROR_EVENT,
                "it told of an error in its answer" + (code == null ? "" : ": " + code),
                -1);
    }

    @Override
    public void take(ByteBuf events) {
        if (over && !whole) {
            events.release();
        } else if (exchange.isCommitted()) {
            exchange.delivery().write(events);
        } else {
            held.add(events);
        }
    }

    @Override
    public void tooLarge() {
        fail(Outcome.TOO_LARGE, "an event is larger than " + limits().eventBytes() + " bytes", -1);
    }

    /** The stream is whole: its record is written before its end passes. */
    private void complete() {
        if (!whole) {
            whole = true;
            exchange.completed(this);
        }
    }

    @Override
    public void end() {
        if (over) {
            return;
        }
        connection = null;
        StreamWatch seen = watch;
        if (seen != null) {
            endTranslation();
            if (over) {
                return;
            }
            if (whole) {
                over = true;
                exchange.endStream(false);
            } else if (seen.isFinished() && exchange.endsWithoutMark()) {
                // Some servers leave the mark out; the answer said itself that it is whole.
                complete();
                over = true;
                exchange.endStream(true);
            } else {
                fail(Outcome.CUT, "the answer ended before it was whole", -1);
            }
            return;
        }
        Keep kept = document;
        byte[] bytes = kept == null ? new byte[0] : kept.copy();
        if (status == OK) {
            endDocument(bytes);
        } else {
            endError(bytes);
        }
    }

    private void endTranslation() {
        StreamRelay passing = relay;
        if (translation == null || passing == null) {
            return;
        }
        byte[] rest;
        try {
            rest = translation.endOfStream();
        } catch (MalformedAnswer malformed) {
            fail(Outcome.MALFORMED, String.valueOf(malformed.getMessage()), -1);
            return;
        }
        if (rest.length > 0) {
            passing.packet(Unpooled.wrappedBuffer(rest));
        }
    }

    private void endDocument(byte[] upstreamBytes) {
        byte[] bytes = upstreamBytes;
        try {
            if (translation != null) {
                bytes = translation.document(upstreamBytes);
            }
        } catch (MalformedAnswer malformed) {
            fail(Outcome.MALFORMED, String.valueOf(malformed.getMessage()), -1);
            return;
        }
        DocumentWatch seen = DocumentWatch.of(bytes);
        if (!seen.isSound()) {
            fail(Outcome.MALFORMED, "the answer is no JSON", -1);
            return;
        }
        over = true;
        firstTokenSeconds = exchange.seconds();
        exchange.answered(this);
        boolean doubtful = seen.tokens().output() - Math.max(0, seen.tokens().reasoning()) > seen.length()
                || promptIsDoubtful(seen.tokens().prompt());
        exchange.answeredWhole(
                this,
                record(
                        seen.isFiltered() ? Outcome.FILTERED : Outcome.COMPLETED,
                        Use.of(seen.tokens(), target, true, 0, doubtful)),
                bytes,
                seen);
    }

    private void endError(byte[] upstreamBytes) {
        String code = ErrorCode.in(upstreamBytes);
        byte[] bytes = translation == null ? upstreamBytes : translation.error(upstreamBytes, status);
        double retryAfter = RetryAfter.seconds(headers);
        if (isFilter(code)) {
            refuse(Outcome.FILTERED, bytes);
        } else if (status == 429 || (status >= 500 && retryAfter >= 0)) {
            exchange.lastAnswer(status, bytes);
            fail(Outcome.THROTTLED, "it has no room (" + status + ")", Math.min(retryAfter, LONGEST_RETRY_AFTER));
        } else if (status == 401 || status == 403) {
            fail(Outcome.UNAUTHORISED, "it does not take our credential (" + status + ")", -1);
        } else if (status >= 500 || status == 404 || status == 408 || status < 400) {
            fail(Outcome.SERVER_ERROR, "it answered " + status, -1);
        } else if (exchange.isContinuing()) {
            fail(Outcome.PREFILL_REFUSED, "it will not go on from words of the assistant (" + status + ")", -1);
        } else {
            refuse(Outcome.REFUSED, bytes);
        }
    }

    private void refuse(Outcome outcome, byte[] bytes) {
        over = true;
        exchange.refused(this, record(outcome, Use.NONE), bytes);
    }

    private static boolean isFilter(@Nullable String code) {
        return code != null && (code.contains("content_filter") || code.contains("content_policy"));
    }

    @Override
    public void lost() {
        Connection lent = connection;
        connection = null;
        if (over) {
            return;
        }
        if (whole) {
            over = true;
            exchange.endStream(false);
            return;
        }
        StreamWatch seen = watch;
        if (seen != null && seen.isFinished() && exchange.endsWithoutMark()) {
            complete();
            over = true;
            exchange.endStream(true);
        } else if (status != 0) {
            fail(Outcome.CUT, "the connection was lost in the middle of the answer", -1);
        } else if (lent != null && lent.isReused()) {
            fail(Outcome.STALE, "a kept connection was closed as it was used", -1);
        } else {
            fail(Outcome.RESET, "the connection was lost before an answer", -1);
        }
    }

    @Override
    public void malformed() {
        connection = null;
        if (!over) {
            fail(Outcome.MALFORMED, "the answer is no HTTP", -1);
        }
    }

    private void fail(Outcome outcome, String detail, double retryAfterSeconds) {
        if (over) {
            return;
        }
        stop();
        exchange.failed(this, record(outcome, use()), detail, retryAfterSeconds);
    }

    /** The client is gone, or another attempt was faster. */
    AttemptRecord abandon(Outcome outcome) {
        stop();
        return record(outcome, use());
    }

    private void dropHeld() {
        while (!held.isEmpty()) {
            held.poll().release();
        }
    }

    private void stop() {
        over = true;
        if (!whole) {
            dropHeld();
        }
        Connection lent = connection;
        connection = null;
        if (lent != null) {
            lent.abandon();
        }
    }

    /** What was served so far. */
    Use use() {
        StreamWatch seen = watch;
        if (seen == null) {
            return status == OK ? unknown() : Use.NONE;
        }
        boolean doubtful = seen.tokens().output()
                                - Math.max(seen.reasoningDeltas(), seen.tokens().reasoning())
                        > Math.max(16, seen.contentBytes())
                || promptIsDoubtful(seen.tokens().prompt());
        return Use.of(seen.tokens(), target, whole, seen.deltas(), doubtful);
    }

    /** A prompt has fewer tokens than its request has bytes, unless it shows pictures; a template adds a few. */
    private boolean promptIsDoubtful(long tokens) {
        return !exchange.scan().images() && tokens > body.length + TEMPLATE_TOKENS;
    }

    private Use unknown() {
        return Use.of(new io.ampacity.gateway.protocol.Tokens(), target, false, 0, false);
    }

    AttemptRecord record(Outcome outcome, Use use) {
        return new AttemptRecord(
                place.id(),
                target.upstream().supplier(),
                target.upstream().site(),
                target.model(),
                why,
                beganSeconds,
                exchange.seconds() - beganSeconds,
                firstTokenSeconds,
                status,
                outcome,
                use);
    }
}
