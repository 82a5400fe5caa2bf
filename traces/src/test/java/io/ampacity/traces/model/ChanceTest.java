package io.ampacity.traces.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.testing.Seeds;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChanceTest {

    /** Values of the normal distribution from printed tables. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.5",
        "1, 0.8413447460685429",
        "-1, 0.15865525393145707",
        "1.959963984540054, 0.975",
        "-2.3263478740408408, 0.01",
        "3, 0.9986501019683699",
        "-6, 9.865876450376981e-10"
    })
    void theNormalDistributionHasItsTabulatedValues(double z, double probability) {
        assertThat(Normal.below(z)).isCloseTo(probability, within(1e-15));
        assertThat(Normal.quantile(probability)).isCloseTo(z, within(1e-7));
    }

    @Test
    void quantileUndoesProbability() {
        for (double p = 0.0005; p < 1; p += 0.0005) {
            assertThat(Normal.below(Normal.quantile(p))).isCloseTo(p, within(1e-9));
        }
        assertThat(Normal.quantile(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Normal.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void theLogarithmOfTheGammaFunctionIsThatOfFactorials() {
        double logarithm = 0;
        for (int n = 1; n < 150; n++) {
            assertThat(GapDistribution.logGamma(n)).isCloseTo(logarithm, within(1e-11 * Math.max(1, logarithm)));
            logarithm += Math.log(n);
        }
        assertThat(GapDistribution.logGamma(1.5)).isCloseTo(Math.log(Math.sqrt(Math.PI) / 2), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"GAMMA, 0.2", "GAMMA, 1", "GAMMA, 2.5", "WEIBULL, 0.2", "WEIBULL, 1", "WEIBULL, 2.5"})
    void gapsHaveMeanOneAndTheVariationAskedFor(GapDistribution gaps, double variation) {
        Chance chance = new Chance(Seeds.SEED);
        double shape = gaps.shape(variation);
        double[] moments = moments(() -> gaps.draw(chance, shape, gaps.mean(shape)), 1_000_000);
        assertThat(moments[0]).as(Seeds.told()).isCloseTo(1, within(0.005 * Math.max(1, variation)));
        assertThat(moments[1]).as(Seeds.told()).isCloseTo(variation, within(variation * 0.03));
    }

    /** A Weibull distribution of shape 2 has variation sqrt(4/pi - 1); of shape 1/2, sqrt(5). */
    @Test
    void theShapeOfAWeibullDistributionFollowsFromItsVariation() {
        assertThat(GapDistribution.WEIBULL.shape(Math.sqrt(4 / Math.PI - 1))).isCloseTo(2, within(1e-9));
        assertThat(GapDistribution.WEIBULL.shape(Math.sqrt(5))).isCloseTo(0.5, within(1e-9));
        assertThat(GapDistribution.WEIBULL.shape(1)).isCloseTo(1, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.4, 5, 40})
    void turnsHaveTheirMean(double mean) {
        Chance chance = new Chance(Seeds.SEED);
        double[] moments = moments(() -> chance.geometric(mean), 400_000);
        assertThat(moments[0]).as(Seeds.told()).isCloseTo(mean, within(mean * 0.01));
    }

    private static double[] moments(DoubleSupplier draw, int count) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double value = draw.getAsDouble();
            assertThat(value).isNotNegative();
            sum += value;
            squares += value * value;
        }
        double mean = sum / count;
        return new double[] {mean, Math.sqrt(squares / count - mean * mean) / mean};
    }
}
