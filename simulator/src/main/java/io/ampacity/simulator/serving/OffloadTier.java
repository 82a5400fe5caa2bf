package io.ampacity.simulator.serving;

/**
 * A place behind the KV cache of each replica. Prefixes that are evicted from the chips go to the first tier, what the
 * first evicts goes to the second, and so on; the longest unused goes first. A prompt that begins with what a tier has is
 * not computed but loaded, over the tier's link, one load after another. Storing goes on beside the work and costs no
 * time.
 *
 * @param name as results show it
 * @param bytes room of it for one replica
 * @param bytesPerSecond of its link
 * @param latencySeconds of each load, before the first byte
 * @param kvBytesPerToken what a token of context weighs; 0 takes what the step model says
 */
public record OffloadTier(
        String name, double bytes, double bytesPerSecond, double latencySeconds, double kvBytesPerToken) {

    public OffloadTier {
        if (!(bytes > 0) || !(bytesPerSecond > 0) || !(latencySeconds >= 0) || !(kvBytesPerToken >= 0)) {
            throw new IllegalArgumentException(
                    "--offload: tier " + name + " has room for " + bytes + " bytes, a link of "
                            + bytesPerSecond + " bytes/s and a latency of " + latencySeconds
                            + " s. Maybe host,room=200GB,link=50GB/s");
        }
    }

    /** Reads {@code NAME,room=BYTES,link=RATE[,latency=TIME]}. */
    public static OffloadTier parse(String text) {
        Terms terms = new Terms("--offload", text);
        OffloadTier tier =
                new OffloadTier(terms.head(), terms.bytes("room"), terms.bytes("link"), terms.seconds("latency", 0), 0);
        terms.done();
        return tier;
    }
}
