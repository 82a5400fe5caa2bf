package io.ampacity.simulator.serving;

/**
 * Prompts are computed on some replicas of each pool and answers on the others; the KV cache goes from the one to the
 * other over a link that the pool shares. Transfers go one after another at the link's full rate, in order of their
 * beginning. The decoding replica takes room first and fetches then; the other keeps the blocks until the last byte has
 * left.
 *
 * @param prefillReplicas how many replicas of each pool compute prompts
 * @param bytesPerSecond of the link
 * @param latencySeconds of the link, before the first byte
 * @param kvBytesPerToken what a token of context weighs; 0 takes what the step model says
 */
public record Disaggregation(
        int prefillReplicas, double bytesPerSecond, double latencySeconds, double kvBytesPerToken) {

    public Disaggregation {
        if (prefillReplicas < 1) {
            throw new IllegalArgumentException("--disaggregate: " + prefillReplicas
                    + " replicas compute prompts, fewer than 1. Maybe leave it out");
        }
        if (!(bytesPerSecond > 0) || !(latencySeconds >= 0) || !(kvBytesPerToken >= 0)) {
            throw new IllegalArgumentException("--disaggregate: a link of " + bytesPerSecond + " bytes/s, "
                    + latencySeconds + " s and " + kvBytesPerToken + " bytes a token is none. Maybe link=50GB/s");
        }
    }

    /** Reads {@code N,link=RATE[,latency=TIME]}: so many replicas of each pool compute prompts. */
    public static Disaggregation parse(String text) {
        Terms terms = new Terms("--disaggregate", text);
        Disaggregation read =
                new Disaggregation(terms.count(terms.head()), terms.bytes("link"), terms.seconds("latency", 0), 0);
        terms.done();
        return read;
    }
}
