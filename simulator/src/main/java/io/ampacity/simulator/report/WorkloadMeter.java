package io.ampacity.simulator.report;

import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.fleet.FleetWorkload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what happens to the requests of one workload. For one thread. */
public final class WorkloadMeter {

    /** Rounding of sums of steps must not turn an objective met exactly into one missed. */
    private static final double TOLERANCE = 1 + 1e-9;

    private final FleetWorkload workload;
    private final double timeToFirstTokenLimit;
    private final double timePerOutputTokenLimit;
    private final double[] failureStarts;
    /** When what failed serves again. */
    private final double[] recoveries;

    private final WindowMeter[] windows;

    private final LatencyMeter timeToFirstToken = new LatencyMeter();
    private final LatencyMeter timePerOutputToken = new LatencyMeter();
    private final LatencyMeter endToEnd = new LatencyMeter();
    private final WindowMeter whole = new WindowMeter();
    private final SeriesMeter series = new SeriesMeter();

    private long arrived;
    private long retried;
    private long completed;
    private long rejected;
    private long lost;
    private long promptTokens;
    private long outputTokens;
    private long inFlight;
    private double inFlightSince;

    /**
     * A meter of nothing yet.
     *
     * @param recoverySeconds one a failure: time from its end until what failed serves again
     */
    public WorkloadMeter(FleetWorkload workload, List<Failure> failures, double[] recoverySeconds) {
        this.workload = workload;
        ServiceLevelObjective objective = workload.objective();
        timeToFirstTokenLimit = objective == null || objective.timeToFirstToken() == null
                ? Double.POSITIVE_INFINITY
                : objective.timeToFirstToken().seconds() * TOLERANCE;
        timePerOutputTokenLimit = objective == null || objective.timePerOutputToken() == null
                ? Double.POSITIVE_INFINITY
                : objective.timePerOutputToken().seconds() * TOLERANCE;
        failureStarts = failures.stream().mapToDouble(Failure::startSeconds).toArray();
        recoveries = recoverySeconds.clone();
        for (int failure = 0; failure < recoveries.length; failure++) {
            recoveries[failure] += failures.get(failure).endSeconds();
        }
        windows = new WindowMeter[3 * failures.size()];
        for (int i = 0; i < windows.length; i++) {
            windows[i] = new WindowMeter();
        }
    }

    public FleetWorkload workload() {
        return workload;
    }

    public void arrived(double now) {
        arrived++;
        series.add(SeriesMeter.ARRIVED, now, 1);
        inFlightChanges(now, 1);
    }

    public void retried() {
        retried++;
    }

    /**
     * A request ended well; times are those at which the client saw the tokens.
     *
     * @return whether it attained the objective; true when nothing was promised
     */
    public boolean completed(double arrival, double firstToken, double lastToken, int prompt, int output) {
        completed++;
        promptTokens += prompt;
        outputTokens += output;
        double first = firstToken - arrival;
        timeToFirstToken.record(first);
        endToEnd.record(lastToken - arrival);
        boolean attained = first <= timeToFirstTokenLimit;
        if (output > 1) {
            double perToken = (lastToken - firstToken) / (output - 1);
            timePerOutputToken.record(perToken);
            attained &= perToken <= timePerOutputTokenLimit;
        }
        series.add(SeriesMeter.COMPLETED, lastToken, 1);
        series.add(SeriesMeter.OUTPUT_TOKENS, lastToken, output);
        ended(arrival, lastToken, attained);
        whole.completed(attained);
        for (int failure = 0; failure < failureStarts.length; failure++) {
            WindowMeter window = window(failure, arrival);
            if (window != null) {
                window.completed(attained);
            }
        }
        return attained;
    }

    /** No pool took the request. */
    public void rejected(double arrival, double now) {
        rejected++;
        ended(arrival, now, false);
        whole.rejected();
        for (int failure = 0; failure < failureStarts.length; failure++) {
            WindowMeter window = window(failure, arrival);
            if (window != null) {
                window.rejected();
            }
        }
    }

    /** The request failed and was not tried again. */
    public void lost(double arrival, double now) {
        lost++;
        ended(arrival, now, false);
        whole.lost();
        for (int failure = 0; failure < failureStarts.length; failure++) {
            WindowMeter window = window(failure, arrival);
            if (window != null) {
                window.lost();
            }
        }
    }

    private void ended(double arrival, double now, boolean attained) {
        series.add(SeriesMeter.ENDED, arrival, 1);
        if (attained) {
            series.add(SeriesMeter.ATTAINED, arrival, 1);
        }
        inFlightChanges(now, -1);
    }

    private void inFlightChanges(double now, int by) {
        // A client sees its last token a network delay after the step that made it, so changes may come out of order.
        double from = Math.min(now, inFlightSince);
        double to = Math.max(now, inFlightSince);
        if (now >= inFlightSince) {
            series.spread(SeriesMeter.OUTSTANDING_SECONDS, from, to, inFlight * (to - from));
            inFlightSince = now;
        } else {
            series.spread(SeriesMeter.OUTSTANDING_SECONDS, from, to, by * (to - from));
        }
        inFlight += by;
    }

    /** The window of a failure that an arrival falls in; null while only another failure has its effect. */
    private @Nullable WindowMeter window(int failure, double arrival) {
        if (arrival >= failureStarts[failure] && arrival < recoveries[failure]) {
            return windows[3 * failure + 1];
        }
        for (int other = 0; other < failureStarts.length; other++) {
            if (arrival >= failureStarts[other] && arrival < recoveries[other]) {
                return null;
            }
        }
        return windows[3 * failure + (arrival < failureStarts[failure] ? 0 : 2)];
    }

    /** Requests that have not ended. */
    public long inFlight() {
        return inFlight;
    }

    public long outputTokens() {
        return outputTokens;
    }

    public SeriesMeter series() {
        return series;
    }

    public LatencyMeter timeToFirstToken() {
        return timeToFirstToken;
    }

    public LatencyMeter timePerOutputToken() {
        return timePerOutputToken;
    }

    public LatencyMeter endToEnd() {
        return endToEnd;
    }

    public WorkloadResult result(TimeSpentMeter timeSpent, double endSeconds) {
        ServiceLevelObjective objective = workload.objective();
        return new WorkloadResult(
                workload.id(),
                new RequestCounts(arrived, completed, rejected, lost, retried),
                promptTokens,
                outputTokens,
                timeToFirstToken.distribution(),
                timePerOutputToken.distribution(),
                endToEnd.distribution(),
                whole.result(objective != null).sloAttainment(),
                objective == null ? null : objective.attainment(),
                endSeconds > 0 ? whole.attained() / endSeconds : 0,
                timeSpent.result());
    }

    /** One failure as this workload saw it. */
    public FailureWindow failureWindow(int number, Failure failure) {
        boolean promised = workload.objective() != null;
        return new FailureWindow(
                failure.name(),
                workload.id(),
                failure.startSeconds(),
                failure.endSeconds(),
                recoveries[number],
                windows[3 * number].result(promised),
                windows[3 * number + 1].result(promised),
                windows[3 * number + 2].result(promised));
    }
}
