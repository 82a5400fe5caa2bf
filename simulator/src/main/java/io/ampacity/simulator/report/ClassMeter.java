package io.ampacity.simulator.report;

import io.ampacity.simulator.serving.PriorityClass;

/** Collects what happens to the requests of one class. For one thread. */
public final class ClassMeter {

    private final PriorityClass of;
    private final LatencyMeter timeToFirstToken = new LatencyMeter();
    private final LatencyMeter endToEnd = new LatencyMeter();
    private long arrived;
    private long completed;
    private long attained;
    private long rejected;
    private long lost;
    private long shed;

    public ClassMeter(PriorityClass of) {
        this.of = of;
    }

    public void arrived() {
        arrived++;
    }

    public void completed(double firstSeconds, double wholeSeconds, boolean attained) {
        completed++;
        this.attained += attained ? 1 : 0;
        timeToFirstToken.record(firstSeconds);
        endToEnd.record(wholeSeconds);
    }

    public void rejected() {
        rejected++;
    }

    public void lost() {
        lost++;
    }

    /** A request was given up, and so rejected. */
    public void shed() {
        shed++;
        rejected++;
    }

    public void add(ClassMeter other) {
        arrived += other.arrived;
        completed += other.completed;
        attained += other.attained;
        rejected += other.rejected;
        lost += other.lost;
        shed += other.shed;
        timeToFirstToken.add(other.timeToFirstToken);
        endToEnd.add(other.endToEnd);
    }

    public ClassResult result() {
        long ended = completed + rejected + lost;
        return new ClassResult(
                of.name(),
                of.priority(),
                arrived,
                completed,
                rejected,
                lost,
                shed,
                timeToFirstToken.distribution(),
                endToEnd.distribution(),
                ended == 0 ? null : (double) attained / ended);
    }
}
