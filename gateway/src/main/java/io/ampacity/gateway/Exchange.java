package io.ampacity.gateway;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.protocol.BodyEdit;
import io.ampacity.gateway.protocol.Continuation;
import io.ampacity.gateway.protocol.DocumentWatch;
import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.protocol.ErrorText;
import io.ampacity.gateway.protocol.RequestScan;
import io.ampacity.gateway.protocol.StreamWatch;
import io.ampacity.gateway.protocol.Verdict;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.Target;
import io.ampacity.gateway.upstream.Connections;
import io.ampacity.routing.Router;
import io.ampacity.sockets.Loops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request, from its arrival to the end of its answer, over however many attempts. On one event loop. */
final class Exchange {

    private static final double NANOS = 1e9;
    private static final int MOST_STALE = 3;
    private static final double USUAL_REST_SECONDS = 1;
    private static final byte[] DROPPED = new byte[0];
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Service service;
    private final Client client;
    private final Asked asked;
    private final Question question;
    private final String id;
    private final long began = System.nanoTime();
    private final long arrivedMillis = System.currentTimeMillis();
    private final List<AttemptRecord> attempts = new ArrayList<>(2);
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>();
    private @Nullable Attempt attempt;
    private @Nullable Continuation continuation;
    private @Nullable RequestRecord record;
    private @Nullable Future<?> timer;
    private String said = "";
    private String lastDetail = "";
    private byte @Nullable [] lastBody;
    private int lastStatus;
    private double retryAfterSeconds = -1;
    private double nextCheck = Double.POSITIVE_INFINITY;
    private int stale;
    private boolean committed;
    private boolean over;

    Exchange(Service service, Client client, Asked asked, Question question) {
        this.service = service;
        this.client = client;
        this.asked = asked;
        this.question = question;
        id = RequestIds.of(arrivedMillis, service.dispatcher().bits());
    }

    void start() {
        service.metrics().began();
        service.dispatcher().arrived();
        Outcome hopeless = question.hopeless();
        switch (hopeless) {
            case POLICY -> giveUp(Outcome.POLICY, "no upstream may serve this request: " + question.reason());
            case REFUSED ->
                giveUp(
                        Outcome.REFUSED,
                        "no upstream of model " + asked.scan().model() + " serves "
                                + asked.endpoint().path()
                                + (asked.scan().images() ? " with pictures" : ""));
            default -> next("planned weight");
        }
    }

    double seconds() {
        return (System.nanoTime() - began) / NANOS;
    }

    EventLoop loop() {
        return client.loop();
    }

    Connections connections() {
        return service.connections();
    }

    Limits limits() {
        return service.settings().limits();
    }

    RequestScan scan() {
        return asked.scan();
    }

    Endpoint endpoint() {
        return asked.endpoint();
    }

    HttpHeaders requestHeaders() {
        return asked.headers();
    }

    boolean isWritable() {
        return client.isWritable();
    }

    void flush() {
        if (committed) {
            client.flush();
        }
    }

    // Attempts.

    private void next(String why) {
        if (over) {
            return;
        }
        int pool = question.ask(service.dispatcher());
        if (pool == Router.NONE && question.anyTried()) {
            question.forgetTried();
            double wait = service.settings().retries().waitSeconds(attempts.size() + 1)
                    * service.dispatcher().jitter();
            after(wait, () -> again(why));
        } else if (pool == Router.NONE) {
            noRoom(why);
        } else {
            attempt(pool, why);
        }
    }

    /** After a wait: everybody may be asked again who does not want to be left alone. */
    private void again(String why) {
        int pool = question.ask(service.dispatcher());
        if (pool == Router.NONE) {
            noRoom(why);
        } else {
            attempt(pool, why);
        }
    }

    private void noRoom(String why) {
        double rest = service.dispatcher().throttledSeconds(question.workload());
        if (rest > 0 && rest <= limits().longestWaitSeconds()) {
            after(rest, () -> again(why));
            return;
        }
        retryAfterSeconds = Math.max(USUAL_REST_SECONDS, rest);
        giveUp(
                attempts.isEmpty() ? Outcome.NO_ROOM : attempts.getLast().outcome(),
                lastDetail.isEmpty() ? "every upstream that may serve this request is full" : lastDetail);
    }

    private void after(double seconds, Runnable then) {
        if (seconds() + seconds >= limits().totalSeconds()) {
            giveUp(Outcome.TOTAL_LATE, "the time for this request is over; " + lastDetail);
            return;
        }
        Loops.after(loop(), (long) (seconds * NANOS), () -> {
            if (!over) {
                then.run();
            }
        });
    }

    private void attempt(int pool, String why) {
        Target target = service.settings().fleet().targets().get(pool);
        BodyEdit edit = new BodyEdit(asked.body(), asked.scan()).model(target.model());
        if (tellsUsageOnlyWhenAsked() && asked.scan().stream()) {
            edit.usage(target.upstream().continuousUsage());
        }
        Continuation goesOn = continuation;
        if (goesOn != null) {
            edit.goOnFrom(said, goesOn.saidTokens(), target.upstream().prefill());
        }
        Attempt next = new Attempt(
                this, pool, service.settings().fleet().table().pools().get(pool), target, edit.bytes(), why);
        attempt = next;
        next.start();
    }

    private boolean tellsUsageOnlyWhenAsked() {
        return asked.endpoint() == Endpoint.CHAT || asked.endpoint() == Endpoint.COMPLETIONS;
    }

    /** Nothing more happens; what waits for a time is let go, with all that it holds. */
    private void close() {
        over = true;
        Future<?> waiting = timer;
        timer = null;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }

    /** Sees to it that a clock looks at this exchange by then. */
    void due(double atSeconds) {
        double at = Math.min(atSeconds, limits().totalSeconds());
        if (at < nextCheck) {
            nextCheck = at;
            Future<?> before = timer;
            if (before != null) {
                before.cancel(false);
            }
            timer = Loops.after(loop(), (long) ((at - seconds()) * NANOS), () -> check(at));
        }
    }

    private void check(double scheduledFor) {
        if (over || scheduledFor > nextCheck) {
            return;
        }
        nextCheck = Double.POSITIVE_INFINITY;
        timer = null;
        double now = seconds();
        Attempt current = attempt;
        if (now >= limits().totalSeconds()) {
            if (current != null) {
                attempts.add(current.abandon(Outcome.TOTAL_LATE));
                service.dispatcher().refused(current.pool());
            }
            breakOff(Outcome.TOTAL_LATE, "the time for this request is over");
            return;
        }
        if (current != null) {
            if (now >= current.deadlineSeconds()) {
                current.late();
            } else {
                due(current.deadlineSeconds());
            }
        } else {
            due(limits().totalSeconds());
        }
    }

    /** The upstream began to answer. */
    void answered(Attempt by) {
        service.dispatcher().answered(by.pool());
    }

    /** An attempt failed; {@code retryAfter} is below 0 when its upstream did not say when to come again. */
    void failed(Attempt by, AttemptRecord failed, String detail, double retryAfter) {
        attempt = null;
        attempts.add(failed);
        Outcome outcome = failed.outcome();
        lastDetail = by.poolId() + ": " + detail;
        if (outcome == Outcome.THROTTLED) {
            double rest = retryAfter >= 0 ? retryAfter : USUAL_REST_SECONDS;
            service.dispatcher().throttled(by.pool(), rest);
            retryAfterSeconds = rest;
        } else if (outcome.isUpstreamFault()) {
            service.dispatcher().failed(by.pool());
        } else {
            service.dispatcher().refused(by.pool());
        }
        if (outcome == Outcome.STALE && stale++ < MOST_STALE) {
            attempts.removeLast();
            next(failed.why());
            return;
        }
        if (committed) {
            rescue(by, outcome);
            return;
        }
        dropHeld();
        if (outcome.isRetryable() && service.dispatcher().mayRetry(attempts.size())) {
            question.tried(by.pool());
            next(by.poolId() + " failed: " + outcome.id());
        } else {
            giveUp(outcome, lastDetail);
        }
    }

    /** Goes on with an answer that broke after the user began to read it, or says that it broke. */
    private void rescue(Attempt by, Outcome outcome) {
        StreamWatch seen = by.watch();
        boolean canBeGoneOnFrom = seen == null || seen.deltas() == 0 || seen.isContinuable();
        Continuation before = continuation;
        boolean possible = outcome.isRetryable()
                && mayContinue()
                && (before != null || seen != null)
                && canBeGoneOnFrom
                && question.onlyContinuing();
        if (!possible || !service.dispatcher().mayRetry(attempts.size())) {
            breakOff(outcome, lastDetail);
            return;
        }
        if (seen != null) {
            said += seen.said();
            continuation = before == null
                    ? new Continuation(seen.id(), seen.deltas(), seen.tokens().prompt())
                    : new Continuation(before.id(), before.saidTokens() + seen.deltas(), before.promptTokens());
        }
        question.tried(by.pool());
        next("goes on where " + by.poolId() + " broke: " + outcome.id());
    }

    boolean mayContinue() {
        return asked.endpoint() == Endpoint.CHAT && asked.scan().continuable();
    }

    boolean isContinuing() {
        return continuation != null;
    }

    /** The upstream's last word on its having no room, for a client that must come again. */
    void lastAnswer(int status, byte[] body) {
        lastStatus = status;
        lastBody = body;
    }

    // What the client sees of a stream.

    /** An event as the client should see it: null for as it is, nothing for not at all. */
    byte @Nullable [] seenByClient(Verdict verdict, byte[] event, int from, int to, StreamWatch seen) {
        boolean unwanted = verdict == Verdict.USAGE
                && tellsUsageOnlyWhenAsked()
                && !asked.scan().includeUsage();
        if (unwanted) {
            return DROPPED;
        }
        Continuation goesOn = continuation;
        if (goesOn != null) {
            return verdict == Verdict.OTHER && !seen.isFinished()
                    ? DROPPED
                    : goesOn.seen(Arrays.copyOfRange(event, from, to));
        }
        return null;
    }

    /** So many parts of the answer have come. */
    void progressed(long deltas) {
        if (!committed && deltas > service.settings().holdBackTokens()) {
            commit();
        }
    }

    private void commit() {
        Attempt by = attempt;
        if (committed || by == null) {
            return;
        }
        committed = true;
        HttpHeaders headers = Answers.passing(by.headers());
        describe(headers, by);
        client.begin(by.status(), headers);
        while (!held.isEmpty()) {
            client.write(held.poll());
        }
    }

    private void describe(HttpHeaders headers, Attempt by) {
        headers.set("x-ampacity-request-id", id)
                .set("x-ampacity-pool", by.poolId())
                .set("x-ampacity-supplier", by.target().upstream().supplier())
                .set("x-ampacity-site", by.target().upstream().site())
                .set("x-ampacity-attempts", String.valueOf(attempts.size() + (record == null ? 1 : 0)));
    }

    void pass(ByteBuf events) {
        if (over) {
            events.release();
        } else if (committed) {
            client.write(events);
        } else {
            held.add(events);
        }
    }

    private void dropHeld() {
        while (!held.isEmpty()) {
            held.poll().release();
        }
    }

    /** Whether a stream may be whole without a mark at its end. */
    boolean endsWithoutMark() {
        return asked.endpoint() != Endpoint.RESPONSES;
    }

    /** The stream is whole; its end has not passed yet. */
    void completed(Attempt by) {
        StreamWatch seen = by.watch();
        Outcome outcome = seen != null && seen.isFiltered() ? Outcome.FILTERED : Outcome.COMPLETED;
        attempts.add(by.record(outcome, by.use()));
        service.dispatcher().completed(by.pool(), seconds());
        write(outcome, by.status());
        commit();
    }

    /** The upstream has ended a whole stream. */
    void endStream(boolean supplyMark) {
        attempt = null;
        if (supplyMark) {
            client.write(
                    asked.endpoint() == Endpoint.MESSAGES
                            ? Unpooled.copiedBuffer(
                                    "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
                                    StandardCharsets.US_ASCII)
                            : Unpooled.wrappedBuffer(DONE));
        }
        close();
        client.end();
    }

    // Other ends.

    void answeredWhole(Attempt by, AttemptRecord done, byte[] body, DocumentWatch seen) {
        attempt = null;
        attempts.add(done);
        service.dispatcher().completed(by.pool(), seconds());
        RequestRecord written = write(done.outcome(), by.status());
        HttpHeaders headers = Answers.passing(by.headers());
        describe(headers, by);
        Answers.tellUse(headers, written);
        close();
        client.answer(
                by.status(),
                headers,
                asked.wantsNote() && seen.usageEnd() > 0 ? UsageNote.in(body, seen.usageEnd(), written) : body);
    }

    /** The upstream refused what the client sent: its own words pass. */
    void refused(Attempt by, AttemptRecord done, byte[] body) {
        attempt = null;
        attempts.add(done);
        service.dispatcher().answered(by.pool());
        service.dispatcher().refused(by.pool());
        lastDetail = by.poolId() + ": it refused the request";
        if (committed) {
            breakOff(done.outcome(), lastDetail);
            return;
        }
        write(done.outcome(), by.status());
        HttpHeaders headers = Answers.passing(by.headers());
        describe(headers, by);
        close();
        client.answer(by.status(), headers, body);
    }

    /** Ends a request that nobody can serve. */
    private void giveUp(Outcome outcome, String detail) {
        if (over) {
            return;
        }
        if (committed) {
            breakOff(outcome, detail);
            return;
        }
        dropHeld();
        int status = Answers.status(outcome);
        HttpHeaders headers = Answers.json();
        headers.set("x-ampacity-request-id", id).set("x-ampacity-attempts", String.valueOf(attempts.size()));
        if (status == 429) {
            headers.set("retry-after", String.valueOf((long) Math.ceil(Math.max(1, retryAfterSeconds))));
        }
        write(outcome, status);
        close();
        byte[] upstreamWords = lastBody;
        client.answer(
                status,
                headers,
                status == lastStatus && upstreamWords != null
                        ? upstreamWords
                        : ErrorText.document(asked.endpoint(), type(status), outcome.id(), detail)
                                .getBytes(StandardCharsets.UTF_8));
    }

    private static String type(int status) {
        return switch (status) {
            case 400 -> "invalid_request_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> "upstream_error";
        };
    }

    /** Tells, as the last event, that an answer is not whole. */
    private void breakOff(Outcome outcome, String detail) {
        if (!committed) {
            giveUp(outcome, detail);
            return;
        }
        write(outcome, 200);
        close();
        client.write(Unpooled.copiedBuffer(
                ErrorText.event(asked.endpoint(), outcome.id(), "The answer broke off: " + detail),
                StandardCharsets.UTF_8));
        client.end();
    }

    /** The client went away: whoever works for it stops. */
    void clientGone() {
        if (over) {
            return;
        }
        close();
        dropHeld();
        Attempt current = attempt;
        attempt = null;
        if (current != null) {
            attempts.add(current.abandon(Outcome.ABORTED));
            service.dispatcher().refused(current.pool());
        }
        if (record == null) {
            write(Outcome.ABORTED, 0);
        }
    }

    void clientWritable() {
        if (attempt != null) {
            attempt.resume();
        }
    }

    private RequestRecord write(Outcome outcome, int status) {
        RequestRecord before = record;
        if (before != null) {
            return before;
        }
        RequestRecord written = new RequestRecord(
                id,
                arrivedMillis,
                asked.key(),
                asked.endpoint().id(),
                asked.scan().model(),
                asked.dataClass(),
                asked.scan().stream(),
                seconds(),
                status,
                outcome,
                continuation != null && outcome == Outcome.COMPLETED,
                attempts);
        record = written;
        service.metrics().ended();
        service.record(written);
        return written;
    }
}
