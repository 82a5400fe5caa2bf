package io.ampacity.gateway;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.metering.TraceContext;
import io.ampacity.gateway.protocol.StreamWatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one request takes: every attempt, the money set aside for them, and the record, which is written once, before the
 * client sees the end. On one event loop.
 */
final class Account {

    private final Service service;
    private final Asked asked;
    private final String id;
    private final long arrivedMillis;
    private final @Nullable TraceContext trace;
    private final List<AttemptRecord> attempts = new ArrayList<>(2);
    private @Nullable RequestRecord record;

    Account(Service service, Asked asked, String id, long arrivedMillis) {
        this.service = service;
        this.asked = asked;
        this.id = id;
        this.arrivedMillis = arrivedMillis;
        trace = service.trace(asked.headers());
    }

    /** What an attempt that began then calls itself to its upstream; null when nothing is traced. */
    @Nullable String traceparent(double beganSeconds) {
        return trace == null ? null : trace.header(beganSeconds);
    }

    // Attempts.

    void add(AttemptRecord attempt) {
        attempts.add(attempt);
    }

    /** The last one is none after all: nothing was asked by it. */
    void forgetLast() {
        attempts.removeLast();
    }

    int attempts() {
        return attempts.size();
    }

    /** How the last one ended, or {@code none}. */
    Outcome lastOutcome(Outcome none) {
        return attempts.isEmpty() ? none : attempts.getLast().outcome();
    }

    // Money.

    /** Sets money aside for one more attempt. */
    Allowances.Answer payNext() {
        Purse purse = asked.purse();
        if (!purse.hasBudget()) {
            return Allowances.Answer.YES;
        }
        long most = asked.scan().maximum();
        boolean asMuchAsAsked = most >= 0 && !(asked.scan().stream() && most > Purse.USUAL_OUTPUT);
        return purse.forAttempt(attempts, asked.body().length, asMuchAsAsked ? most : Purse.USUAL_OUTPUT);
    }

    /** Sets money aside for two attempts at once; whether there was enough, which is not waited for. */
    boolean payHedge() {
        Purse purse = asked.purse();
        return !purse.hasBudget()
                || purse.forAttempt(attempts, 2L * asked.body().length, 2 * Purse.USUAL_OUTPUT)
                        == Allowances.Answer.YES;
    }

    /** Sees to it that what a stream has brought is paid for. */
    Allowances.Answer paySoFar(StreamWatch seen) {
        return asked.purse().hasBudget()
                ? asked.purse().forOutput(attempts, asked.body().length, seen.outputSoFar())
                : Allowances.Answer.YES;
    }

    // The record.

    boolean isWritten() {
        return record != null;
    }

    /** Writes the record, unless it is written. */
    RequestRecord write(Outcome outcome, int status, double seconds, boolean rescued) {
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
                seconds,
                status,
                outcome,
                rescued && outcome == Outcome.COMPLETED,
                charged,
                attempts,
                trace);
        record = written;
        service.metrics().ended();
        service.record(written);
        asked.purse().settle(attempts, charged);
        return written;
    }
}
