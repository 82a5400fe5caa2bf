package io.ampacity.gateway;

import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.protocol.BodyEdit;
import io.ampacity.gateway.protocol.Continuation;
import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.protocol.Prefill;
import io.ampacity.gateway.protocol.StreamWatch;
import org.jspecify.annotations.Nullable;

/**
 * Goes on with an answer that broke after its client began to read it: what was said so far is put into the assistant's
 * mouth, and another upstream is asked for the rest. On one event loop.
 */
final class Rescue {

    private final Asked asked;
    private @Nullable Continuation continuation;
    private String said = "";

    Rescue(Asked asked) {
        this.asked = asked;
    }

    /** Whether a broken answer to this request could be gone on with at all. */
    boolean mayCome() {
        return asked.endpoint() == Endpoint.CHAT && asked.scan().continuable();
    }

    /** How the rest is joined to what was read; null while nothing broke. */
    @Nullable Continuation continuation() {
        return continuation;
    }

    /** Whether an answer that ended so, where {@code seen} stands, can be gone on with; {@code seen} is null when nothing came. */
    boolean isPossible(Outcome outcome, @Nullable StreamWatch seen) {
        boolean plain = seen == null || seen.deltas() == 0 || seen.isContinuable();
        return outcome.isRetryable() && mayCome() && plain && (continuation != null || seen != null);
    }

    /** Takes down what a broken attempt said. */
    void goOnAfter(@Nullable StreamWatch seen) {
        if (seen == null) {
            return;
        }
        Continuation before = continuation;
        said += seen.said();
        continuation = before == null
                ? new Continuation(seen.id(), seen.deltas(), seen.tokens().prompt())
                : new Continuation(before.id(), before.saidTokens() + seen.deltas(), before.promptTokens());
    }

    /** Makes a request one for the rest of the answer. */
    void askToGoOn(BodyEdit edit, Prefill prefill) {
        Continuation goesOn = continuation;
        if (goesOn != null) {
            edit.goOnFrom(said, goesOn.saidTokens(), prefill);
        }
    }
}
