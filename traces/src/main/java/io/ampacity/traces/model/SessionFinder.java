package io.ampacity.traces.model;

import io.ampacity.traces.RequestSource;
import io.ampacity.traces.description.TokenHistogram;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds which requests go on from which, by session or, where there are none, by prefix blocks.
 *
 * <p>By blocks: a request goes on from the latest one with which it shares its longest known prefix, if that prefix
 * covers every full block of the other's prompt and the other has at least three; fewer may be a common system prompt.
 * Looks at the first {@value #MOST_REQUESTS} requests and so keeps a bounded memory.
 */
final class SessionFinder {

    private static final int MOST_REQUESTS = 1_000_000;
    private static final int LEAST_FULL_BLOCKS = 3;
    private static final double MILLISECONDS = 1000;

    /** What is remembered of a request: when it came, and the tokens of its prompt and answer. */
    private record Seen(double arrival, int prompt, long context) {}

    private final Map<Long, Seen> latest = new HashMap<>();
    private final Map<Long, Integer> firstBlocks = new HashMap<>();
    private final TokenHistogram newTokens = new TokenHistogram();
    private final TokenHistogram pauseMilliseconds = new TokenHistogram();
    private final TokenHistogram firstPrompts = new TokenHistogram();
    private int requests;

    void add(RequestSource request) {
        if (requests >= MOST_REQUESTS) {
            return;
        }
        requests++;
        Seen now = new Seen(
                request.arrivalSeconds(),
                request.promptTokens(),
                (long) request.promptTokens() + request.outputTokens());
        Seen before = null;
        if (request.session() != RequestSource.UNKNOWN_SESSION) {
            before = latest.put(request.session(), now);
        } else if (request.prefixBlocks() > 0) {
            before = byBlocks(request, now);
        }
        if (before == null) {
            firstPrompts.record(request.promptTokens());
        } else {
            newTokens.record(Math.clamp(request.promptTokens() - before.context(), 1, Integer.MAX_VALUE));
            pauseMilliseconds.record(
                    (int) Math.clamp((now.arrival() - before.arrival()) * MILLISECONDS, 0, Integer.MAX_VALUE));
        }
        if (request.prefixBlocks() > 0) {
            firstBlocks.merge(request.prefixBlock(0), 1, Integer::sum);
        }
    }

    private @Nullable Seen byBlocks(RequestSource request, Seen now) {
        Seen shared = null;
        int known = 0;
        while (known < request.prefixBlocks()) {
            Seen holder = latest.get(request.prefixBlock(known));
            if (holder == null) {
                break;
            }
            shared = holder;
            known++;
        }
        for (int i = 0; i < request.prefixBlocks(); i++) {
            latest.put(request.prefixBlock(i), now);
        }
        if (shared != null) {
            int full = shared.prompt() / request.prefixBlockTokens();
            return full >= LEAST_FULL_BLOCKS && known >= full ? shared : null;
        }
        return null;
    }

    /** Requests that go on from another. */
    long continued() {
        return newTokens.count();
    }

    /** Requests a session. */
    double meanTurns() {
        return requests / (double) Math.max(1, firstPrompts.count());
    }

    TokenHistogram newTokens() {
        return newTokens;
    }

    TokenHistogram firstPrompts() {
        return firstPrompts;
    }

    Distribution pauseSeconds() {
        return TraceFitter.quantiles(pauseMilliseconds, 1 / MILLISECONDS);
    }

    /** Whether at least half of all requests begin with the same block. */
    boolean sharesFirstBlock() {
        return firstBlocks.values().stream().anyMatch(count -> count * 2L >= requests);
    }
}
