package io.ampacity.simulator.report;

/**
 * What became of requests: arrived = completed + rejected + lost.
 *
 * @param rejected no pool took them
 * @param lost failed, and were not tried again for want of attempts or budget
 * @param retried attempts beyond the first
 */
public record RequestCounts(long arrived, long completed, long rejected, long lost, long retried) {

    public RequestCounts plus(RequestCounts other) {
        return new RequestCounts(
                arrived + other.arrived,
                completed + other.completed,
                rejected + other.rejected,
                lost + other.lost,
                retried + other.retried);
    }
}
