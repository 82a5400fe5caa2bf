package io.ampacity.simulator.report;

/** Collects what happens to the requests of one tenant or class. For one thread. */
public final class GroupMeter {

    private final String name;
    private final LatencyMeter timeToFirstToken = LatencyMeter.coarse();
    private final LatencyMeter timePerOutputToken = LatencyMeter.coarse();
    private final LatencyMeter endToEnd = LatencyMeter.coarse();
    private final TimeSpentMeter timeSpent = new TimeSpentMeter();

    private boolean promised;
    private long arrived;
    private long retried;
    private long completed;
    private long rejected;
    private long lost;
    private long attained;
    private long promptTokens;
    private long outputTokens;

    public GroupMeter(String name) {
        this.name = name;
    }

    /** @param promised whether the request's workload has an objective */
    public void arrived(boolean promised) {
        arrived++;
        this.promised |= promised;
    }

    public void retried() {
        retried++;
    }

    public void rejected() {
        rejected++;
    }

    public void lost() {
        lost++;
    }

    /** A request ended well; {@code parts} as for {@link TimeSpentMeter#record}. */
    public void completed(
            double arrival,
            double firstToken,
            double lastToken,
            int prompt,
            int output,
            boolean attained,
            double[] parts) {
        completed++;
        this.attained += attained ? 1 : 0;
        promptTokens += prompt;
        outputTokens += output;
        timeToFirstToken.record(firstToken - arrival);
        endToEnd.record(lastToken - arrival);
        if (output > 1) {
            timePerOutputToken.record((lastToken - firstToken) / (output - 1));
        }
        timeSpent.record(parts);
    }

    public void add(GroupMeter other) {
        promised |= other.promised;
        arrived += other.arrived;
        retried += other.retried;
        completed += other.completed;
        rejected += other.rejected;
        lost += other.lost;
        attained += other.attained;
        promptTokens += other.promptTokens;
        outputTokens += other.outputTokens;
        timeToFirstToken.add(other.timeToFirstToken);
        timePerOutputToken.add(other.timePerOutputToken);
        endToEnd.add(other.endToEnd);
        timeSpent.add(other.timeSpent);
    }

    public GroupResult result(double endSeconds) {
        return new GroupResult(
                name,
                new RequestCounts(arrived, completed, rejected, lost, retried),
                promptTokens,
                outputTokens,
                timeToFirstToken.distribution(),
                timePerOutputToken.distribution(),
                endToEnd.distribution(),
                promised && arrived > 0 ? (double) attained / arrived : null,
                endSeconds > 0 ? attained / endSeconds : 0,
                timeSpent.result());
    }
}
