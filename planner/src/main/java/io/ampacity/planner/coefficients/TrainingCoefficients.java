package io.ampacity.planner.coefficients;

/**
 * A gang of chips that trains.
 *
 * @param tokensPerSecondPerChip with failures, checkpoints and restarts counted in, above 0
 * @param wattsPerChip while training, with its share of servers, before PUE
 * @param step chips by which a gang grows, such as those of one server, at least 1
 */
public record TrainingCoefficients(double tokensPerSecondPerChip, double wattsPerChip, int step) {

    public TrainingCoefficients {
        if (!(tokensPerSecondPerChip > 0) || Double.isInfinite(tokensPerSecondPerChip)) {
            throw new IllegalArgumentException("a chip trains " + tokensPerSecondPerChip + " tokens/s");
        }
        if (!(wattsPerChip >= 0) || step < 1) {
            throw new IllegalArgumentException("a chip draws " + wattsPerChip + " W in steps of " + step);
        }
    }
}
