package io.ampacity.gateway;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.protocol.DocumentWatch;
import io.ampacity.gateway.protocol.StreamWatch;
import io.ampacity.gateway.protocol.Verdict;
import io.ampacity.gateway.settings.Limits;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * One request, from its arrival to the end of its answer, over however many attempts: it hears what attempts tell and decides
 * what that means for the whole. Who is asked next is in {@link Asking}, who works for it now in {@link Race}, what it took in
 * {@link Account}, how a broken answer goes on in {@link Rescue}, how it ends in {@link Ending}, and what the client sees in
 * {@link Delivery}. On one event loop.
 */
final class Exchange {

    private static final int MOST_STALE = 3;
    private static final double USUAL_REST_SECONDS = 1;

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
    private final Ending ending;
    private final Asking asking;
    private int stale;

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
        ending = new Ending(service, account, delivery, rescue, race, alarm);
        asking = new Asking(this, service, asked, question, account, delivery, rescue, race, ending);
    }

    void start() {
        alarm.begin(this::look);
        service.metrics().began();
        service.dispatcher().arrived();
        switch (question.hopeless()) {
            case POLICY -> ending.giveUp(Outcome.POLICY, "no upstream may serve this request: " + question.reason());
            case REFUSED ->
                ending.giveUp(
                        Outcome.REFUSED,
                        "no upstream of model " + asked.scan().model() + " serves "
                                + asked.endpoint().path()
                                + (asked.scan().images() ? " with pictures" : ""));
            default -> {
                question.tellPrices(asked.purse());
                Canaries.Turn canary = service.canaries().turn(question.workload(), id);
                question.turnOf(canary);
                asking.next(canary == null ? "planned weight" : "canary");
            }
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
        if (ending.isOver()) {
            return;
        }
        double now = seconds();
        if (now >= limits().totalSeconds()) {
            ending.stopAll(Outcome.TOTAL_LATE);
            if (account.isWritten()) {
                ending.endStream(false);
                return;
            }
            ending.breakOff(Outcome.TOTAL_LATE, "the time for this request is over");
            return;
        }
        Attempt slow = race.slow(now);
        if (slow != null) {
            asking.hedge(slow);
        }
        race.each(one -> {
            if (ending.isOver()) {
                return;
            }
            if (now >= one.deadlineSeconds()) {
                one.late();
            } else {
                due(one.deadlineSeconds());
            }
        });
        if (!ending.isOver()) {
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
        ending.trouble(by.errand().poolId() + ": " + detail);
        tellRouter(by.pool(), outcome, retryAfter);
        question.tried(by.pool());
        if (other != null) {
            // The other is at work already.
            return;
        }
        if (outcome == Outcome.STALE && stale++ < MOST_STALE) {
            account.forgetLast();
            question.untried(by.pool());
            asking.next(failed.why());
        } else if (delivery.isCommitted()) {
            rescue(by, outcome);
        } else if (outcome.isRetryable() && service.dispatcher().mayRetry(account.attempts())) {
            asking.next(by.errand().poolId() + " failed: " + outcome.id());
        } else {
            ending.giveUp(outcome, ending.trouble());
        }
    }

    private void tellRouter(int pool, Outcome outcome, double retryAfter) {
        if (outcome == Outcome.THROTTLED) {
            double rest = retryAfter >= 0 ? retryAfter : USUAL_REST_SECONDS;
            service.dispatcher().throttled(pool, rest);
            ending.comeAgainIn(rest);
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
            asking.next("goes on where " + by.errand().poolId() + " broke: " + outcome.id());
        } else {
            ending.breakOff(outcome, ending.trouble());
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
        ending.breakOff(Outcome.BUDGET_SPENT, "the budget of key " + asked.key() + " is spent");
    }

    /** The upstream's last word on its having no room, for a client that must come again. */
    void lastAnswer(int status, byte[] body) {
        delivery.remember(status, body);
    }

    // Ends.

    /** A stream is whole; its end has not passed yet. */
    void completed(Attempt by, Outcome outcome) {
        won(by);
        ending.completed(by, outcome);
    }

    /** The upstream has ended a whole stream. */
    void endStream(boolean supplyMark) {
        ending.endStream(supplyMark);
    }

    /** An upstream has answered with one document. */
    void answeredWhole(Attempt by, AttemptRecord done, byte[] body, DocumentWatch seen) {
        won(by);
        ending.answeredWhole(by, done, body, seen);
    }

    /** The upstream refused what the client sent: its own words pass. */
    void refused(Attempt by, AttemptRecord done, byte[] body) {
        won(by);
        ending.refused(by, done, body);
    }

    /** The client went away: whoever works for it stops. */
    void clientGone() {
        ending.clientGone();
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

    Service service() {
        return service;
    }

    Limits limits() {
        return service.settings().limits();
    }

    Asked asked() {
        return asked;
    }

    String id() {
        return id;
    }

    /** What an attempt that began then calls itself to its upstream; null when nothing is traced. */
    @Nullable String traceparent(double beganSeconds) {
        return account.traceparent(beganSeconds);
    }
}
