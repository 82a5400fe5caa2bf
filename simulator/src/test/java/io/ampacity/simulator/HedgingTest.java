package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.FleetWorkload;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.HedgingResult;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.serving.Hedging;
import io.ampacity.simulator.serving.ServingFeatures;
import io.ampacity.traces.RequestList;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Second tries, by arithmetic that can be done by hand. */
class HedgingTest {

    private static final AffineModel MODEL = new AffineModel(0.01, 0, 0, 0, 0, 1 << 20, 500, 100, 0, 0);

    @Test
    void theSecondTryWinsWhereTheFirstIsStuck() {
        // Pool 0 is ten times as slow: its first token would come at 0.1 s. At 0.03 s the request goes to pool 1 as
        // well.
        SimulationResult result = run(2, one(0, 10, 5), new Hedging(0.03, 1), "pool:pool0@0s+100s,slow=10");
        assertThat(result.timeToFirstTokenSeconds().mean()).isCloseTo(0.04, within(1e-9));
        assertThat(result.endToEndSeconds().mean()).isCloseTo(0.08, within(1e-9));
        assertThat(result.requests().completed()).isEqualTo(1);
        assertThat(result.requests().retried()).isZero();
        // The loser leaves with its first step, at 0.1 s: its prompt was computed, its token was not sent.
        assertThat(result.serving().hedging()).isEqualTo(new HedgingResult(1, 1, 0, 10));
        assertThat(result.byPool().get(0).completed()).isZero();
        assertThat(result.byPool().get(1).completed()).isEqualTo(1);
    }

    @Test
    void theFirstTryWinsWhenItIsOnlyAlittleLate() {
        SimulationResult result = run(2, one(0, 10, 5), new Hedging(0.03, 1), "pool:pool0@0s+100s,slow=3.5");
        assertThat(result.timeToFirstTokenSeconds().mean()).isCloseTo(0.035, within(1e-9));
        assertThat(result.serving().hedging()).isEqualTo(new HedgingResult(1, 0, 0, 10));
        assertThat(result.byPool().get(0).completed()).isEqualTo(1);
    }

    @Test
    void whatIsInTimeIsNotHedged() {
        SimulationResult result = run(2, one(0, 10, 50), new Hedging(0.03, 1));
        assertThat(result.serving().hedging()).isEqualTo(HedgingResult.NONE);
    }

    @Test
    void aTryThatDiesIsNotMissedWhileTheOtherGoesOn() {
        // Pool 0 is stuck, then dies at 0.05 s; the second try began at 0.03 s, so nothing is tried a third time.
        SimulationResult result =
                run(2, one(0, 10, 5), new Hedging(0.03, 1), "pool:pool0@0s+100s,slow=1000", "pool:pool0@0.035s+100s");
        assertThat(result.requests().retried()).isZero();
        assertThat(result.requests().completed()).isEqualTo(1);
        assertThat(result.endToEndSeconds().mean()).isCloseTo(0.08, within(1e-9));
    }

    @Test
    void withOneReplicaThereIsNowhereToHedge() {
        SimulationResult result = run(1, one(0, 10, 5), new Hedging(0.03, 1), "pool:pool0@0s+100s,slow=10");
        assertThat(result.requests().completed()).isEqualTo(1);
        assertThat(result.timeToFirstTokenSeconds().mean()).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void hedgingCutsTheTailOfAPoolThatIsSlowNowAndThen() {
        SplittableRandom random = new SplittableRandom(9);
        RequestList list = new RequestList();
        double now = 0;
        for (int i = 0; i < 2000; i++) {
            now += -Math.log(1 - random.nextDouble()) / 20;
            list.add(now, 10, 20);
        }
        String[] slow = {"pool:pool0@10s+5s,slow=100", "pool:pool1@40s+5s,slow=100"};
        SimulationResult without = run(2, list, null, slow);
        SimulationResult with = run(2, list, new Hedging(0.1, 1), slow);
        assertThat(without.timeToFirstTokenSeconds().p99()).isGreaterThan(1);
        assertThat(with.timeToFirstTokenSeconds().p99()).isLessThan(0.2);
        assertThat(with.serving().hedging().won()).isPositive();
        assertThat(with.wastedTokens()).isEqualTo(with.serving().hedging().wastedOutputTokens());
        // At most one second try for fifty requests is allowed here.
        SimulationResult few = run(2, list, new Hedging(0.1, 0.02), slow);
        assertThat(few.serving().hedging().hedges()).isBetween(1L, 41L);
    }

    private static RequestList one(double arrival, int prompt, int output) {
        return new RequestList().add(arrival, prompt, output);
    }

    private static SimulationResult run(
            int pools, RequestList requests, @org.jspecify.annotations.Nullable Hedging hedging, String... failures) {
        List<FleetPool> list = new ArrayList<>();
        for (int pool = 0; pool < pools; pool++) {
            list.add(FleetPool.plain("pool" + pool, "w", MODEL, 1, EngineSettings.LARGE));
        }
        List<Failure> parsed = new ArrayList<>();
        for (String failure : failures) {
            parsed.add(Failure.parse(failure));
        }
        return Simulation.of(Fleet.of(list, List.of(new FleetWorkload("w", null))))
                .with(SimulationSettings.STANDARD
                        .withFailures(parsed)
                        .withFeatures(ServingFeatures.PLAIN.withHedging(hedging)))
                .run(requests.source());
    }
}
