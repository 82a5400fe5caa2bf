package io.ampacity.gateway;

/** So many a minute, saved up for one minute at most. Not thread-safe. */
final class Bucket {

    private static final double MINUTE = 60;
    private static final double NANOS = 1e9;

    private final double perMinute;
    private double left;
    private long at = System.nanoTime();

    Bucket(double perMinute) {
        this.perMinute = perMinute;
        left = perMinute;
    }

    double perMinute() {
        return perMinute;
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
        left = Math.min(perMinute, left() - amount);
    }
}
