package io.ampacity.physics.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.ampacity.testing.Seeds;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RobustFitTest {

    private static final List<Parameter> LINE =
            List.of(new Parameter("slope", 1, 0.01, 100, 5), new Parameter("offset", 1, 0.01, 100, 5));

    private static double[] residuals(double[] values, double[] measured) {
        double[] rows = new double[measured.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Math.log((values[0] * (i + 1) + values[1]) / measured[i]);
        }
        return rows;
    }

    @Test
    void knownParametersAreFound() {
        SplittableRandom random = Seeds.random();
        for (int round = 0; round < 30; round++) {
            double slope = 0.1 + 10 * random.nextDouble();
            double offset = 0.1 + 10 * random.nextDouble();
            double[] measured = new double[40];
            for (int i = 0; i < measured.length; i++) {
                measured[i] = slope * (i + 1) + offset;
            }
            double[] fitted = RobustFit.fit(LINE, values -> residuals(values, measured), 0.05, 0.01, 200);
            assertThat(fitted[0]).isCloseTo(slope, withinPercentage(2));
            assertThat(fitted[1]).isCloseTo(offset, withinPercentage(5));
        }
    }

    @Test
    void aFewWildRowsDoNotMoveTheFit() {
        double[] measured = new double[40];
        for (int i = 0; i < measured.length; i++) {
            measured[i] = (2.0 * (i + 1) + 3) * (i % 8 == 3 ? 6 : 1);
        }
        double[] fitted = RobustFit.fit(LINE, values -> residuals(values, measured), 0.02, 0.01, 200);
        assertThat(fitted[0]).isCloseTo(2, withinPercentage(3));
    }

    @Test
    void withoutRowsTheTypicalValuesStand() {
        double[] fitted = RobustFit.fit(LINE, values -> new double[] {0}, 0.05, 1, 50);
        assertThat(fitted[0]).isCloseTo(1, within(1e-6));
    }

    @Test
    void noParameterLeavesItsBounds() {
        double[] measured = {1e9, 1e9, 1e9};
        double[] fitted = RobustFit.fit(LINE, values -> residuals(values, measured), 0.05, 0.001, 200);
        assertThat(fitted[0]).isBetween(0.01, 100.0);
        assertThat(fitted[1]).isBetween(0.01, 100.0);
    }

    @Test
    void huberGrowsAsTheSquareAndThenAsTheLine() {
        assertThat(RobustFit.huber(0.5)).isEqualTo(0.5);
        assertThat(Math.pow(RobustFit.huber(-5), 2)).isCloseTo(2 * 5 - 1, within(1e-9));
        assertThat(RobustFit.huber(-5)).isNegative();
    }
}
