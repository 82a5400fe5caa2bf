package io.ampacity.gateway;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.protocol.BadRequest;
import io.ampacity.gateway.protocol.DocumentWatch;
import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.protocol.RequestScan;
import io.ampacity.gateway.protocol.StreamWatch;
import io.ampacity.gateway.protocol.Verdict;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.upstream.Connections;
import io.ampacity.routing.Router;
import io.ampacity.sockets.Loops;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * One request, from its arrival to the end of its answer, over however many attempts: it decides who is asked next, and what
 * an attempt's end means for the whole. Who works for it now is in {@link Race}, what it took in {@link Account}, how a
 * broken answer goes on in {@link Rescue}, and what the client sees in {@link Delivery}. On one event loop.
 */
final class Exchange {

    private static final double NANOS = 1e9;
    private static final int MOST_STALE = 3;
    private static final double USUAL_REST_SECONDS = 1;
    private static final double MONEY_LOOK_SECONDS = 0.01;
    private static final int OK = 200;

    private final Service service;
    private final Client client;
    private final Asked asked;
    private final Question question;
    private final String id;
    private final Account account;
    private final Delivery delivery;
    private final Rescue rescue;
    private final Race race;
    private final Alarm alarm;
    private String lastDetail = "";
    private double retryAfterSeconds = -1;
    private double moneyWaitUntil = -1;
    private int stale;
    private boolean over;

    Exchange(Service service, Client client, Asked asked, Question question) {
        this.service = service;
        this.client = client;
        this.asked = asked;
        this.question = question;
        long arrivedMillis = System.currentTimeMillis();
        id = RequestIds.of(arrivedMillis, service.dispatcher().bits());
        account = new Account(service, asked, id, arrivedMillis);
        delivery = new Delivery(client, asked, id);
        rescue = new Rescue(asked);
        race = new Race(service.settings().hedging());
        alarm = client.alarm();
    }

    void start() {
        alarm.begin(this::look);
        service.metrics().began();
        service.dispatcher().arrived();
        switch (question.hopeless()) {
            case POLICY -> giveUp(Outcome.POLICY, "no upstream may serve this request: " + question.reason());
            case REFUSED ->
                giveUp(
                        Outcome.REFUSED,
                        "no upstream of model " + asked.scan().model() + " serves "
                                + asked.endpoint().path()
                                + (asked.scan().images() ? " with pictures" : ""));
            default -> {
                question.tellPrices(asked.purse());
                Canaries.Turn canary = service.canaries().turn(question.workload(), id);
                question.turnOf(canary);
                next(canary == null ? "planned weight" : "canary");
            }
        }
    }

    // Who is asked next.

    private void next(String why) {
        if (over || !isPaidFor(() -> next(why))) {
            return;
        }
        int pool = question.ask(service.dispatcher());
        if (pool == Router.NONE && question.anyTried()) {
            question.forgetTried();
            double wait = service.settings().retries().waitSeconds(account.attempts() + 1)
                    * service.dispatcher().jitter();
            after(wait, () -> again(why));
        } else if (pool == Router.NONE) {
            noRoom(why);
        } else {
            begin(pool, why);
        }
    }

    /** After a wait: everybody may be asked again who does not want to be left alone. */
    private void again(String why) {
        int pool = question.ask(service.dispatcher());
        if (pool == Router.NONE) {
            noRoom(why);
        } else {
            begin(pool, why);
        }
    }

    /** Whether money is set aside for one more attempt; if that is not known yet, {@code then} runs when it may be. */
    private boolean isPaidFor(Runnable then) {
        switch (account.payNext()) {
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
                account.lastOutcome(Outcome.NO_ROOM),
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

    private void begin(int pool, String why) {
        Errand errand;
        try {
            errand = errand(pool, why);
        } catch (BadRequest untranslatable) {
            // The pool does not understand the request in its own protocol: others may.
            if (question.hopeless() == Outcome.COMPLETED) {
                lastDetail = String.valueOf(untranslatable.getMessage());
                loop().execute(() -> next(why));
            } else {
                giveUp(Outcome.REFUSED, String.valueOf(untranslatable.getMessage()));
            }
            return;
        }
        Attempt begun = new Attempt(this, errand);
        race.run(begun, seconds(), !delivery.isCommitted());
        if (race.hedgeAtSeconds() < limits().totalSeconds()) {
            due(race.hedgeAtSeconds());
        }
        begun.start();
    }

    private Errand errand(int pool, String why) {
        try {
            return Errand.of(service.settings().fleet(), asked, rescue, pool, why);
        } catch (BadRequest untranslatable) {
            service.dispatcher().refused(pool);
            question.unable(pool);
            throw untranslatable;
        }
    }

    /** Asks somebody else beside an upstream that has not said a word yet. */
    private void hedge(Attempt slow) {
        if (delivery.isCommitted()) {
            return;
        }
        question.tried(slow.pool());
        if (!account.payHedge() || !service.dispatcher().mayHedge()) {
            return;
        }
        int pool = question.ask(service.dispatcher());
        if (pool == Router.NONE) {
            return;
        }
        try {
            Attempt begun =
                    new Attempt(this, errand(pool, "hedge: " + slow.errand().poolId() + " is slow"));
            race.join(begun);
            begun.start();
        } catch (BadRequest _) {
            // The first is at work all the same.
        }
    }

    // Time.

    double seconds() {
        return alarm.seconds();
    }

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
            if (account.isWritten()) {
                endStream(false);
                return;
            }
            breakOff(Outcome.TOTAL_LATE, "the time for this request is over");
            return;
        }
        Attempt slow = race.slow(now);
        if (slow != null) {
            hedge(slow);
        }
        race.each(one -> {
            if (over) {
                return;
            }
            if (now >= one.deadlineSeconds()) {
                one.late();
            } else {
                due(one.deadlineSeconds());
            }
        });
        if (!over) {
            due(race.hedgeAtSeconds());
        }
    }

    // What attempts tell.

    /** An upstream said its first word: whoever else was asked is stopped. */
    void answered(Attempt by) {
        service.dispatcher().answered(by.pool());
        won(by);
    }

    private void won(Attempt by) {
        Attempt other = race.wonBy(by);
        if (other != null) {
            account.add(other.abandon(Outcome.HEDGED));
            service.dispatcher().refused(other.pool());
        }
    }

    /** An attempt failed; {@code retryAfter} is below 0 when its upstream did not say when to come again. */
    void failed(Attempt by, AttemptRecord failed, String detail, double retryAfter) {
        Attempt other = race.without(by);
        account.add(failed);
        Outcome outcome = failed.outcome();
        lastDetail = by.errand().poolId() + ": " + detail;
        tellRouter(by.pool(), outcome, retryAfter);
        question.tried(by.pool());
        if (other != null) {
            // The other is at work already.
            return;
        }
        if (outcome == Outcome.STALE && stale++ < MOST_STALE) {
            account.forgetLast();
            question.untried(by.pool());
            next(failed.why());
        } else if (delivery.isCommitted()) {
            rescue(by, outcome);
        } else if (outcome.isRetryable() && service.dispatcher().mayRetry(account.attempts())) {
            next(by.errand().poolId() + " failed: " + outcome.id());
        } else {
            giveUp(outcome, lastDetail);
        }
    }

    private void tellRouter(int pool, Outcome outcome, double retryAfter) {
        if (outcome == Outcome.THROTTLED) {
            double rest = retryAfter >= 0 ? retryAfter : USUAL_REST_SECONDS;
            service.dispatcher().throttled(pool, rest);
            retryAfterSeconds = rest;
        } else if (outcome.isUpstreamFault()) {
            service.dispatcher().failed(pool);
        } else {
            service.dispatcher().refused(pool);
        }
    }

    /** Goes on with an answer that broke after the user began to read it, or says that it broke. */
    private void rescue(Attempt by, Outcome outcome) {
        StreamWatch seen = by.watch();
        if (rescue.isPossible(outcome, seen)
                && question.onlyContinuing()
                && service.dispatcher().mayRetry(account.attempts())) {
            rescue.goOnAfter(seen);
            next("goes on where " + by.errand().poolId() + " broke: " + outcome.id());
        } else {
            breakOff(outcome, lastDetail);
        }
    }

    /** More of the answer has come; whether it is paid for. */
    Allowances.Answer progressed(Attempt by, StreamWatch seen) {
        if (!delivery.isCommitted() && seen.deltas() > service.settings().holdBackTokens()) {
            delivery.commit(by, account.attempts() + 1);
        }
        return account.paySoFar(seen);
    }

    /** The money for more of an answer is spent: it ends here. */
    void outOfMoney(Attempt by) {
        account.add(by.abandon(Outcome.BUDGET_SPENT));
        service.dispatcher().refused(by.pool());
        race.end();
        breakOff(Outcome.BUDGET_SPENT, "the budget of key " + asked.key() + " is spent");
    }

    /** The upstream's last word on its having no room, for a client that must come again. */
    void lastAnswer(int status, byte[] body) {
        delivery.remember(status, body);
    }

    // Good ends.

    /** A stream is whole; its end has not passed yet. */
    void completed(Attempt by, Outcome outcome) {
        won(by);
        account.add(by.record(outcome, by.use()));
        service.dispatcher().completed(by.pool(), seconds());
        write(outcome, by.status());
        delivery.commit(by, account.attempts());
    }

    /** The upstream has ended a whole stream. */
    void endStream(boolean supplyMark) {
        close();
        delivery.endStream(supplyMark);
    }

    /** An upstream has answered with one document. */
    void answeredWhole(Attempt by, AttemptRecord done, byte[] body, DocumentWatch seen) {
        won(by);
        account.add(done);
        service.dispatcher().completed(by.pool(), seconds());
        RequestRecord written = write(done.outcome(), by.status());
        close();
        delivery.whole(by, written, body, seen);
    }

    // Other ends.

    /** The upstream refused what the client sent: its own words pass. */
    void refused(Attempt by, AttemptRecord done, byte[] body) {
        won(by);
        race.end();
        account.add(done);
        service.dispatcher().answered(by.pool());
        service.dispatcher().refused(by.pool());
        lastDetail = by.errand().poolId() + ": it refused the request";
        if (delivery.isCommitted()) {
            breakOff(done.outcome(), lastDetail);
            return;
        }
        write(done.outcome(), by.status());
        close();
        delivery.words(by, body, account.attempts());
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
        delivery.refuse(outcome, detail, retryAfterSeconds, account.attempts());
    }

    /** Ends an answer that is not whole. */
    private void breakOff(Outcome outcome, String detail) {
        if (!delivery.isCommitted()) {
            giveUp(outcome, detail);
            return;
        }
        write(outcome, OK);
        close();
        delivery.breakOff(outcome, detail);
    }

    /** The client went away: whoever works for it stops. */
    void clientGone() {
        if (over) {
            return;
        }
        over = true;
        stopAll(Outcome.ABORTED);
        if (!account.isWritten()) {
            write(Outcome.ABORTED, 0);
        }
        close();
    }

    private void stopAll(Outcome outcome) {
        race.each(one -> {
            AttemptRecord stopped = one.abandon(outcome);
            // One whose answer is whole has ended for the books and the router, though its last bytes are on their way.
            if (!account.isWritten()) {
                account.add(stopped);
                service.dispatcher().refused(one.pool());
            }
        });
        race.end();
    }

    private RequestRecord write(Outcome outcome, int status) {
        return account.write(outcome, status, seconds(), rescue.continuation() != null);
    }

    /** Nothing more happens; what waits for a time is let go, with all that it holds. */
    private void close() {
        over = true;
        race.end();
        alarm.stop();
    }

    // What others ask.

    /** An event as the client should see it: null for as it is, nothing for not at all. */
    byte @Nullable [] seenByClient(Verdict verdict, byte[] event, int from, int to, StreamWatch seen) {
        return delivery.seen(verdict, event, from, to, seen, rescue.continuation());
    }

    boolean mayBeRescued() {
        return rescue.mayCome();
    }

    /** Whether what is asked for is the rest of a broken answer. */
    boolean isGoingOn() {
        return rescue.continuation() != null;
    }

    /** Whether a stream may be whole without a mark at its end. */
    boolean endsWithoutMark() {
        return asked.endpoint() != Endpoint.RESPONSES;
    }

    boolean isCommitted() {
        return delivery.isCommitted();
    }

    Delivery delivery() {
        return delivery;
    }

    void flush() {
        delivery.flush();
    }

    boolean isWritable() {
        return client.isWritable();
    }

    void clientWritable() {
        race.each(Attempt::resume);
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

    String id() {
        return id;
    }

    HttpHeaders requestHeaders() {
        return asked.headers();
    }

    /** What an attempt that began then calls itself to its upstream; null when nothing is traced. */
    @Nullable String traceparent(double beganSeconds) {
        return account.traceparent(beganSeconds);
    }
}
