package io.ampacity.gateway;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.protocol.BadRequest;
import io.ampacity.gateway.protocol.BodyEdit;
import io.ampacity.gateway.protocol.Continuation;
import io.ampacity.gateway.protocol.DocumentWatch;
import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.protocol.RequestScan;
import io.ampacity.gateway.protocol.StreamWatch;
import io.ampacity.gateway.protocol.Verdict;
import io.ampacity.gateway.settings.HedgeSettings;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.Target;
import io.ampacity.gateway.translation.Translation;
import io.ampacity.gateway.upstream.Connections;
import io.ampacity.routing.Router;
import io.ampacity.sockets.Loops;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request, from its arrival to the end of its answer, over however many attempts: one after the other, or two at once
 * when the first is slow. On one event loop.
 */
final class Exchange {

    private static final double NANOS = 1e9;
    private static final int MOST_STALE = 3;
    private static final double USUAL_REST_SECONDS = 1;
    private static final double MONEY_LOOK_SECONDS = 0.01;

    private final Service service;
    private final Client client;
    private final Asked asked;
    private final Question question;
    private final String id;
    private final long arrivedMillis = System.currentTimeMillis();
    private final List<AttemptRecord> attempts = new ArrayList<>(2);
    private final Delivery delivery;
    private final Alarm alarm;
    private @Nullable Attempt attempt;
    /** Asked beside the first, which was slow; the first word decides between the two. */
    private @Nullable Attempt rival;

    private @Nullable Continuation continuation;
    private @Nullable RequestRecord record;
    private String said = "";
    private String lastDetail = "";
    private double retryAfterSeconds = -1;
    private double hedgeAtSeconds = Double.POSITIVE_INFINITY;
    private double moneyWaitUntil = -1;
    private int stale;
    private boolean over;

    Exchange(Service service, Client client, Asked asked, Question question) {
        this.service = service;
        this.client = client;
        this.asked = asked;
        this.question = question;
        alarm = new Alarm(client.loop(), this::look);
        id = RequestIds.of(arrivedMillis, service.dispatcher().bits());
        delivery = new Delivery(client, asked, id);
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
            default -> {
                question.tellPrices(asked.purse());
                int canary = service.canaries().turn(question.workload(), id);
                question.turnOf(canary);
                next(canary == Router.NONE ? "planned weight" : "canary");
            }
        }
    }

    double seconds() {
        return alarm.seconds();
    }

    EventLoop loop() {
        return client.loop();
    }

    Connections connections() {
        return service.connections();
    }

    Drills drills() {
        return service.drills();
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
        delivery.flush();
    }

    // Attempts.

    private void next(String why) {
        if (over || !isPaidFor(() -> next(why))) {
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
            begin(pool, why, false);
        }
    }

    /** After a wait: everybody may be asked again who does not want to be left alone. */
    private void again(String why) {
        int pool = question.ask(service.dispatcher());
        if (pool == Router.NONE) {
            noRoom(why);
        } else {
            begin(pool, why, false);
        }
    }

    /** Whether money is set aside for one more attempt; if that is not known yet, {@code then} runs when it may be. */
    private boolean isPaidFor(Runnable then) {
        Purse purse = asked.purse();
        if (!purse.hasBudget()) {
            return true;
        }
        long most = asked.scan().maximum();
        long output = most >= 0 && !(asked.scan().stream() && most > Purse.USUAL_OUTPUT) ? most : Purse.USUAL_OUTPUT;
        switch (purse.forAttempt(attempts, asked.body().length, output)) {
            case YES -> {
                moneyWaitUntil = -1;
                return true;
            }
            case LATER -> {
                if (moneyWaitUntil < 0) {
                    moneyWaitUntil = seconds() + limits().longestWaitSeconds();
                }
                if (seconds() < moneyWaitUntil) {
                    after(MONEY_LOOK_SECONDS, then);
                } else {
                    retryAfterSeconds = USUAL_REST_SECONDS;
                    breakOff(Outcome.NO_ROOM, "the budget of this key cannot be looked up now");
                }
            }
            case NO -> breakOff(Outcome.BUDGET_SPENT, "the budget of key " + asked.key() + " is spent");
        }
        return false;
    }

    private void noRoom(String why) {
        double rest = service.dispatcher().throttledSeconds(question.workload());
        if (rest > 0 && rest <= limits().longestWaitSeconds()) {
            after(rest, () -> again(why));
            return;
        }
        retryAfterSeconds = Math.max(USUAL_REST_SECONDS, rest);
        breakOff(
                attempts.isEmpty() ? Outcome.NO_ROOM : attempts.getLast().outcome(),
                lastDetail.isEmpty() ? "every upstream that may serve this request is full" : lastDetail);
    }

    private void after(double seconds, Runnable then) {
        if (seconds() + seconds >= limits().totalSeconds()) {
            breakOff(Outcome.TOTAL_LATE, "the time for this request is over; " + lastDetail);
            return;
        }
        Loops.after(loop(), (long) (seconds * NANOS), () -> {
            if (!over) {
                then.run();
            }
        });
    }

    private void begin(int pool, String why, boolean asRival) {
        Target target = service.settings().fleet().targets().get(pool);
        Translation translation = Translation.of(asked.endpoint(), target.upstream());
        BodyEdit edit = new BodyEdit(asked.body(), asked.scan()).model(target.model());
        if (asked.tellsUsageOnlyWhenAsked() && asked.scan().stream()) {
            edit.usage(target.upstream().continuousUsage());
        }
        Continuation goesOn = continuation;
        if (goesOn != null) {
            edit.goOnFrom(said, goesOn.saidTokens(), target.upstream().prefill());
        }
        byte[] body = edit.bytes();
        try {
            if (translation != null) {
                body = translation.request(body);
            }
        } catch (BadRequest untranslatable) {
            cannotSay(pool, why, asRival, String.valueOf(untranslatable.getMessage()));
            return;
        }
        Attempt begun = new Attempt(
                this, pool, service.settings().fleet().table().pools().get(pool), target, translation, body, why);
        HedgeSettings hedging = service.settings().hedging();
        if (asRival) {
            rival = begun;
        } else {
            attempt = begun;
        }
        if (hedging != null && !asRival && !delivery.isCommitted()) {
            hedgeAtSeconds = seconds() + hedging.afterSeconds();
            due(hedgeAtSeconds);
        }
        begun.start();
    }

    /** The pool does not understand the request in its own protocol: others may. */
    private void cannotSay(int pool, String why, boolean asRival, String reason) {
        service.dispatcher().refused(pool);
        question.unable(pool);
        if (asRival) {
            return;
        }
        if (question.hopeless() == Outcome.COMPLETED) {
            lastDetail = reason;
            loop().execute(() -> next(why));
        } else {
            giveUp(Outcome.REFUSED, reason);
        }
    }

    // Time.

    /** Sees to it that a clock looks at this exchange by then. */
    void due(double atSeconds) {
        alarm.by(Math.min(atSeconds, limits().totalSeconds()));
    }

    private void look() {
        if (over) {
            return;
        }
        double now = seconds();
        if (now >= limits().totalSeconds()) {
            stopAll(Outcome.TOTAL_LATE);
            breakOff(Outcome.TOTAL_LATE, "the time for this request is over");
            return;
        }
        if (now >= hedgeAtSeconds) {
            hedgeAtSeconds = Double.POSITIVE_INFINITY;
            hedge();
        }
        lookAt(attempt, now);
        lookAt(rival, now);
        if (!over) {
            due(Math.min(hedgeAtSeconds, limits().totalSeconds()));
        }
    }

    private void lookAt(@Nullable Attempt one, double now) {
        if (one == null || over) {
            return;
        }
        if (now >= one.deadlineSeconds()) {
            one.late();
        } else {
            due(one.deadlineSeconds());
        }
    }

    /** Asks somebody else beside an upstream that has not said a word yet. */
    private void hedge() {
        Attempt slow = attempt;
        if (slow == null || slow.hasSpoken() || rival != null || delivery.isCommitted()) {
            return;
        }
        question.tried(slow.pool());
        Purse purse = asked.purse();
        boolean paid = !purse.hasBudget()
                || purse.forAttempt(attempts, 2L * asked.body().length, 2 * Purse.USUAL_OUTPUT)
                        == Allowances.Answer.YES;
        if (!paid || !service.dispatcher().mayHedge()) {
            return;
        }
        int pool = question.ask(service.dispatcher());
        if (pool != Router.NONE) {
            begin(pool, "hedge: " + slow.poolId() + " is slow", true);
        }
    }

    /** An upstream said its first word: whoever else was asked is stopped. */
    void answered(Attempt by) {
        service.dispatcher().answered(by.pool());
        hedgeAtSeconds = Double.POSITIVE_INFINITY;
        Attempt other = other(by);
        rival = null;
        attempt = by;
        if (other != null) {
            attempts.add(other.abandon(Outcome.HEDGED));
            service.dispatcher().refused(other.pool());
        }
    }

    @SuppressWarnings("ReferenceEquality") // the question is which of the two attempts it is
    private @Nullable Attempt other(Attempt by) {
        return by == attempt ? rival : attempt;
    }

    /** An attempt failed; {@code retryAfter} is below 0 when its upstream did not say when to come again. */
    void failed(Attempt by, AttemptRecord failed, String detail, double retryAfter) {
        Attempt other = other(by);
        attempt = other;
        rival = null;
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
        question.tried(by.pool());
        if (other != null) {
            // The other is at work already.
            return;
        }
        if (outcome == Outcome.STALE && stale++ < MOST_STALE) {
            attempts.removeLast();
            question.untried(by.pool());
            next(failed.why());
        } else if (delivery.isCommitted()) {
            rescue(by, outcome);
        } else if (outcome.isRetryable() && service.dispatcher().mayRetry(attempts.size())) {
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
        delivery.remember(status, body);
    }

    // What the client sees.

    /** An event as the client should see it: null for as it is, nothing for not at all. */
    byte @Nullable [] seenByClient(Verdict verdict, byte[] event, int from, int to, StreamWatch seen) {
        return delivery.seen(verdict, event, from, to, seen, continuation);
    }

    /** More of the answer has come; whether it is paid for. */
    Allowances.Answer progressed(Attempt by, StreamWatch seen) {
        if (!delivery.isCommitted() && seen.deltas() > service.settings().holdBackTokens()) {
            delivery.commit(by, attempts.size() + 1);
        }
        return asked.purse().hasBudget()
                ? asked.purse().forOutput(attempts, asked.body().length, seen.outputSoFar())
                : Allowances.Answer.YES;
    }

    /** The money for more of an answer is spent: it ends here. */
    void outOfMoney(Attempt by) {
        attempts.add(by.abandon(Outcome.BUDGET_SPENT));
        service.dispatcher().refused(by.pool());
        attempt = null;
        breakOff(Outcome.BUDGET_SPENT, "the budget of key " + asked.key() + " is spent");
    }

    boolean isCommitted() {
        return delivery.isCommitted();
    }

    boolean isOver() {
        return over;
    }

    Delivery delivery() {
        return delivery;
    }

    /** Whether a stream may be whole without a mark at its end. */
    boolean endsWithoutMark() {
        return asked.endpoint() != Endpoint.RESPONSES;
    }

    /** The stream is whole; its end has not passed yet. */
    void completed(Attempt by) {
        StreamWatch seen = by.watch();
        Outcome outcome = seen != null && seen.isFiltered() ? Outcome.FILTERED : Outcome.COMPLETED;
        stopOther(by);
        attempts.add(by.record(outcome, by.use()));
        service.dispatcher().completed(by.pool(), seconds());
        write(outcome, by.status());
        delivery.commit(by, attempts.size());
    }

    /** The upstream has ended a whole stream. */
    void endStream(boolean supplyMark) {
        attempt = null;
        close();
        delivery.endStream(supplyMark);
    }

    // Other ends.

    void answeredWhole(Attempt by, AttemptRecord done, byte[] body, DocumentWatch seen) {
        stopOther(by);
        attempt = null;
        attempts.add(done);
        service.dispatcher().completed(by.pool(), seconds());
        RequestRecord written = write(done.outcome(), by.status());
        close();
        delivery.whole(by, written, body, seen);
    }

    /** The upstream refused what the client sent: its own words pass. */
    void refused(Attempt by, AttemptRecord done, byte[] body) {
        stopOther(by);
        attempt = null;
        attempts.add(done);
        service.dispatcher().answered(by.pool());
        service.dispatcher().refused(by.pool());
        lastDetail = by.poolId() + ": it refused the request";
        if (delivery.isCommitted()) {
            breakOff(done.outcome(), lastDetail);
            return;
        }
        write(done.outcome(), by.status());
        close();
        delivery.words(by, body, attempts.size());
    }

    private void stopOther(Attempt by) {
        Attempt other = other(by);
        rival = null;
        attempt = by;
        if (other != null) {
            attempts.add(other.abandon(Outcome.HEDGED));
            service.dispatcher().refused(other.pool());
        }
    }

    private void stopAll(Outcome outcome) {
        for (Attempt one : new @Nullable Attempt[] {attempt, rival}) {
            if (one != null) {
                attempts.add(one.abandon(outcome));
                service.dispatcher().refused(one.pool());
            }
        }
        attempt = null;
        rival = null;
    }

    /** Ends a request that nobody can serve. */
    private void giveUp(Outcome outcome, String detail) {
        if (over) {
            return;
        }
        if (delivery.isCommitted()) {
            breakOff(outcome, detail);
            return;
        }
        write(outcome, Answers.status(outcome));
        close();
        delivery.refuse(outcome, detail, retryAfterSeconds, attempts.size());
    }

    /** Ends an answer that is not whole. */
    private void breakOff(Outcome outcome, String detail) {
        if (!delivery.isCommitted()) {
            giveUp(outcome, detail);
            return;
        }
        write(outcome, 200);
        close();
        delivery.breakOff(outcome, detail);
    }

    /** The client went away: whoever works for it stops. */
    void clientGone() {
        if (over) {
            return;
        }
        close();
        stopAll(Outcome.ABORTED);
        if (record == null) {
            write(Outcome.ABORTED, 0);
        }
    }

    void clientWritable() {
        if (attempt != null) {
            attempt.resume();
        }
    }

    /** Nothing more happens; what waits for a time is let go, with all that it holds. */
    private void close() {
        over = true;
        alarm.stop();
    }

    private RequestRecord write(Outcome outcome, int status) {
        RequestRecord before = record;
        if (before != null) {
            return before;
        }
        double charged = asked.purse().charged(attempts, asked.body().length);
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
                charged,
                attempts);
        record = written;
        service.metrics().ended();
        service.record(written);
        asked.purse().settle(attempts, charged);
        return written;
    }
}
