package io.ampacity.simulator.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.scenario.Traffic;
import io.ampacity.scenario.Traffic.TokenLengths;
import io.ampacity.simulator.AffineModel;
import io.ampacity.simulator.capacity.ServingCapacity.Binding;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.units.RequestRate;
import io.ampacity.units.TimeSpan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CapacityAtSloTest {

    private static final Traffic CHAT = traffic(1, 1000, 200);

    @Test
    void theSameSeedGivesTheSameCapacity() {
        ServiceLevelObjective objective = objective(1.0, 0.05);
        assertThat(CapacityAtSlo.of(AffineModel.typical(), CHAT, objective, 0.02, 5))
                .isEqualTo(CapacityAtSlo.of(AffineModel.typical(), CHAT, objective, 0.02, 5));
    }

    @Test
    void seedsDifferByLittle() {
        ServiceLevelObjective objective = objective(1.0, 0.05);
        double one = CapacityAtSlo.of(AffineModel.typical(), CHAT, objective, 0.02, 5)
                .maxRequestsPerSecond();
        for (long seed = 6; seed < 16; seed++) {
            double other = CapacityAtSlo.of(AffineModel.typical(), CHAT, objective, 0.02, seed)
                    .maxRequestsPerSecond();
            assertThat(other / one).as("seed " + seed).isCloseTo(1, within(0.05));
        }
    }

    @Test
    void aSingleServerIsFilledToWhereTheTailOfTheWaitMeetsThePromise() {
        // D/D/1 with no variation at all: any rate below the service rate is fine, none above.
        AffineModel model = AffineModel.microsecondServer();
        Traffic traffic = new Traffic(
                new RequestRate(1), 1, 0, 0, new TokenLengths(10_000, 0, 10_000), new TokenLengths(1, 0, 1), 0, null);
        EngineSettings one = new EngineSettings(1, 1_000_000, 16, 0, true, 0, false, false);
        ServingCapacity capacity = CapacityAtSlo.of(model, traffic, objective(0.011, null), 0, 1, one);
        assertThat(capacity.maxRequestsPerSecond()).isCloseTo(98, within(0.5));
        assertThat(capacity.binding()).isEqualTo(Binding.THROUGHPUT);
        assertThat(capacity.utilisation()).isCloseTo(0.98, within(0.01));
    }

    @Test
    void aQueueOfConstantServiceIsFilledAsFarAsItsWaitAllows() {
        AffineModel model = new AffineModel(1e-3, 0, 0, 0, 0, 1 << 30, 1, 1, 0, 0);
        Traffic traffic =
                new Traffic(new RequestRate(1), 1, 0, 1, new TokenLengths(1, 0, 1), new TokenLengths(1, 0, 1), 0, null);
        EngineSettings one = new EngineSettings(1, 1_000, 16, 0, true, 0, false, false);
        // Even at 98 % load hardly anyone waits half a second for a server that takes 1 ms.
        ServingCapacity loose = CapacityAtSlo.of(model, traffic, objective(0.5, null), 0, 1, one);
        assertThat(loose.binding()).isEqualTo(Binding.THROUGHPUT);
        assertThat(loose.maxRequestsPerSecond()).isCloseTo(980, within(10.0));
        // M/D/1 waits are known in closed form; the sample is short, so the band is wide.
        ServingCapacity tight = CapacityAtSlo.of(model, traffic, objective(0.0035, null), 0, 1, one);
        assertThat(tight.binding()).isEqualTo(Binding.TIME_TO_FIRST_TOKEN);
        double load = tight.maxRequestsPerSecond() / 1000;
        assertThat(1 - waitAtMost(load, 2.5)).isCloseTo(0.05, within(0.015));
    }

    /** Erlang: P(W ≤ t) of M/D/1, time in services. */
    private static double waitAtMost(double load, double t) {
        double sum = 0;
        double factorial = 1;
        for (int k = 0; k <= (int) t; k++) {
            factorial *= Math.max(1, k);
            double x = load * (k - t);
            sum += Math.pow(x, k) / factorial * Math.exp(-x);
        }
        return (1 - load) * sum;
    }

    @Test
    void aTighterPaceLowersTheRateAndBinds() {
        ServingCapacity loose = CapacityAtSlo.of(AffineModel.typical(), CHAT, objective(5.0, 0.5), 0, 1);
        ServingCapacity tight = CapacityAtSlo.of(AffineModel.typical(), CHAT, objective(5.0, 0.008), 0, 1);
        assertThat(tight.maxRequestsPerSecond()).isLessThan(0.7 * loose.maxRequestsPerSecond());
        assertThat(tight.binding()).isEqualTo(Binding.TIME_PER_OUTPUT_TOKEN);
    }

    @Test
    void aSmallCacheBindsByItsRoom() {
        ServingCapacity small =
                CapacityAtSlo.of(AffineModel.typical().withKvTokens(20_000), CHAT, objective(2.0, 0.2), 0, 1);
        assertThat(small.binding()).isEqualTo(Binding.KV_ROOM);
        assertThat(small.maxRequestsPerSecond())
                .isLessThan(0.7
                        * CapacityAtSlo.of(AffineModel.typical(), CHAT, objective(2.0, 0.2), 0, 1)
                                .maxRequestsPerSecond());
    }

    @Test
    void aPromiseThatNoRequestCanKeepIsUnreachable() {
        ServingCapacity capacity = CapacityAtSlo.of(AffineModel.typical(), CHAT, objective(0.01, null), 0.02, 1);
        assertThat(capacity.maxRequestsPerSecond()).isZero();
        assertThat(capacity.binding()).isEqualTo(Binding.UNREACHABLE);
        assertThat(capacity.meanWatts()).isEqualTo(100);
        assertThat(capacity.joulesPerRequest()).isNaN();
    }

    @Test
    void burstsLowerTheRate() {
        ServiceLevelObjective objective = objective(0.2, null);
        double smooth =
                CapacityAtSlo.of(AffineModel.typical(), CHAT, objective, 0, 1).maxRequestsPerSecond();
        double bursty = CapacityAtSlo.of(AffineModel.typical(), traffic(3, 1000, 200), objective, 0, 1)
                .maxRequestsPerSecond();
        assertThat(bursty).isLessThan(0.95 * smooth);
    }

    @Test
    void cachedPrefixesRaiseTheRate() {
        Traffic cached = new Traffic(CHAT.rate(), 1, 0, 1, CHAT.promptTokens(), CHAT.outputTokens(), 0.8, null);
        assertThat(CapacityAtSlo.of(AffineModel.typical(), cached, objective(1.0, null), 0, 1)
                        .maxRequestsPerSecond())
                .isGreaterThan(1.3
                        * CapacityAtSlo.of(AffineModel.typical(), CHAT, objective(1.0, null), 0, 1)
                                .maxRequestsPerSecond());
    }

    @Test
    void energyForARequestFallsAsTheReplicaFills() {
        ServingCapacity capacity = CapacityAtSlo.of(AffineModel.typical(), CHAT, objective(1.0, 0.05), 0, 1);
        double before = Double.POSITIVE_INFINITY;
        for (ServingCapacity.LoadPoint point : capacity.curve()) {
            assertThat(point.joulesPerRequest()).isLessThan(before);
            assertThat(point.watts()).isBetween(100.0, 600.0 + 1e-6);
            before = point.joulesPerRequest();
        }
        assertThat(capacity.wattsAt(0)).isEqualTo(100);
        assertThat(capacity.wattsAt(capacity.maxRequestsPerSecond())).isEqualTo(capacity.meanWatts());
    }

    @Test
    void aCoefficientTakesLittleTimeOnceWarm() {
        for (int i = 0; i < 20; i++) {
            CapacityAtSlo.of(AffineModel.typical(), CHAT, objective(1.0, 0.05), 0, i);
        }
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            CapacityAtSlo.of(AffineModel.typical(), CHAT, objective(1.0, 0.05), 0, i);
        }
        double each = (System.nanoTime() - start) / 20e9;
        System.out.println("capacity at SLO: " + each + " s");
        assertThat(each).isLessThan(0.5);
    }

    @Test
    void sampledLengthsHaveTheStatedMeanAndTheQuantilesOfTheNormalAreRight() {
        assertThat(Lengths.normalQuantile(0.975)).isCloseTo(1.959963984540054, within(1e-9));
        assertThat(Lengths.normalQuantile(1e-6)).isCloseTo(-4.753424308822899, within(1e-8));
        int[] drawn = Lengths.draw(new TokenLengths(1000, 1, 100_000), 2000, new java.util.SplittableRandom(3));
        assertThat(java.util.Arrays.stream(drawn).average().orElseThrow()).isCloseTo(1000, within(15.0));
    }

    private static Traffic traffic(double burstiness, double prompt, double output) {
        return new Traffic(
                new RequestRate(1),
                1,
                0,
                burstiness,
                new TokenLengths(prompt, 1, 16_000),
                new TokenLengths(output, 0.8, 4_000),
                0,
                null);
    }

    private static ServiceLevelObjective objective(@Nullable Double first, @Nullable Double pace) {
        return new ServiceLevelObjective(
                first == null ? null : new TimeSpan(first), pace == null ? null : new TimeSpan(pace), 0.95);
    }
}
