package io.ampacity.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.testing.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlockBootstrapTest {

    private static double normal(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    @Test
    void aThingDiffersInNothingFromItself() {
        SplittableRandom random = Seeds.random();
        BlockBootstrap bootstrap = new BlockBootstrap(30, 30, 1, 1);
        for (int i = 0; i < 3000; i++) {
            double value = random.nextDouble();
            bootstrap.add(0, 0, i % 30, value);
            bootstrap.add(1, 0, i % 30, value);
        }
        assertThat(bootstrap.ofMeans(0, 0.95)).containsExactly(0, 0);
        assertThat(bootstrap.ofPercentiles(0, 0.99, 0.95)).containsExactly(0, 0);
    }

    @Test
    void whatAllRequestsShareIsTheWholeInterval() {
        BlockBootstrap bootstrap = new BlockBootstrap(20, 20, 1, 1);
        SplittableRandom random = Seeds.random();
        for (int i = 0; i < 2000; i++) {
            double value = 1 + random.nextDouble();
            bootstrap.add(0, 0, i % 20, value);
            bootstrap.add(1, 0, i % 20, value + 0.5);
        }
        double[] interval = bootstrap.ofMeans(0, 0.95);
        assertThat(interval[0]).isCloseTo(0.5, within(1e-9));
        assertThat(interval[1]).isCloseTo(0.5, within(1e-9));
    }

    /** Requests of a block share a shock, as those of a busy hour do; A and B share half of it. */
    @Test
    void theIntervalHoldsTheTruthAboutAsOftenAsItSays() {
        SplittableRandom random = Seeds.random();
        int trials = 300;
        int held = 0;
        int heldByPlain = 0;
        for (int trial = 0; trial < trials; trial++) {
            BlockBootstrap bootstrap = new BlockBootstrap(40, 40, 1, trial);
            double sum = 0;
            double squares = 0;
            int n = 0;
            for (int block = 0; block < 40; block++) {
                double shared = normal(random);
                double ownA = normal(random);
                double ownB = normal(random);
                for (int i = 0; i < 20; i++) {
                    double a = 20 + shared + ownA + 0.3 * normal(random);
                    double b = 21 + shared + ownB + 0.3 * normal(random);
                    bootstrap.add(0, 0, block, a);
                    bootstrap.add(1, 0, block, b);
                    sum += b - a;
                    squares += (b - a) * (b - a);
                    n++;
                }
            }
            double[] interval = bootstrap.ofMeans(0, 0.9);
            held += interval[0] <= 1 && 1 <= interval[1] ? 1 : 0;
            double mean = sum / n;
            double error = 1.645 * Math.sqrt((squares / n - mean * mean) / n);
            heldByPlain += Math.abs(mean - 1) <= error ? 1 : 0;
        }
        // 90 % less what few blocks cost, within three standard errors; request by request it would be half.
        assertThat(held / (double) trials).as(Seeds.told()).isBetween(0.82, 0.95);
        assertThat(heldByPlain / (double) trials).as(Seeds.told()).isLessThan(0.6);
    }

    @Test
    void ratiosAreOfSums() {
        BlockBootstrap bootstrap = new BlockBootstrap(10, 10, 1, 1);
        double[] ones = new double[10];
        double[] twos = new double[10];
        Arrays.fill(ones, 1);
        Arrays.fill(twos, 2);
        assertThat(bootstrap.ofRatios(new double[][] {ones, twos}, new double[][] {twos, twos}, 0.95))
                .containsExactly(0.5, 0.5);
    }

    @Test
    void aFewBlocksAreRefused() {
        assertThatThrownBy(() -> new BlockBootstrap(4, 4, 1, 1)).hasMessageContaining("too few");
    }
}
