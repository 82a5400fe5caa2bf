package io.ampacity.gateway;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Meter;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.settings.KeySettings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each key may still ask, use and spend. Requests are counted as they come, tokens and money as they are known: a
 * key may go beyond a limit by what was under way when it was reached. Thread-safe.
 */
final class Allowances implements Meter {

    private static final double MINUTE = 60;
    private static final double NANOS = 1e9;

    private final Map<String, Allowance> byKey = new HashMap<>();

    private static final class Allowance {
        private @Nullable Bucket requests;
        private @Nullable Bucket tokens;
        private double spentUsd;
    }

    /** So many a minute, saved up for one minute at most. */
    private static final class Bucket {
        private final double perMinute;
        private double left;
        private long at = System.nanoTime();

        Bucket(double perMinute) {
            this.perMinute = perMinute;
            left = perMinute;
        }

        double left() {
            long now = System.nanoTime();
            left = Math.min(perMinute, left + (now - at) / NANOS / MINUTE * perMinute);
            at = now;
            return left;
        }

        double secondsUntil(double wanted) {
            return (wanted - left()) / perMinute * MINUTE;
        }

        void take(double amount) {
            left = left() - amount;
        }
    }

    /** Counts one request of a key. */
    synchronized void take(KeySettings key) {
        Allowance allowance = byKey.computeIfAbsent(key.name(), name -> new Allowance());
        Double perMinute = key.requestsPerMinute();
        if (perMinute != null) {
            Bucket bucket = allowance.requests;
            if (bucket == null || bucket.perMinute != perMinute) {
                bucket = new Bucket(perMinute);
                allowance.requests = bucket;
            }
            if (bucket.left() < 1) {
                throw limit("requests a minute", perMinute, bucket.secondsUntil(1));
            }
        }
        Double tokensPerMinute = key.tokensPerMinute();
        if (tokensPerMinute != null) {
            Bucket bucket = allowance.tokens;
            if (bucket == null || bucket.perMinute != tokensPerMinute) {
                bucket = new Bucket(tokensPerMinute);
                allowance.tokens = bucket;
            }
            if (bucket.left() <= 0) {
                throw limit("tokens a minute", tokensPerMinute, bucket.secondsUntil(1));
            }
        }
        Double budget = key.budgetUsd();
        if (budget != null && allowance.spentUsd >= budget) {
            throw new Refusal(
                    429,
                    "insufficient_quota",
                    "budget_spent",
                    "the key " + key.name() + " has spent its budget of " + budget + " USD",
                    -1);
        }
        if (allowance.requests != null) {
            allowance.requests.take(1);
        }
    }

    private static Refusal limit(String what, double most, double seconds) {
        return new Refusal(
                429,
                "rate_limit_error",
                "rate_limit_exceeded",
                "this key may use " + Math.round(most) + " " + what,
                Math.max(1, seconds));
    }

    @Override
    public synchronized void record(RequestRecord request) {
        Allowance allowance = byKey.get(request.key());
        if (allowance == null) {
            return;
        }
        for (AttemptRecord attempt : request.attempts()) {
            if (allowance.tokens != null) {
                allowance.tokens.take(Math.max(0, attempt.use().promptTokens())
                        + (double) Math.max(0, attempt.use().outputTokens()));
            }
            if (Double.isFinite(attempt.use().costUsd())) {
                allowance.spentUsd += attempt.use().costUsd();
            }
        }
    }
}
