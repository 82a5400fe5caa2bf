package io.ampacity.simulator.serving;

/**
 * A second try beside the first: when the first token is late, the same request is sent once more to another place. The
 * one whose first token leaves its engine first wins; the other is cancelled, and what it has produced is waste.
 *
 * @param delaySeconds how long after its first sending a request is sent again
 * @param mostShare second tries allowed for each request that arrives, above 0 to 1
 */
public record Hedging(double delaySeconds, double mostShare) {

    public Hedging {
        if (!(delaySeconds > 0) || Double.isInfinite(delaySeconds)) {
            throw new IllegalArgumentException("--hedge: the delay is " + delaySeconds
                    + " s; it must be above 0 and finite. Maybe the 95th percentile of TTFT");
        }
        if (!(mostShare > 0 && mostShare <= 1)) {
            throw new IllegalArgumentException("--hedge: a share of " + mostShare
                    + " of all requests sent again is outside 0 to 1. Maybe share=5%");
        }
    }

    /** Reads {@code DELAY[,share=SHARE]}; without a share every request may be sent twice. */
    public static Hedging parse(String text) {
        Terms terms = new Terms("--hedge", text);
        Hedging hedging = new Hedging(terms.seconds(terms.head()), terms.share("share", 1));
        terms.done();
        return hedging;
    }
}
