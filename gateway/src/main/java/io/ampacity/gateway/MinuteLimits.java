package io.ampacity.gateway;

import io.ampacity.gateway.settings.KeySettings;
import io.ampacity.ledger.Rates;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What each key may use in a minute: by this gateway alone, or, where a ledger is shared, by all that share it. Thread-safe;
 * never waits.
 */
final class MinuteLimits {

    private final @Nullable Rates rates;
    private final Consumer<Throwable> faults;
    private final Map<String, OfKey> byKey = new HashMap<>();

    /** @param rates where limits are dealt out; null when this gateway has them for itself */
    MinuteLimits(@Nullable Rates rates, Consumer<Throwable> faults) {
        this.rates = rates;
        this.faults = faults;
    }

    private static final class OfKey {
        private @Nullable Bucket requests;
        private @Nullable Bucket tokens;
        private @Nullable SharedRate sharedRequests;
        private @Nullable SharedRate sharedTokens;
    }

    /**
     * Counts one request of a key, with the tokens that it will use by estimate.
     *
     * @throws Refusal when a limit is reached
     * @throws ComeAgain when that is being asked
     */
    synchronized void open(KeySettings key, long tokens) {
        Double requestsPerMinute = key.requestsPerMinute();
        Double tokensPerMinute = key.tokensPerMinute();
        if (requestsPerMinute == null && tokensPerMinute == null) {
            return;
        }
        OfKey of = byKey.computeIfAbsent(key.name(), name -> new OfKey());
        Rates shared = rates;
        if (shared == null) {
            alone(of, requestsPerMinute, tokensPerMinute, tokens);
        } else {
            together(shared, of, key, tokens);
        }
    }

    private static void alone(OfKey of, @Nullable Double requests, @Nullable Double tokens, long wanted) {
        of.requests = bucket(of.requests, requests);
        of.tokens = bucket(of.tokens, tokens);
        if (of.requests != null && requests != null && of.requests.left() < 1) {
            throw limit("requests a minute", requests, of.requests.secondsUntil(1));
        }
        if (of.tokens != null && tokens != null) {
            double needed = needed(wanted, tokens);
            if (of.tokens.left() < needed) {
                throw limit("tokens a minute", tokens, of.tokens.secondsUntil(needed));
            }
            of.tokens.take((double) wanted);
        }
        if (of.requests != null) {
            of.requests.take(1);
        }
    }

    /** One that is larger than a whole minute's share passes when nothing else was used. */
    private static double needed(long wanted, double perMinute) {
        return Math.min((double) wanted, perMinute);
    }

    private void together(Rates shared, OfKey of, KeySettings key, long wanted) {
        Double requests = key.requestsPerMinute();
        Double tokens = key.tokensPerMinute();
        of.sharedRequests = rate(shared, of.sharedRequests, key, Rates.Kind.REQUESTS, requests);
        of.sharedTokens = rate(shared, of.sharedTokens, key, Rates.Kind.TOKENS, tokens);
        if (of.sharedRequests != null) {
            check(of.sharedRequests, 1, "requests a minute");
        }
        if (of.sharedTokens != null && tokens != null) {
            double needed = needed(wanted, tokens);
            check(of.sharedTokens, needed, "tokens a minute");
            of.sharedTokens.take(needed);
            of.sharedTokens.correct(wanted - needed);
        }
        if (of.sharedRequests != null) {
            of.sharedRequests.take(1);
        }
    }

    private @Nullable SharedRate rate(
            Rates shared, @Nullable SharedRate before, KeySettings key, Rates.Kind kind, @Nullable Double perMinute) {
        if (perMinute == null) {
            return null;
        }
        return before != null && before.perMinute() == perMinute
                ? before
                : new SharedRate(shared, key.name(), kind, perMinute, faults);
    }

    private static void check(SharedRate rate, double amount, String what) {
        switch (rate.look(amount)) {
            case YES -> {}
            case LATER -> throw new ComeAgain();
            case NO -> throw limit(what, rate.perMinute(), rate.secondsUntil(amount));
        }
    }

    private static @Nullable Bucket bucket(@Nullable Bucket before, @Nullable Double perMinute) {
        if (perMinute == null) {
            return null;
        }
        return before != null && before.perMinute() == perMinute ? before : new Bucket(perMinute);
    }

    private static Refusal limit(String what, double most, double seconds) {
        return new Refusal(
                429,
                "rate_limit_error",
                "rate_limit_exceeded",
                "this key may use " + Math.round(most) + " " + what,
                Math.max(1, seconds));
    }

    /** A request used other tokens than were estimated. */
    synchronized void settle(KeySettings key, long estimated, long used) {
        OfKey of = byKey.get(key.name());
        if (of != null && of.tokens != null) {
            of.tokens.take((double) used - estimated);
        }
        if (of != null && of.sharedTokens != null) {
            of.sharedTokens.correct((double) used - estimated);
        }
    }

    /** Lets go of the ledger. */
    void close() {
        if (rates != null) {
            rates.close();
        }
    }
}
