package io.ampacity.gateway;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.protocol.DocumentWatch;

/** How one request ends: once, well or not, in the books, for the router and for its client. On one event loop. */
final class Ending {

    private static final int OK = 200;

    private final Service service;
    private final Account account;
    private final Delivery delivery;
    private final Rescue rescue;
    private final Race race;
    private final Alarm alarm;
    private String trouble = "";
    private double retryAfterSeconds = -1;
    private boolean over;

    Ending(Service service, Account account, Delivery delivery, Rescue rescue, Race race, Alarm alarm) {
        this.service = service;
        this.account = account;
        this.delivery = delivery;
        this.rescue = rescue;
        this.race = race;
        this.alarm = alarm;
    }

    boolean isOver() {
        return over;
    }

    /** What went wrong last; empty for nothing. */
    String trouble() {
        return trouble;
    }

    void trouble(String last) {
        trouble = last;
    }

    /** When a client that nobody could serve should come again. */
    void comeAgainIn(double seconds) {
        retryAfterSeconds = seconds;
    }

    /** A stream is whole; its end has not passed yet. */
    void completed(Attempt by, Outcome outcome) {
        account.add(by.record(outcome, by.use()));
        service.dispatcher().completed(by.pool(), alarm.seconds());
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
        account.add(done);
        service.dispatcher().completed(by.pool(), alarm.seconds());
        RequestRecord written = write(done.outcome(), by.status());
        close();
        delivery.whole(by, written, body, seen);
    }

    /** The upstream refused what the client sent: its own words pass. */
    void refused(Attempt by, AttemptRecord done, byte[] body) {
        race.end();
        account.add(done);
        service.dispatcher().answered(by.pool());
        service.dispatcher().refused(by.pool());
        trouble = by.errand().poolId() + ": it refused the request";
        if (delivery.isCommitted()) {
            breakOff(done.outcome(), trouble);
            return;
        }
        write(done.outcome(), by.status());
        close();
        delivery.words(by, body, account.attempts());
    }

    /** Ends a request that nobody can serve. */
    void giveUp(Outcome outcome, String detail) {
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
    void breakOff(Outcome outcome, String detail) {
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

    /** Whoever works for it stops. */
    void stopAll(Outcome outcome) {
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
        return account.write(outcome, status, alarm.seconds(), rescue.continuation() != null);
    }

    /** Nothing more happens; what waits for a time is let go, with all that it holds. */
    private void close() {
        over = true;
        race.end();
        alarm.stop();
    }
}
