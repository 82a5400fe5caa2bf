package io.ampacity.routing;

/** A bucket of retries: each arriving request puts a share in, each retry takes one out. Mutable; for one thread. */
public final class RetryBudget {

    private final RetrySettings settings;
    private double tokens;

    public RetryBudget(RetrySettings settings) {
        this.settings = settings;
        tokens = settings.budgetReserve();
    }

    /** A request arrived. */
    public void arrived() {
        tokens = Math.min(settings.budgetReserve(), tokens + settings.budgetShare());
    }

    /** Takes a retry out for a request that has had {@code attempts} attempts; false when there is none to take. */
    public boolean take(int attempts) {
        if (attempts >= settings.attempts() || tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
