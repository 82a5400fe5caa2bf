package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.routing.RetrySettings;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.FleetWorkload;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.DisaggregationResult;
import io.ampacity.simulator.report.OffloadResult;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.serving.Disaggregation;
import io.ampacity.simulator.serving.OffloadTier;
import io.ampacity.simulator.serving.ServingFeatures;
import io.ampacity.traces.RequestList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** KV caches that travel: from prefill to decode, and from tiers, by arithmetic that can be done by hand. */
class HandOverTest {

    private static final AffineModel MODEL = new AffineModel(0.01, 0, 0, 0, 0, 1 << 20, 500, 100, 0, 0);

    @Test
    void anAnswerGoesOnWhenItsCacheHasCrossedTheLink() {
        // Prefill ends at 0.01 s; 10 tokens of 1,000 bytes take 1 s, and 0.5 s of latency; four steps follow.
        SimulationResult result = run(2, new RequestList().add(0, 10, 5), 10_000, 0.5);
        assertThat(result.timeToFirstTokenSeconds().mean()).isCloseTo(0.01, within(1e-9));
        assertThat(result.endToEndSeconds().mean()).isCloseTo(1.55, within(1e-9));
        // Four gaps: the one with the transfer in it, and three steps.
        assertThat(result.interTokenLatencySeconds().count()).isEqualTo(4);
        assertThat(result.interTokenLatencySeconds().max()).isCloseTo(1.51, within(1e-9));
        DisaggregationResult halves = result.serving().disaggregation().getFirst();
        assertThat(halves.transferredBytes()).isEqualTo(10_000);
        assertThat(halves.meanTransferSeconds()).isCloseTo(1.5, within(1e-9));
        assertThat(halves.linkUtilisation()).isCloseTo(1 / 1.55, within(1e-9));
        assertThat(halves.prefillUtilisation()).isCloseTo(0.01 / 1.55, within(1e-9));
        assertThat(halves.decodeUtilisation()).isCloseTo(0.04 / 1.55, within(1e-9));
    }

    @Test
    void whatHasNoTokenYetMovesFromAPrefillReplicaThatIsTakenBack() {
        // Two replicas compute prompts of ten steps each; a quarter of the way one of them is taken back without
        // notice.
        EngineSettings chunks = EngineSettings.LARGE.withMaxNumSeqs(8).withMaxBatchedTokens(10);
        Fleet fleet = Fleet.onePool(MODEL, 4, chunks, null);
        RequestList list = new RequestList().add(0, 100, 5).add(0, 100, 5);
        SimulationResult result = Simulation.of(fleet)
                .with(SimulationSettings.STANDARD
                        .withFeatures(ServingFeatures.PLAIN.withDisaggregation(new Disaggregation(2, 1e9, 0, 1000)))
                        .withFailures(List.of(Failure.parse(
                                "replica:" + fleet.pools().getFirst().routing().id() + "#1@0.025s+1h,reclaimed"))))
                .run(list.source());
        assertThat(result.requests().completed()).isEqualTo(2);
        assertThat(result.requests().retried()).isZero();
        assertThat(result.serving().moves().requests()).isEqualTo(1);
        assertThat(result.serving().moves().begun()).isZero();
        assertThat(result.wastedTokens()).isZero();
        // The other one computes both prompts, one after the other: twenty steps and four more.
        assertThat(result.simulatedSeconds()).isCloseTo(0.2 + 1e-4 + 0.04, within(0.011));
    }

    @Test
    void transfersGoOneAfterAnother() {
        double[] last = new double[2];
        Simulation.of(fleet(2))
                .with(settings(10_000, 0))
                .run(
                        Map.of(
                                "requests",
                                new RequestList().add(0, 10, 5).add(0, 10, 5).source()),
                        (w, id, a, f, l, p, o, pool) -> last[(int) id] = l);
        assertThat(last[0]).isCloseTo(1.05, within(1e-9));
        assertThat(last[1]).isCloseTo(2.05, within(1e-9));
    }

    @Test
    void aLinkWithRandomArrivalsIsAnMD1Queue() {
        SplittableRandom random = new SplittableRandom(6);
        RequestList list = new RequestList();
        double now = 0;
        for (int i = 0; i < 800_000; i++) {
            now += -Math.log(1 - random.nextDouble());
            list.add(now, 70, 2);
        }
        // 70 tokens of 1,000 bytes at 100,000 bytes/s: 0.7 s each, one a second. Each step takes next to nothing.
        AffineModel instant = new AffineModel(1e-6, 0, 0, 0, 0, 1 << 20, 500, 100, 0, 0);
        SimulationResult result = Simulation.of(Fleet.onePool(instant, 2, EngineSettings.LARGE, null))
                .with(settings(100_000, 0))
                .run(list.source());
        double expected = 0.7 * 0.7 / (2 * (1 - 0.7));
        assertThat(result.serving().disaggregation().getFirst().meanWaitSeconds() / expected)
                .isCloseTo(1, within(0.02));
    }

    @Test
    void aFullDecoderHoldsThePrefillBack() {
        // Room for 320 tokens on each. Every request needs 160 there and 300 at its end: the second waits for the
        // first.
        EngineSettings engine = EngineSettings.LARGE.withKvTokens(320);
        RequestList list = new RequestList()
                .add(0, 160, 141)
                .add(0, 160, 141)
                .add(0, 160, 141)
                .add(0, 160, 141);
        SimulationResult result = Simulation.of(Fleet.onePool(MODEL, 2, engine, null))
                .with(settings(1e9, 0))
                .run(list.source());
        assertThat(result.requests().completed()).isEqualTo(4);
        assertThat(result.byPool().getFirst().peakKvUse()).isEqualTo(1);
        // Two prompts wait in the prefill replica's cache, so that the fourth first token is late.
        assertThat(result.timeToFirstTokenSeconds().max()).isGreaterThan(1);
    }

    @Test
    void aCacheWhoseSourceDiesOnTheWayIsLost() {
        SimulationResult result = Simulation.of(fleet(2))
                .with(settings(10_000, 0)
                        .withRetries(RetrySettings.NEVER)
                        .withFailures(List.of(Failure.parse("replica:pool#0@0.5s+1s"))))
                .run(new RequestList().add(0, 10, 5).source());
        assertThat(result.requests().lost()).isEqualTo(1);
        assertThat(result.wastedTokens()).isEqualTo(1);
    }

    @Test
    void aPoolTooSmallForTwoHalvesIsRefused() {
        assertThatThrownBy(() -> run(1, new RequestList().add(0, 10, 5), 10_000, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Maybe");
    }

    @Test
    void whatWasEvictedIsLoadedInsteadOfComputed() {
        // 640 tokens of room; prompts of 330 with a prefix of 320 in blocks of 64. The second pushes the first out.
        RequestList list = new RequestList(64)
                .add(0, 330, 2, -1, 1, 2, 3, 4, 5)
                .add(10, 600, 2, -1, 11, 12, 13, 14, 15, 16, 17, 18, 19)
                .add(20, 330, 2, -1, 1, 2, 3, 4, 5);
        AffineModel perToken = new AffineModel(0, 1e-3, 0, 0, 0, 640, 500, 100, 0, 0);
        double[] first = new double[3];
        OffloadTier host = new OffloadTier("host", 10_000, 3200, 0.001, 10);
        SimulationResult result = Simulation.of(Fleet.onePool(perToken, 1, EngineSettings.SMALL, null))
                .with(SimulationSettings.STANDARD.withFeatures(ServingFeatures.PLAIN.withOffloading(List.of(host))))
                .run(Map.of("requests", list.source()), (w, id, a, f, l, p, o, pool) -> first[(int) id] = f - a);
        assertThat(first[0]).isCloseTo(0.33, within(1e-9));
        assertThat(first[1]).isCloseTo(0.6, within(1e-9));
        OffloadResult tier = result.serving().offloading().getFirst();
        // Of the five blocks of the first prompt all but what still lay on the chips came from the tier.
        assertThat(tier.loadedTokens()).isBetween(64L, 320L);
        assertThat(tier.loads()).isEqualTo(1);
        assertThat(first[2]).isCloseTo(0.001 + tier.loadedTokens() * 10 / 3200.0 + 0.01, within(1e-9));
        assertThat(result.byPool().getFirst().cachedTokens()).isEqualTo(320);
    }

    @Test
    void whatTheFirstTierDropsTheSecondKeeps() {
        SplittableRandom random = new SplittableRandom(8);
        RequestList list = new RequestList(64);
        for (int i = 0; i < 400; i++) {
            long chain = 100L * random.nextInt(10);
            list.add(10.0 * i, 330, 2, -1, chain, chain + 1, chain + 2, chain + 3, chain + 4);
        }
        AffineModel small = MODEL.withKvTokens(640);
        // Room for two prompts on the chips, four in the host's memory, all on disk.
        OffloadTier host = new OffloadTier("host", 4 * 320, 1e6, 0, 1);
        OffloadTier disk = new OffloadTier("disk", 1e6, 1e5, 0, 1);
        long[] cached = new long[3];
        for (int tiers = 0; tiers < 3; tiers++) {
            SimulationResult result = Simulation.of(Fleet.onePool(small, 1, EngineSettings.SMALL, null))
                    .with(SimulationSettings.STANDARD.withFeatures(ServingFeatures.PLAIN.withOffloading(
                            List.of(host, disk).subList(0, tiers))))
                    .run(list.source());
            assertThat(result.requests().completed()).isEqualTo(400);
            cached[tiers] = result.byPool().getFirst().cachedTokens();
            long loaded = result.serving().offloading().stream()
                    .mapToLong(OffloadResult::loadedTokens)
                    .sum();
            assertThat(loaded).isLessThanOrEqualTo(cached[tiers]);
        }
        assertThat(cached[0]).isLessThan(cached[1]);
        // With the disk only the first use of each of the ten is computed.
        assertThat(cached[2]).isEqualTo(390 * 320);
    }

    private static SimulationResult run(int replicas, RequestList list, double link, double latency) {
        return Simulation.of(fleet(replicas)).with(settings(link, latency)).run(list.source());
    }

    private static SimulationSettings settings(double link, double latency) {
        return SimulationSettings.STANDARD.withFeatures(
                ServingFeatures.PLAIN.withDisaggregation(new Disaggregation(1, link, latency, 1000)));
    }

    private static Fleet fleet(int replicas) {
        return Fleet.onePool(MODEL, replicas, EngineSettings.LARGE, null);
    }

    @Test
    void halvesMayBeOfDifferentMachines() {
        AffineModel prompts = AffineModel.typical();
        AffineModel answers = new AffineModel(9e-3, 9e-5, 0, 1e-5, 1e-8, 400_000, 300, 50, 0, 0);
        FleetPool pool = FleetPool.plain("pool", "requests", prompts, 2, EngineSettings.LARGE)
                .withAnswers(answers);
        RequestList list = new RequestList();
        list.add(0, 1000, 50);
        SimulationResult result = Simulation.of(Fleet.of(List.of(pool), List.of(new FleetWorkload("requests", null))))
                .with(SimulationSettings.STANDARD.withFeatures(
                        ServingFeatures.PLAIN.withDisaggregation(new Disaggregation(1, 1e6, 0.01, 10))))
                .run(list.source());
        double expected = prompts.arrivalOverheadSeconds()
                + prompts.stepSeconds(1000, 0.5 * 1000 * 1000, 0, 0)
                + 0.01
                + 1000 * 10 / 1e6
                + prompts.tokenOverheadSeconds();
        for (int token = 1; token < 50; token++) {
            expected += answers.stepSeconds(0, 0, 1, 1000 + token - 1);
        }
        assertThat(result.endToEndSeconds().mean()).isCloseTo(expected, within(1e-9));
    }
}
