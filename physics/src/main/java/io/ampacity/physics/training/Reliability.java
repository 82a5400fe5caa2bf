package io.ampacity.physics.training;

/**
 * How a run is interrupted and how it comes back.
 *
 * @param chipHoursPerInterruption chip-hours between two interruptions, all causes
 * @param checkpointSeconds time the run stands still for one checkpoint
 * @param restartSeconds time from an interruption to the first new step
 */
public record Reliability(double chipHoursPerInterruption, double checkpointSeconds, double restartSeconds) {

    /**
     * 50,677 chip-hours between interruptions: 419 in 54 days on 16,384 chips (Llama 3, arXiv 2407.21783, section
     * 3.3.4). The times of checkpoint and restart are choices, see docs/decisions/0061.
     */
    public static final Reliability PUBLISHED = new Reliability(50_677, 30, 600);

    public Reliability {
        if (!(chipHoursPerInterruption > 0 && checkpointSeconds > 0 && restartSeconds >= 0)) {
            throw new IllegalArgumentException("chip-hours per interruption " + chipHoursPerInterruption
                    + " and checkpoint time " + checkpointSeconds + " must be positive, restart " + restartSeconds
                    + " not negative");
        }
    }

    /** Seconds between two interruptions of a run on this many chips. */
    public double secondsBetweenInterruptions(int chips) {
        return chipHoursPerInterruption * 3600 / chips;
    }

    /** The checkpoint interval that loses least, to first order (Young 1974): √(2·δ·Θ). */
    public double checkpointIntervalSeconds(int chips) {
        return Math.sqrt(2 * checkpointSeconds * secondsBetweenInterruptions(chips));
    }

    /** Share of wall time that makes progress, with the best checkpoint interval. */
    public double goodput(int chips) {
        return goodput(chips, checkpointIntervalSeconds(chips));
    }

    /**
     * Share of wall time that makes progress when checkpoints are this far apart, exactly for interruptions without
     * memory (Daly 2006): work τ of a segment of length τ + δ over its expected time (Θ + ρ)·(e^((τ+δ)/Θ) − 1).
     */
    public double goodput(int chips, double intervalSeconds) {
        double between = secondsBetweenInterruptions(chips);
        double expected = (between + restartSeconds) * Math.expm1((intervalSeconds + checkpointSeconds) / between);
        return intervalSeconds / expected;
    }
}
