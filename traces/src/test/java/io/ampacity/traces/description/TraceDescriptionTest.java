package io.ampacity.traces.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.testing.Seeds;
import io.ampacity.traces.RequestList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TraceDescriptionTest {

    @Test
    void anEmptyTraceAndALoneRequestAreDescribedWithoutInvention() {
        TraceDescription empty = TraceDescription.of(new RequestList().source());
        assertThat(empty.requests()).isZero();
        assertThat(empty.meanRequestsPerSecond()).isNull();
        assertThat(empty.gapVariation()).isNull();
        assertThat(empty.sparkline()).isEmpty();
        TraceDescription lone =
                TraceDescription.of(new RequestList().add(7, 10, 3).source());
        assertThat(lone.requests()).isEqualTo(1);
        assertThat(lone.spanSeconds()).isZero();
        assertThat(lone.meanRequestsPerSecond()).isNull();
        assertThat(lone.prefixReuseShare()).isNull();
        assertThat(lone.sessions()).isNull();
        assertThat(lone.promptTokens().p99()).isEqualTo(10);
        assertThat(lone.sparkline()).hasSize(1);
    }

    @Test
    void aMetronomeHasNoVariationAndNoDispersion() {
        RequestList list = new RequestList();
        for (int i = 0; i < 12_000; i++) {
            list.add(i * 0.125, 1, 1);
        }
        TraceDescription description = TraceDescription.of(list.source());
        assertThat(description.meanRequestsPerSecond()).isCloseTo(8, within(1e-9));
        assertThat(description.peakRequestsPerSecond()).isCloseTo(8, within(1e-9));
        assertThat(description.gapVariation()).isCloseTo(0, within(1e-6));
        assertThat(description.dispersion1s()).isCloseTo(0, within(1e-9));
        assertThat(description.dispersion60s()).isCloseTo(0, within(1e-9));
        assertThat(description.requestsPerSecond())
                .allSatisfy(rate -> assertThat(rate).isCloseTo(8, within(0.4)));
    }

    @Test
    void dispersionIsThatOfCountsCountedByHand() {
        SplittableRandom random = Seeds.random();
        RequestList list = new RequestList();
        double[] counts = new double[1000];
        double arrival = 5.5;
        while (arrival < 1005.5) {
            list.add(arrival, 1, 1);
            counts[(int) (arrival - 5.5)]++;
            arrival += random.nextInt(4) == 0 ? random.nextDouble() * 20 : random.nextDouble() * 0.1;
        }
        TraceDescription description = TraceDescription.of(list.source());
        int windows = (int) description.spanSeconds();
        double mean = Arrays.stream(counts, 0, windows).average().orElseThrow();
        double variance = Arrays.stream(counts, 0, windows)
                        .map(c -> (c - mean) * (c - mean))
                        .sum()
                / (windows - 1);
        assertThat(description.dispersion1s()).as(Seeds.told()).isCloseTo(variance / mean, within(1e-9));
    }

    @Test
    void reuseCountsTokensOfBlocksSeenBefore() {
        RequestList list = new RequestList(100)
                .add(0, 250, 1, 1, 11, 12, 13)
                .add(1, 350, 1, 1, 11, 12, 14, 15)
                .add(2, 100, 1, 2, 11);
        TraceDescription description = TraceDescription.of(list.source());
        // Blocks 11 and 12 come again whole in the second request, 11 in the third: 300 of 700 tokens.
        assertThat(description.prefixReuseShare()).isCloseTo(300 / 700.0, within(1e-12));
        assertThat(description.sessions()).isEqualTo(2);
        assertThat(description.requestsPerSession()).isEqualTo(1.5);
    }

    @Test
    void quantilesAreThoseOfTheSortedValues() {
        SplittableRandom random = Seeds.random();
        for (int round = 0; round < 50; round++) {
            int[] values = random.ints(random.nextInt(1, 2000), 0, 1 << random.nextInt(1, 31))
                    .toArray();
            TokenHistogram histogram = new TokenHistogram();
            Arrays.stream(values).forEach(histogram::record);
            Arrays.sort(values);
            for (double p : new double[] {0, 0.1, 0.5, 0.9, 0.99, 0.999, 1}) {
                double wanted = values[(int) Math.max(0, Math.ceil(p * values.length) - 1)];
                assertThat(histogram.quantile(p)).as(Seeds.told()).isCloseTo(wanted, within(wanted / 2048));
            }
            assertThat(histogram.maximum()).isEqualTo(values[values.length - 1]);
            assertThat(histogram.mean())
                    .isCloseTo(Arrays.stream(values).average().orElseThrow(), within(1e-3));
        }
        TokenHistogram extreme = new TokenHistogram();
        extreme.record(Integer.MAX_VALUE);
        extreme.record(0);
        assertThat(extreme.quantile(1)).isEqualTo(Integer.MAX_VALUE);
        assertThat(extreme.quantile(0.5)).isZero();
    }

    @Test
    void aSampledSetIsExactUntilFullAndThenAFairEstimate() {
        SplittableRandom random = Seeds.random();
        SampledSet set = new SampledSet(10_000);
        Set<Long> oracle = new HashSet<>();
        for (int i = 0; i < 9_000; i++) {
            long name = random.nextInt(6_000);
            assertThat(set.add(name)).isEqualTo(oracle.add(name) ? SampledSet.Answer.NEW : SampledSet.Answer.SEEN);
        }
        assertThat(set.distinct()).isEqualTo(oracle.size());
        assertThat(set.isExact()).isTrue();
        for (long name = 0; name < 1_000_000; name++) {
            set.add(name);
        }
        assertThat(set.isExact()).isFalse();
        assertThat((double) set.distinct()).isCloseTo(1_000_000, within(60_000.0));
    }

    @Test
    void aRateProfileWidensItsBinsAndLosesNoRequest() {
        RateProfile profile = new RateProfile();
        for (int i = 0; i < 100_000; i++) {
            profile.record(i * 3.0);
        }
        assertThat(Arrays.stream(profile.counts()).sum()).isEqualTo(100_000);
        assertThat(profile.binSeconds()).isEqualTo(64);
        assertThat(profile.rates(10, 299_997)).hasSize(10);
        for (double rate : profile.rates(10, 299_997)) {
            assertThat(rate).isCloseTo(1 / 3.0, within(0.01));
        }
    }

    @Test
    void aSparklineHasEightHeights() {
        assertThat(Sparkline.sparkline(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8}))
                .isEqualTo("▁▂▃▄▅▆▇██");
        assertThat(Sparkline.sparkline(new double[] {0, 0, Double.NaN})).isEqualTo("▁▁ ");
        assertThat(Sparkline.sparkline(new double[] {})).isEmpty();
    }
}
