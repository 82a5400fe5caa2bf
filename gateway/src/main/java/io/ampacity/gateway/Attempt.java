package io.ampacity.gateway;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.Use;
import io.ampacity.gateway.protocol.StreamWatch;
import io.ampacity.gateway.protocol.Tokens;
import io.ampacity.gateway.settings.Target;
import io.ampacity.gateway.translation.Translation;
import io.ampacity.gateway.upstream.Borrower;
import io.ampacity.gateway.upstream.Connection;
import io.ampacity.gateway.upstream.Reply;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * One try to have a request answered by one upstream: it waits for a connection, for the head of an answer, then for its body
 * as it {@linkplain Arriving arrives}, and ends once, well or not. On one event loop.
 */
final class Attempt implements Borrower, Reply {

    private static final int OK = 200;
    private static final long TEMPLATE_TOKENS = 4096;

    private final Exchange exchange;
    private final Errand errand;
    private final double beganSeconds;
    private Wait waiting = Wait.CONNECTION;
    private double deadlineSeconds;
    private @Nullable Connection connection;
    private @Nullable Arriving answer;
    private HttpHeaders headers = EmptyHttpHeaders.INSTANCE;
    private int status;
    private double firstTokenSeconds = Double.NaN;
    private boolean over;

    Attempt(Exchange exchange, Errand errand) {
        this.exchange = exchange;
        this.errand = errand;
        beganSeconds = exchange.seconds();
    }

    // The way there.

    void start() {
        Drills.Drill drill = exchange.service().drills().on(target().upstream().id());
        if (drill == null) {
            await(Wait.CONNECTION);
            exchange.service().connections().borrow(exchange.loop(), target().upstream(), exchange.limits(), this);
            return;
        }
        switch (drill.kind()) {
            case DOWN ->
                exchange.loop().execute(() -> fail(Outcome.CONNECT_FAILED, "it is broken on purpose, by a drill"));
            case SLOW -> await(Wait.FIRST_TOKEN);
            case THROTTLED ->
                exchange.loop().execute(() -> fail(Outcome.THROTTLED, "it is throttled on purpose, by a drill", 1));
        }
    }

    @Override
    public boolean isWaiting() {
        return !over;
    }

    @Override
    public void connected(Connection lent) {
        connection = lent;
        boolean stream = exchange.asked().scan().stream();
        await(stream ? Wait.HEAD : Wait.DOCUMENT);
        lent.send(
                RequestHead.write(
                        lent.allocator(),
                        target(),
                        exchange.asked().endpoint(),
                        errand.translation(),
                        exchange.asked().headers(),
                        exchange.traceparent(beganSeconds),
                        errand.body(),
                        stream),
                this);
    }

    @Override
    public void failed(Borrower.Trouble trouble, String reason) {
        fail(
                switch (trouble) {
                    case NAME -> Outcome.NAME_UNKNOWN;
                    case CONNECT -> Outcome.CONNECT_FAILED;
                    case TLS -> Outcome.TLS_FAILED;
                },
                reason);
    }

    // The answer.

    @Override
    public void head(HttpResponse head) {
        status = head.status().code();
        headers = head.headers();
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            fail(Outcome.MALFORMED, "the answer is compressed though that was not asked for");
            return;
        }
        Translation translation = errand.translation();
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
        boolean events = type.startsWith("text/event-stream") || (translation != null && translation.isStream(type));
        int expected = headers.getInt(HttpHeaderNames.CONTENT_LENGTH, 0);
        if (translation != null) {
            headers = translation.headers(headers, events && status == OK);
        }
        if (status == OK && exchange.asked().scan().stream() && events) {
            answer = new ArrivingStream(this, exchange);
            await(Wait.FIRST_TOKEN);
        } else {
            answer = new ArrivingDocument(this, exchange, status == OK, expected);
        }
    }

    @Override
    public void body(byte[] bytes, int from, int to) {
        Arriving arriving = answer;
        if (arriving != null) {
            arriving.more(bytes, from, to);
        }
    }

    @Override
    public void pause() {
        exchange.flush();
        // A client that reads slowly slows its upstream, not our memory.
        if (!over && !exchange.isWritable()) {
            reading(false);
        }
    }

    /** The client can take more, or more is paid for. */
    void resume() {
        if (!over && !(answer instanceof ArrivingStream stream && !stream.isPaid())) {
            reading(true);
        }
    }

    /** Goes on or stops to read from the upstream; whether there is somebody to read from. */
    boolean reading(boolean wanted) {
        Connection lent = connection;
        if (lent == null) {
            return false;
        }
        lent.reading(wanted);
        return true;
    }

    /** It says a word: the first decides between those who race. */
    void speaks() {
        if (Double.isNaN(firstTokenSeconds)) {
            firstTokenSeconds = exchange.seconds();
            exchange.answered(this);
        }
    }

    // Time.

    /** Waits for the next thing, up to its limit. */
    void await(Wait next) {
        waiting = next;
        deadlineSeconds = exchange.seconds() + next.seconds(exchange.limits());
        exchange.due(deadlineSeconds);
    }

    /** When this attempt is late unless something comes. */
    double deadlineSeconds() {
        return deadlineSeconds;
    }

    void late() {
        Arriving arriving = answer;
        if (arriving != null && arriving.isWhole()) {
            stop();
            exchange.endStream(false);
        } else {
            fail(waiting.late(), "nothing came in time");
        }
    }

    // Ends.

    @Override
    public void end() {
        Arriving arriving = answer;
        if (!over && arriving != null) {
            connection = null;
            arriving.end();
        }
    }

    @Override
    public void lost() {
        Connection lent = connection;
        connection = null;
        Arriving arriving = answer;
        if (over || (arriving != null && arriving.endsAllTheSame())) {
            return;
        }
        if (arriving != null) {
            fail(Outcome.CUT, "the connection was lost in the middle of the answer");
        } else if (lent != null && lent.isReused()) {
            fail(Outcome.STALE, "a kept connection was closed as it was used");
        } else {
            fail(Outcome.RESET, "the connection was lost before an answer");
        }
    }

    @Override
    public void malformed() {
        connection = null;
        fail(Outcome.MALFORMED, "the answer is no HTTP");
    }

    void fail(Outcome outcome, String detail) {
        fail(outcome, detail, -1);
    }

    /** Ends in vain; {@code retryAfterSeconds} is below 0 when the upstream did not say when to come again. */
    void fail(Outcome outcome, String detail, double retryAfterSeconds) {
        if (!over) {
            stop();
            exchange.failed(this, record(outcome, use()), detail, retryAfterSeconds);
        }
    }

    /** Ends because nobody wants its answer any more. */
    AttemptRecord abandon(Outcome outcome) {
        stop();
        return record(outcome, use());
    }

    /** Ends well; its connection is free for others. */
    void ends() {
        over = true;
        connection = null;
    }

    private void stop() {
        over = true;
        Arriving arriving = answer;
        if (arriving != null) {
            arriving.drop();
        }
        Connection lent = connection;
        connection = null;
        if (lent != null) {
            lent.abandon();
        }
    }

    // What it took.

    /** What was served so far. */
    Use use() {
        Arriving arriving = answer;
        if (arriving == null) {
            return status == OK ? unknownUse() : Use.NONE;
        }
        return arriving.use();
    }

    /** The use of an answer that told nothing of it. */
    Use unknownUse() {
        return Use.of(new Tokens(), target(), false, 0, false);
    }

    /** A prompt has fewer tokens than its request has bytes, unless it shows pictures; a template adds a few. */
    boolean isDoubtful(Tokens told) {
        return !exchange.asked().scan().images() && told.prompt() > errand.body().length + TEMPLATE_TOKENS;
    }

    AttemptRecord record(Outcome outcome, Use use) {
        return new AttemptRecord(
                errand.poolId(),
                target().upstream().supplier(),
                target().upstream().site(),
                target().model(),
                errand.why(),
                beganSeconds,
                exchange.seconds() - beganSeconds,
                firstTokenSeconds,
                status,
                outcome,
                use);
    }

    // What others ask.

    Errand errand() {
        return errand;
    }

    int pool() {
        return errand.pool();
    }

    Target target() {
        return errand.target();
    }

    boolean isOver() {
        return over;
    }

    boolean hasSpoken() {
        return !Double.isNaN(firstTokenSeconds);
    }

    /** Looks at the events of its answer; null when that is no stream, or not there yet. */
    @Nullable StreamWatch watch() {
        return answer instanceof ArrivingStream stream ? stream.watch() : null;
    }

    /** Hands over what was held back while the client did not read yet. */
    void giveHeld(Client taker) {
        if (answer instanceof ArrivingStream stream) {
            stream.giveHeld(taker);
        }
    }

    HttpHeaders headers() {
        return headers;
    }

    int status() {
        return status;
    }
}
