package io.ampacity.simulator.serving;

/** A link over which KV caches go one after another, each at the full rate. For one thread. */
public final class KvLink {

    private final double bytesPerSecond;
    private final double latencySeconds;
    private double freeAt;
    private double busySeconds;
    private double bytes;
    private long transfers;
    private double waitingSeconds;

    public KvLink(double bytesPerSecond, double latencySeconds) {
        this.bytesPerSecond = bytesPerSecond;
        this.latencySeconds = latencySeconds;
    }

    /** Sends so many bytes when all that was asked for before is through; returns when the last one is there. */
    public double send(double now, double amount) {
        double start = Math.max(now, freeAt);
        double length = amount / bytesPerSecond;
        freeAt = start + length;
        busySeconds += length;
        bytes += amount;
        transfers++;
        waitingSeconds += start - now;
        return freeAt + latencySeconds;
    }

    /** Seconds in which bytes went, to be used after the last one. */
    public double busySeconds() {
        return busySeconds;
    }

    public double bytes() {
        return bytes;
    }

    public long transfers() {
        return transfers;
    }

    /** Seconds that transfers waited for those before them. */
    public double waitingSeconds() {
        return waitingSeconds;
    }
}
