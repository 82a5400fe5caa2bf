package io.ampacity.simulator.report;

/** Counts of requests by how they ended, for those that arrived in one window of time. For one thread. */
public final class WindowMeter {

    private long completed;
    private long attained;
    private long rejected;
    private long lost;

    public void completed(boolean attained) {
        completed++;
        if (attained) {
            this.attained++;
        }
    }

    /** Requests that attained the objective, or completed where nothing was promised. */
    public long attained() {
        return attained;
    }

    public void rejected() {
        rejected++;
    }

    public void lost() {
        lost++;
    }

    public void add(WindowMeter other) {
        completed += other.completed;
        attained += other.attained;
        rejected += other.rejected;
        lost += other.lost;
    }

    public WindowResult result(boolean promised) {
        long ended = completed + rejected + lost;
        return new WindowResult(
                ended, completed, rejected, lost, promised && ended > 0 ? (double) attained / ended : null);
    }
}
