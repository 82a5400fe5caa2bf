package io.ampacity.gateway;

import io.ampacity.gateway.metering.AttemptRecord;
import io.ampacity.gateway.metering.Use;
import io.ampacity.gateway.settings.KeySettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The money and tokens that are set aside for one request. On one event loop.
 *
 * <p>A token of a prompt has at least one byte, so the bytes of a request bound its prompt, but for pictures at an address.
 */
final class Purse {

    /** Output that is set aside for when a request does not say how much it wants. */
    static final long USUAL_OUTPUT = 1024;

    private static final long STEP = 256;
    private static final double MILLION = 1e6;

    /** The purse of a request without a key. */
    static final Purse OPEN = new Purse();

    private final @Nullable Allowances allowances;
    private final @Nullable KeySettings key;
    private final long estimatedTokens;
    private double promptUsdPerToken;
    private double outputUsdPerToken;
    private double reservedUsd;
    private double coveredUsd;
    private boolean settled;

    private Purse() {
        allowances = null;
        key = null;
        estimatedTokens = 0;
    }

    Purse(Allowances allowances, KeySettings key, long estimatedTokens) {
        this.allowances = allowances;
        this.key = key;
        this.estimatedTokens = estimatedTokens;
    }

    /** Whether there is a budget at all. */
    boolean hasBudget() {
        return key != null && key.budgetUsd() != null;
    }

    /** The highest prices that the request may meet, in USD a million tokens. */
    void prices(double prompt, double output) {
        promptUsdPerToken = prompt / MILLION;
        outputUsdPerToken = output / MILLION;
    }

    /** Sets aside what one more attempt may cost, beside what those before it took. */
    Allowances.Answer forAttempt(List<AttemptRecord> before, long promptBytes, long output) {
        return cover(charged(before, promptBytes) + promptBytes * promptUsdPerToken + output * outputUsdPerToken);
    }

    /** Sees to it that so much output is paid for; whether it is, and may go on. */
    Allowances.Answer forOutput(List<AttemptRecord> before, long promptBytes, long output) {
        double needed = charged(before, promptBytes) + promptBytes * promptUsdPerToken + output * outputUsdPerToken;
        return needed <= coveredUsd ? Allowances.Answer.YES : cover(needed + STEP * outputUsdPerToken);
    }

    private Allowances.Answer cover(double usd) {
        Allowances all = allowances;
        KeySettings whose = key;
        if (all == null || whose == null || whose.budgetUsd() == null || usd <= coveredUsd) {
            return Allowances.Answer.YES;
        }
        double more = usd - coveredUsd;
        Allowances.Answer answer = all.reserve(whose, more);
        if (answer == Allowances.Answer.YES) {
            reservedUsd += more;
            coveredUsd = usd;
        }
        return answer;
    }

    /** What attempts took of the budget: their cost, or what they can have cost at most where that is unknown. */
    double charged(List<AttemptRecord> attempts, long promptBytes) {
        if (!hasBudget()) {
            return 0;
        }
        double sum = 0;
        // For every event of a stream: an iterator each would be the most of what it leaves to collect.
        for (int i = 0; i < attempts.size(); i++) {
            Use use = attempts.get(i).use();
            sum += Double.isFinite(use.costUsd())
                    ? use.costUsd()
                    : promptBytes * promptUsdPerToken + Math.max(0, use.outputTokens()) * outputUsdPerToken;
        }
        return sum;
    }

    /** The request is over. */
    void settle(List<AttemptRecord> attempts, double chargedUsd) {
        Allowances all = allowances;
        KeySettings whose = key;
        if (all == null || whose == null || settled) {
            return;
        }
        settled = true;
        long used = 0;
        for (AttemptRecord attempt : attempts) {
            used += Math.max(0, attempt.use().promptTokens())
                    + Math.max(0, attempt.use().outputTokens());
        }
        all.settle(whose, reservedUsd, chargedUsd, estimatedTokens, used);
    }
}
