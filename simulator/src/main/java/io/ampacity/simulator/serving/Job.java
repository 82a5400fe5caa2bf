package io.ampacity.simulator.serving;

import org.jspecify.annotations.Nullable;

/**
 * Work that fills valleys: it takes replicas that autoscaling has given up, or that a pool of fixed size {@linkplain Lending
 * can do without}, and gives them back at once when traffic wants them. A training job is one task of many replicas, a batch job many tasks of one each.
 *
 * @param name for the report
 * @param pool id of the pool whose replicas it takes; null for the only one
 * @param gang replicas that a task needs at the same time
 * @param tasks how many tasks there are
 * @param workSeconds how long one task computes on its gang
 * @param checkpointSeconds how much work lies between two checkpoints; infinite for none but the last
 * @param writeSeconds how long a checkpoint takes to write, in which no work is done
 * @param restartSeconds how long a task takes to begin, and to go on after it was stopped
 * @param power part of the range between idle and full power that its replicas draw, 0 to 1
 * @param startSeconds when it is there
 */
public record Job(
        String name,
        @Nullable String pool,
        int gang,
        int tasks,
        double workSeconds,
        double checkpointSeconds,
        double writeSeconds,
        double restartSeconds,
        double power,
        double startSeconds) {

    /** Most tasks of a job. */
    private static final int MOST_TASKS = 1_000_000;

    public Job {
        check(gang >= 1, name, "gang", gang, "at least 1");
        check(tasks >= 1 && tasks <= MOST_TASKS, name, "tasks", tasks, "1 to " + MOST_TASKS);
        check(workSeconds > 0 && workSeconds < Double.POSITIVE_INFINITY, name, "work", workSeconds, "above 0 s");
        check(checkpointSeconds > 0, name, "checkpoint", checkpointSeconds, "above 0 s");
        check(writeSeconds >= 0 && writeSeconds < Double.POSITIVE_INFINITY, name, "write", writeSeconds, "0 s or more");
        check(
                restartSeconds >= 0 && restartSeconds < Double.POSITIVE_INFINITY,
                name,
                "restart",
                restartSeconds,
                "0 s or more");
        check(power >= 0 && power <= 1, name, "power", power, "0 to 100 %");
        check(startSeconds >= 0 && startSeconds < Double.POSITIVE_INFINITY, name, "start", startSeconds, "0 s or more");
    }

    private static void check(boolean holds, String job, String term, double value, String range) {
        if (!holds) {
            throw new IllegalArgumentException("--job " + job + ": " + term + " is " + value + "; it must be " + range);
        }
    }

    /**
     * Reads {@code NAME,work=TIME[,gang=N][,tasks=N][,checkpoint=TIME][,write=TIME][,restart=TIME][,power=SHARE][,start=TIME]
     * [,pool=ID]}.
     */
    public static Job parse(String text) {
        Terms terms = new Terms("--job", text);
        double work = terms.seconds(terms.word("work"));
        Job job = new Job(
                terms.head(),
                terms.has("pool") ? terms.word("pool") : null,
                terms.count("gang", 1),
                terms.count("tasks", 1),
                work,
                terms.seconds("checkpoint", Double.POSITIVE_INFINITY),
                terms.seconds("write", 0),
                terms.seconds("restart", 0),
                terms.share("power", 0.9),
                terms.seconds("start", 0));
        terms.done();
        return job;
    }

    /** How long a task runs that still has so much work to do, when nothing stops it. */
    public double secondsFor(double work) {
        return restartSeconds
                + work
                + Math.ceil(work / checkpointSeconds - 1e-12) * writeSeconds
                + (Double.isInfinite(checkpointSeconds) ? writeSeconds : 0);
    }

    /** How much work is done so long after a start. */
    public double doneAfter(double seconds) {
        double worked = Math.max(0, seconds - restartSeconds);
        if (Double.isInfinite(checkpointSeconds)) {
            return worked;
        }
        double cycle = checkpointSeconds + writeSeconds;
        double whole = Math.floor(worked / cycle);
        return whole * checkpointSeconds + Math.min(checkpointSeconds, worked - whole * cycle);
    }

    /** How much of that is in a checkpoint. */
    public double savedAfter(double seconds) {
        return Double.isInfinite(checkpointSeconds)
                ? 0
                : Math.floor(Math.max(0, seconds - restartSeconds) / (checkpointSeconds + writeSeconds))
                        * checkpointSeconds;
    }
}
