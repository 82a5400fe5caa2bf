package io.ampacity.gateway;

import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.Use;
import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.protocol.StreamWatch;
import io.ampacity.gateway.protocol.Verdict;
import io.ampacity.gateway.translation.MalformedAnswer;
import io.ampacity.gateway.translation.Translation;
import java.util.Arrays;

/**
 * An answer in events, which pass as they come. It is whole once it said why it ends; its record is written then, before its
 * last event passes. What comes before the client reads is held back.
 */
final class ArrivingStream implements Arriving, StreamRelay.Out {

    private static final int FEWEST_BYTES = 16;
    private static final byte[] NOTHING = {};

    private final Attempt attempt;
    private final Exchange exchange;
    private final Errand errand;
    private final StreamWatch watch;
    private final StreamRelay relay;
    private final PaidReading paid;
    private final Keep held = new Keep();
    private byte[] replacement = NOTHING;
    private boolean whole;

    ArrivingStream(Attempt attempt, Exchange exchange) {
        this.attempt = attempt;
        this.exchange = exchange;
        errand = attempt.errand();
        watch = StreamWatch.of(exchange.asked().endpoint(), exchange.mayBeRescued());
        relay = new StreamRelay(watch, this, exchange.limits().eventBytes());
        paid = new PaidReading(attempt, exchange, watch);
    }

    StreamWatch watch() {
        return watch;
    }

    /** Whether more may be read as far as money goes. */
    boolean isPaid() {
        return !paid.isWaiting();
    }

    // What comes.

    @Override
    public void more(byte[] bytes, int from, int to) {
        Translation translation = errand.translation();
        if (translation == null) {
            relay.packet(bytes, from, to);
            return;
        }
        try {
            relay(translation.stream(Arrays.copyOfRange(bytes, from, to)));
        } catch (MalformedAnswer malformed) {
            attempt.fail(Outcome.MALFORMED, String.valueOf(malformed.getMessage()));
        }
    }

    private void relay(byte[] events) {
        relay.packet(events, 0, events.length);
    }

    @Override
    public Way decide(Verdict verdict, byte[] event, int from, int to) {
        if (attempt.isOver()) {
            return Way.STOP;
        }
        switch (verdict) {
            case MALFORMED -> {
                attempt.fail(Outcome.MALFORMED, "an event is no JSON");
                return Way.STOP;
            }
            case ERROR -> {
                String code = watch.errorCode();
                attempt.fail(
                        ErrorVerdict.ofEvent(code),
                        "it told of an error in its answer" + (code == null ? "" : ": " + code));
                return Way.STOP;
            }
            case CONTENT -> {
                attempt.speaks();
                attempt.await(Wait.EVENT);
                if (!paid.goesOn()) {
                    return Way.STOP;
                }
            }
            case OTHER, USAGE -> {
                if (attempt.hasSpoken()) {
                    attempt.await(Wait.EVENT);
                }
            }
            case DONE -> {
                if (!watch.isFinished()) {
                    attempt.fail(Outcome.CUT, "the answer ended without saying why");
                    return Way.STOP;
                }
                complete();
                attempt.await(Wait.EVENT);
            }
        }
        return way(verdict, event, from, to);
    }

    private Way way(Verdict verdict, byte[] event, int from, int to) {
        byte[] other = exchange.seenByClient(verdict, event, from, to, watch);
        if (other == null) {
            return Way.PASS;
        }
        if (other.length == 0) {
            return Way.DROP;
        }
        replacement = other;
        return Way.REPLACE;
    }

    @Override
    public byte[] replacement() {
        return replacement;
    }

    @Override
    public void take(byte[] events, int from, int to) {
        if (attempt.isOver() && !whole) {
            return;
        }
        if (exchange.isCommitted()) {
            exchange.delivery().write(events, from, to);
        } else {
            held.add(events, from, to);
        }
    }

    @Override
    public void tooLarge() {
        attempt.fail(
                Outcome.TOO_LARGE,
                "an event is larger than " + exchange.limits().eventBytes() + " bytes");
    }

    // What was held back.

    /** Hands over what came while the client did not read yet. */
    void giveHeld(Client taker) {
        taker.write(held.array(), 0, held.length());
        held.clear();
    }

    @Override
    public void drop() {
        if (!whole) {
            held.clear();
        }
    }

    // The end.

    private void complete() {
        if (!whole) {
            whole = true;
            exchange.completed(attempt, watch.isFiltered() ? Outcome.FILTERED : Outcome.COMPLETED);
        }
    }

    @Override
    public boolean isWhole() {
        return whole;
    }

    @Override
    public void end() {
        if (!endTranslation() || endsAllTheSame()) {
            return;
        }
        attempt.fail(Outcome.CUT, "the answer ended before it was whole");
    }

    /** Relays what a translation has kept to the end; whether the attempt goes on. */
    private boolean endTranslation() {
        Translation translation = errand.translation();
        if (translation == null) {
            return true;
        }
        try {
            relay(translation.endOfStream());
        } catch (MalformedAnswer malformed) {
            attempt.fail(Outcome.MALFORMED, String.valueOf(malformed.getMessage()));
        }
        return !attempt.isOver();
    }

    @Override
    public boolean endsAllTheSame() {
        boolean marked = whole;
        // Some servers leave the mark out; the answer said itself that it is whole.
        if (!marked && (!watch.isFinished() || exchange.asked().endpoint() == Endpoint.RESPONSES)) {
            return false;
        }
        complete();
        attempt.ends();
        exchange.endStream(!marked);
        return true;
    }

    @Override
    public Use use() {
        long spoken = watch.tokens().output()
                - Math.max(watch.reasoningDeltas(), watch.tokens().reasoning());
        boolean doubtful = spoken > Math.max(FEWEST_BYTES, watch.contentBytes()) || attempt.isDoubtful(watch.tokens());
        return Use.of(watch.tokens(), errand.target(), whole, watch.deltas(), doubtful);
    }
}
