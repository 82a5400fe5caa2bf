package io.ampacity.simulator;

import io.ampacity.simulator.report.JobResult;
import io.ampacity.simulator.serving.Job;
import java.util.ArrayDeque;

/** A job while it is simulated: which of its tasks wait, what is saved of each, and what it cost. */
final class ValleyJob {

    final Job job;
    private final String pool;
    /** Work of each task that is in a checkpoint, in seconds. */
    private final double[] saved;
    /** Tasks that wait, those that were stopped first. */
    private final ArrayDeque<Integer> waiting = new ArrayDeque<>();
    /** The first task that never began. */
    private int next;

    private int finished;
    private int running;
    private long starts;
    private long preempted;
    private long failed;
    private double useful;
    private double lost;
    private double overhead;
    private double joules;
    private double lastSeconds;

    ValleyJob(Job job, String pool) {
        this.job = job;
        this.pool = pool;
        saved = new double[job.tasks()];
    }

    /** Whether it is there at a moment. */
    boolean isThere(double now) {
        return job.startSeconds() <= now;
    }

    int tasksThatWait() {
        return waiting.size() + job.tasks() - next;
    }

    boolean hasTask() {
        return !waiting.isEmpty() || next < job.tasks();
    }

    /** A task that begins, or goes on. */
    int begin() {
        starts++;
        running++;
        return waiting.isEmpty() ? next++ : waiting.removeFirst();
    }

    /** How long a task still runs from its start, when nothing stops it. */
    double secondsLeft(int task) {
        return job.secondsFor(job.workSeconds() - saved[task]);
    }

    /** A task ran to its end. */
    void finished(int task, double seconds, double atSeconds) {
        running--;
        finished++;
        lastSeconds = Math.max(lastSeconds, atSeconds);
        account(job.workSeconds() - saved[task], 0, seconds);
    }

    /**
     * A task was stopped so long after its start, by traffic or by a failure.
     *
     * @param passed how far it would have come in as many seconds at full pace
     */
    void stopped(int task, double passed, double seconds, boolean byFailure) {
        running--;
        preempted += byFailure ? 0 : 1;
        failed += byFailure ? 1 : 0;
        double left = job.workSeconds() - saved[task];
        double kept = Math.min(left, job.savedAfter(passed));
        double done = Math.min(left, job.doneAfter(passed));
        saved[task] += kept;
        account(kept, done - kept, seconds);
        waiting.addFirst(task);
    }

    /** A task still runs when the replay ends. */
    void cutShort(int task, double passed, double seconds) {
        account(Math.min(job.workSeconds() - saved[task], job.doneAfter(passed)), 0, seconds);
    }

    private void account(double kept, double again, double seconds) {
        useful += job.gang() * kept;
        lost += job.gang() * again;
        overhead += job.gang() * Math.max(0, seconds - kept - again);
    }

    void took(double facilityJoules) {
        joules += facilityJoules;
    }

    JobResult result() {
        return new JobResult(
                job.name(),
                pool,
                job.tasks(),
                finished,
                running,
                starts,
                preempted,
                failed,
                useful,
                lost,
                overhead,
                joules,
                finished == job.tasks() ? lastSeconds : null);
    }
}
