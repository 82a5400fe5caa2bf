package io.ampacity.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Differences of pairs against the textbook and against chance. */
class PairedDifferenceTest {

    @Test
    void theIntervalIsThatOfATextbook() {
        // Differences 1, 2, 3, 4, 5: mean 3, deviation 1.5811, t(4, 97.5 %) = 2.7764.
        PairedDifference result = PairedDifference.of(new double[] {0, 0, 0, 0, 0}, new double[] {1, 2, 3, 4, 5}, 0.95);

        assertThat(result.difference()).isCloseTo(3, within(1e-12));
        assertThat(result.low()).isCloseTo(3 - 2.776445 * Math.sqrt(2.5 / 5), within(1e-5));
        assertThat(result.isShown()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"3,0.95", "8,0.95", "20,0.8"})
    void theIntervalHoldsTheTruthAsOftenAsItSays(int pairs, double confidence) {
        Random random = new Random(5);
        int held = 0;
        int rounds = 20_000;
        for (int round = 0; round < rounds; round++) {
            double[] a = new double[pairs];
            double[] b = new double[pairs];
            for (int i = 0; i < pairs; i++) {
                // What a pair shares varies ten times as much as what they differ by.
                double shared = 10 * random.nextGaussian();
                a[i] = shared + random.nextGaussian();
                b[i] = shared + 0.7 + random.nextGaussian();
            }
            PairedDifference result = PairedDifference.of(a, b, confidence);
            held += result.low() <= 0.7 && 0.7 <= result.high() ? 1 : 0;
        }
        assertThat((double) held / rounds)
                .isCloseTo(confidence, within(4 * Math.sqrt(confidence * (1 - confidence) / rounds)));
    }

    @Test
    void onePairHasNoIntervalAndEqualPairsHaveOneWithoutWidth() {
        assertThat(PairedDifference.of(new double[] {1}, new double[] {2}, 0.95).isShown())
                .isFalse();
        PairedDifference equal = PairedDifference.of(new double[] {1, 5}, new double[] {1, 5}, 0.95);
        assertThat(equal.low()).isZero();
        assertThat(equal.high()).isZero();
        assertThat(equal.isShown()).isFalse();
        assertThatThrownBy(() -> PairedDifference.of(new double[] {1}, new double[] {1, 2}, 0.95))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
