package io.ampacity.simulator.serving;

/** How many replicas one pool should have, as its policy sees it at each look. For one thread. */
public final class Desire {

    private static final double SMOOTHING = 0.5;
    private static final double MOST_CHANGE = 2;

    private final Autoscaling scaling;
    /** Requests a second at each look of the last season. */
    private final double[] season;

    private int looks;
    private double nowSmoothed;
    private double thenSmoothed;

    public Desire(Autoscaling scaling) {
        this.scaling = scaling;
        season = scaling.policy() instanceof ScalingPolicy.Forecast forecast
                ? new double[(int) Math.max(1, Math.round(forecast.seasonSeconds() / scaling.intervalSeconds()))]
                : new double[0];
    }

    /**
     * Replicas wanted, between the limits.
     *
     * @param inFlight requests sent to the pool and not ended
     * @param serving replicas that serve
     * @param kvUse mean use of their caches
     * @param busy part of the last interval in which they were busy
     * @param perSecond requests that came in the last interval
     */
    public int replicas(double now, long inFlight, int serving, double kvUse, double busy, double perSecond) {
        double wanted =
                switch (scaling.policy()) {
                    case ScalingPolicy.Queue(double requests) -> inFlight / requests;
                    case ScalingPolicy.KvCache(double share) -> serving * kvUse / share;
                    case ScalingPolicy.Utilisation(double share) -> serving * busy / share;
                    case ScalingPolicy.Forecast(double rate, double ignored) ->
                        Math.max(perSecond, forecast(perSecond)) / rate;
                    case ScalingPolicy.Schedule schedule -> schedule.most(now, now + scaling.leadSeconds());
                };
        // What is a whole number but for rounding is that number.
        int whole = (int) Math.min(Integer.MAX_VALUE, Math.ceil(wanted - 1e-9));
        return Math.clamp(inFlight > 0 ? Math.max(1, whole) : whole, scaling.minimum(), scaling.maximum());
    }

    private double forecast(double perSecond) {
        int at = looks % season.length;
        boolean known = looks >= season.length;
        double then = season[at];
        season[at] = perSecond;
        looks++;
        if (!known) {
            return perSecond;
        }
        double weight = looks == season.length + 1 ? 1 : SMOOTHING;
        nowSmoothed += weight * (perSecond - nowSmoothed);
        thenSmoothed += weight * (then - thenSmoothed);
        double level = thenSmoothed > 0 ? Math.clamp(nowSmoothed / thenSmoothed, 1 / MOST_CHANGE, MOST_CHANGE) : 1;
        int ahead = (int) Math.min(season.length - 1, Math.ceil(scaling.leadSeconds() / scaling.intervalSeconds()) + 1);
        double most = 0;
        for (int i = 1; i <= ahead; i++) {
            most = Math.max(most, season[(at + i) % season.length]);
        }
        return most * level;
    }
}
