package io.ampacity.simulator.serving;

import io.ampacity.routing.RetrySettings;

/** How retries are written: {@code 3,wait=100ms,budget=20%,reserve=1000}, or {@code never}. */
public final class Retrying {

    private Retrying() {}

    /** What is not said is as {@linkplain RetrySettings#STANDARD usual}. */
    public static RetrySettings parse(String text) {
        Terms terms = new Terms("--retry", text);
        RetrySettings usual = RetrySettings.STANDARD;
        if (terms.head().equals("never")) {
            terms.done();
            return RetrySettings.NEVER;
        }
        int attempts = terms.count(terms.head());
        double wait = terms.seconds("wait", usual.backoffSeconds());
        double budget = terms.share("budget", usual.budgetShare());
        double reserve = terms.number("reserve", usual.budgetReserve());
        terms.done();
        if (attempts < 1 || !(wait >= 0) || !(budget >= 0) || !(reserve >= 0)) {
            throw terms.wrong("has a figure out of range", "3,wait=100ms,budget=20%, where 1 attempt never retries");
        }
        return new RetrySettings(attempts, wait, budget, reserve);
    }
}
