package io.ampacity.gateway;

import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.metering.Use;
import io.ampacity.gateway.protocol.DocumentWatch;
import io.ampacity.gateway.translation.MalformedAnswer;
import io.ampacity.gateway.translation.Translation;

/** An answer in one piece: a document, or an error. It passes when it is there as a whole. */
final class ArrivingDocument implements Arriving {

    private static final int LARGEST_ERROR = 1 << 20;

    private final Attempt attempt;
    private final Exchange exchange;
    private final Errand errand;
    private final boolean fine;
    private final Keep kept;

    /** One that is {@code fine} or an error; as many bytes as it says that it has are made room for, within reason. */
    ArrivingDocument(Attempt attempt, Exchange exchange, boolean fine, int expected) {
        this.attempt = attempt;
        this.exchange = exchange;
        this.fine = fine;
        errand = attempt.errand();
        kept = new Keep(expected);
    }

    @Override
    public void more(byte[] bytes, int from, int to) {
        kept.add(bytes, from, to);
        if (kept.length() > (fine ? exchange.limits().answerBytes() : LARGEST_ERROR)) {
            attempt.fail(
                    Outcome.TOO_LARGE,
                    "the answer is larger than " + exchange.limits().answerBytes() + " bytes");
        }
    }

    @Override
    public void end() {
        if (fine) {
            answer(kept.whole());
        } else {
            error(kept.whole());
        }
    }

    private void answer(byte[] upstreamBytes) {
        Translation translation = errand.translation();
        byte[] bytes = upstreamBytes;
        try {
            if (translation != null) {
                bytes = translation.document(upstreamBytes);
            }
        } catch (MalformedAnswer malformed) {
            attempt.fail(Outcome.MALFORMED, String.valueOf(malformed.getMessage()));
            return;
        }
        DocumentWatch seen = DocumentWatch.of(bytes);
        if (!seen.isSound()) {
            attempt.fail(Outcome.MALFORMED, "the answer is no JSON");
            return;
        }
        attempt.speaks();
        attempt.ends();
        boolean doubtful = seen.tokens().output() - Math.max(0, seen.tokens().reasoning()) > seen.length()
                || attempt.isDoubtful(seen.tokens());
        exchange.answeredWhole(
                attempt,
                attempt.record(
                        seen.isFiltered() ? Outcome.FILTERED : Outcome.COMPLETED,
                        Use.of(seen.tokens(), errand.target(), true, 0, doubtful)),
                bytes,
                seen);
    }

    private void error(byte[] upstreamBytes) {
        Translation translation = errand.translation();
        ErrorVerdict verdict = ErrorVerdict.of(
                attempt.status(), upstreamBytes, RetryAfter.seconds(attempt.headers()), exchange.isGoingOn());
        byte[] bytes = translation == null ? upstreamBytes : translation.error(upstreamBytes, attempt.status());
        if (verdict.isFinal()) {
            attempt.ends();
            exchange.refused(attempt, attempt.record(verdict.outcome(), Use.NONE), bytes);
            return;
        }
        if (verdict.outcome() == Outcome.THROTTLED) {
            exchange.lastAnswer(attempt.status(), bytes);
        }
        attempt.fail(verdict.outcome(), verdict.detail(), verdict.retryAfterSeconds());
    }

    @Override
    public boolean endsAllTheSame() {
        return false;
    }

    @Override
    public boolean isWhole() {
        return false;
    }

    @Override
    public Use use() {
        // Something was served, but nobody told how much.
        return fine ? attempt.unknownUse() : Use.NONE;
    }

    @Override
    public void drop() {
        kept.clear();
    }
}
