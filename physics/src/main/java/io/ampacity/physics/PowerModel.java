package io.ampacity.physics;

/**
 * Energy of one chip over some time, from what its parts did in it.
 *
 * <p>watts = idle + (limit − idle) × (ρ·running share + μ·memory share + κ·(arithmetic share)^0.8), at most what the
 * regulator holds. The exponent is below 1 since matrix units work on whole tiles: few tokens fill them badly, so that half
 * the useful rate takes more than half the power. At a lower clock f of the cores, running and arithmetic take f³ of it, for
 * voltage falls with the clock; memory keeps its own clock.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>field</th></tr>
 * <tr><td>ρ, μ, κ</td><td>{@link PowerCoefficients}</td></tr>
 * <tr><td>running share</td><td>time that kernels which fill the chip run over all time: not the small ones, not
 * collectives</td></tr>
 * <tr><td>memory share</td><td>bytes over bandwidth and time</td></tr>
 * <tr><td>arithmetic share</td><td>operations over peak and time</td></tr>
 * </table>
 */
final class PowerModel {

    /** How the draw of matrix units grows with their useful rate: fitted to H100 and B200 (ML.ENERGY 2026-02). */
    private static final double TILES = 0.8;

    /** Share of the design power at which H100 and B200 settle under full load (ML.ENERGY 2026-02: 0.97 to 0.98). */
    private static final double HELD = 0.975;

    /**
     * Bytes that drawing a token from a sorted vocabulary moves: 45 µs at the bandwidth of an H100. The rest of the time that
     * it takes is the host's, and the chip waits.
     */
    private static final double SAMPLING_BYTES = 150e6;

    private final double idleWatts;
    private final double limitWatts;
    private final double bandwidth;
    private final PowerCoefficients coefficients;
    private final double dynamic;

    PowerModel(ChipSheet sheet, PowerCoefficients coefficients) {
        this.idleWatts = sheet.idleWatts();
        this.limitWatts = sheet.tdpWatts();
        this.bandwidth = sheet.memoryBandwidth();
        this.coefficients = coefficients;
        this.dynamic = Math.pow(sheet.clock(), ClockCurve.EXPONENT);
    }

    /** Share of a sampling time that the chip spends on it, for a vocabulary of so many times the usual size. */
    double samplingSeconds(double seconds, double vocabularyShare) {
        return Math.min(seconds, vocabularyShare * SAMPLING_BYTES / bandwidth);
    }

    /**
     * Joules of one chip.
     *
     * @param running seconds that kernels run; at most {@code seconds}
     * @param bytes bytes moved
     * @param peakSeconds seconds that the arithmetic would take at peak rate
     */
    double joules(double seconds, double running, double bytes, double peakSeconds) {
        if (seconds <= 0) {
            return 0;
        }
        double arithmetic = seconds * Math.pow(peakSeconds / seconds, TILES);
        double above = (limitWatts - idleWatts)
                * (dynamic * (coefficients.running() * running + coefficients.compute() * arithmetic)
                        + coefficients.memory() * bytes / bandwidth);
        return Math.min(idleWatts * seconds + above, Math.max(idleWatts, HELD * limitWatts) * seconds);
    }
}
