package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.routing.Pool;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.FleetWorkload;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.ScalingResult;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.serving.Autoscaling;
import io.ampacity.simulator.serving.Desire;
import io.ampacity.simulator.serving.ServingFeatures;
import io.ampacity.traces.RequestList;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pools whose size follows their traffic, by arithmetic that can be done by hand. */
class AutoscalingTest {

    /** A step takes 10 ms; 100 W idle, 500 W busy. */
    private static final AffineModel MODEL = new AffineModel(0.01, 0, 0, 0, 0, 1 << 20, 500, 100, 0, 0);

    @Test
    void aPlanIsFollowedAheadOfItsTimeAndPaidFromTheMomentTheReplicaIsThere() {
        // One replica until 100 s, then three. They are ordered 50 s before, are there at 80 s and serve at 100 s.
        RequestList list = new RequestList().add(0, 10, 1).add(299.99, 10, 1);
        SimulationResult result = run(
                1,
                list,
                "plan,at=0s:1+100s:3+200s:0,min=1,max=5,every=10s,provisioning=30s,cold-start=20s,cool-down=0s");
        ScalingResult scaling = result.serving().scaling().getFirst();
        assertThat(scaling.ordered()).isEqualTo(2);
        assertThat(scaling.mostReplicas()).isEqualTo(3);
        assertThat(scaling.givenUp()).isEqualTo(2);
        // A look that sees 200 s within the lead still wants three; the one at 200 s lets two go.
        assertThat(scaling.replicaSeconds()).isCloseTo(300 + 2 * (200 - 80), within(1e-6));
        assertThat(result.costUsd()).isCloseTo(0.001 * scaling.replicaSeconds(), within(1e-9));
        // Idle power from the end of the cold start on; two steps of 10 ms at full power.
        assertThat(result.energyJoules()).isCloseTo(100 * (300 + 2 * 100) + 400 * 0.02, within(1e-6));
    }

    @Test
    void aPoolAtZeroCostsNothingAndItsFirstRequestWaits() {
        RequestList list = new RequestList().add(1000, 10, 1).add(1001, 10, 1);
        SimulationResult result =
                run(1, list, "queue,target=4,min=0,max=2,every=10s,provisioning=30s,cold-start=20s,cool-down=60s");
        assertThat(result.requests().completed()).isEqualTo(2);
        // Both wait for the replica that the first one has ordered: it serves at 1,050 s.
        assertThat(result.timeToFirstTokenSeconds().max()).isCloseTo(50.01, within(1e-6));
        ScalingResult scaling = result.serving().scaling().getFirst();
        assertThat(scaling.ordered()).isEqualTo(1);
        // The replica of the start goes at the first look; the second one is there from 1,030 s on.
        assertThat(scaling.replicaSeconds()).isCloseTo(20.02, within(1e-6));
    }

    @Test
    void theQuotaHoldsAndTheQueueIsWorkedOffByMoreReplicas() {
        RequestList list = new RequestList();
        for (int i = 0; i < 400; i++) {
            list.add(0.1 * i, 10, 200);
        }
        EngineSettings four = new EngineSettings(4, 2048, 16, 0, true, 0, true, false);
        SimulationResult fixed = Simulation.of(fleet(1, four)).run(list.source());
        SimulationResult scaled =
                run(fleet(1, four), list, "queue,target=4,max=6,every=5s,provisioning=5s,cold-start=5s,cool-down=60s");
        assertThat(scaled.serving().scaling().getFirst().mostReplicas()).isEqualTo(6);
        assertThat(scaled.requests().completed()).isEqualTo(400);
        // 100 batches of two seconds on one.
        assertThat(fixed.simulatedSeconds()).isCloseTo(200, within(1.0));
        assertThat(scaled.simulatedSeconds()).isLessThan(fixed.simulatedSeconds());
    }

    @Test
    void nothingIsGivenUpBeforeTheCoolDownIsOver() {
        RequestList list = new RequestList().add(0, 10, 1).add(500, 10, 1);
        for (int coolDown : new int[] {0, 200}) {
            // The plan drops at 100 s, a while after the rise at 10 s.
            SimulationResult result = run(
                    1,
                    list,
                    "plan,at=0s:1+10s:3+100s:1,max=3,every=10s,provisioning=0s,cold-start=0s,cool-down=" + coolDown
                            + "s");
            // Ordered at the look of 10 s; given up at 100 s, or at the first look 200 s after the order.
            double until = coolDown == 0 ? 100 : 210;
            assertThat(result.serving().scaling().getFirst().replicaSeconds())
                    .as("cool-down " + coolDown)
                    .isCloseTo(500.01 + 2 * (until - 10), within(20.1));
        }
    }

    @Test
    void aForecastKnowsTheSeasonBeforeItComes() {
        Autoscaling scaling = Autoscaling.parse(
                "forecast,rate=1,season=100s,min=1,max=100,every=10s,provisioning=10s,cold-start=10s,cool-down=0s");
        Desire desire = new Desire(scaling);
        // 2 requests a second, but 20 in the seventh tenth of each season.
        int[] wanted = new int[30];
        for (int look = 0; look < 30; look++) {
            wanted[look] = desire.replicas(10.0 * look, 0, 1, 0, 0, look % 10 == 7 ? 20 : 2);
        }
        assertThat(wanted[4]).isEqualTo(2);
        assertThat(wanted[7]).isEqualTo(20);
        // From the second season on the peak is seen three looks ahead: lead time of two, and the interval itself.
        assertThat(wanted[13]).isEqualTo(2);
        assertThat(wanted[14]).isEqualTo(20);
        assertThat(wanted[24]).isEqualTo(20);
        assertThat(wanted[28]).isLessThanOrEqualTo(4);
    }

    @Test
    void aReplicaThatGoesFirstServesWhatItHas() {
        RequestList list =
                new RequestList().add(0, 10, 3000).add(0.001, 10, 3000).add(0.002, 10, 3000);
        SimulationResult result =
                run(3, list, "plan,at=0s:3+5s:1,min=1,max=3,every=1s,provisioning=0s,cold-start=0s,cool-down=0s");
        assertThat(result.requests().completed()).isEqualTo(3);
        assertThat(result.requests().retried()).isZero();
        assertThat(result.endToEndSeconds().max()).isCloseTo(30, within(1e-9));
    }

    @Test
    void aFailedPoolThatCannotComeBackFailsWhatWaits() {
        RequestList list = new RequestList();
        for (int i = 0; i < 50; i++) {
            list.add(10.0 * i, 10, 100);
        }
        SimulationResult result = Simulation.of(fleet(1, EngineSettings.LARGE))
                .with(settings("queue,target=2,min=0,max=3,every=7s,provisioning=5s,cold-start=5s,cool-down=10s")
                        .withFailures(List.of(Failure.parse("pool:pool@101s"))))
                .run(list.source());
        assertThat(result.requests().completed()).isBetween(5L, 11L);
        assertThat(result.requests().completed() + result.requests().lost()).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queue,target=6,min=0,max=8",
                "kv,target=50%,min=1,max=8",
                "use,target=60%,min=1,max=8",
                "forecast,rate=3,season=60s,min=1,max=8"
            })
    void scalingIsCheaperThanTheQuotaAndServesAll(String policy) {
        SplittableRandom random = new SplittableRandom(1);
        RequestList list = new RequestList();
        double now = 0;
        while (now < 300) {
            double rate = now % 60 < 20 ? 20 : 1;
            now += -Math.log(1 - random.nextDouble()) / rate;
            list.add(now, 200, 1 + random.nextInt(200));
        }
        AffineModel model = MODEL.withKvTokens(4000);
        Fleet fleet = Fleet.of(
                List.of(new FleetPool(routing(1), model, EngineSettings.SMALL, 1, null, null, 0.001, 0.0, 0)),
                List.of(new FleetWorkload("w", null)));
        SimulationResult result = run(fleet, list, policy + ",every=2s,provisioning=3s,cold-start=2s,cool-down=10s");
        assertThat(result.requests().completed()).isEqualTo(list.size());
        ScalingResult scaling = result.serving().scaling().getFirst();
        assertThat(scaling.mostReplicas()).isGreaterThan(2);
        assertThat(scaling.meanReplicas()).isLessThan(7);
        assertThat(scaling.givenUp()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queue",
                "queue,target=0,max=2",
                "queue,target=4",
                "queue,target=4,min=3,max=2",
                "kv,target=200%,max=2",
                "wishes,max=2",
                "plan,max=2",
                "plan,at=5s:3,max=2",
                "plan,at=0s:1+0s:2,max=2",
                "plan,at=0s,max=2",
                "queue,target=4,max=2,every=0s",
                "queue,target=4,max=2,colour=red",
                "forecast,rate=1,season=1s,max=2",
                "queue,target=4,max=two"
            })
    void whatMakesNoSenseIsRefusedWithAdvice(String text) {
        assertThatThrownBy(() -> Autoscaling.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Maybe");
    }

    private static SimulationSettings settings(String scaling) {
        return SimulationSettings.STANDARD.withFeatures(
                ServingFeatures.PLAIN.withAutoscaling(Autoscaling.parse(scaling)));
    }

    private static SimulationResult run(int replicas, RequestList list, String scaling) {
        return run(fleet(replicas, EngineSettings.LARGE), list, scaling);
    }

    private static SimulationResult run(Fleet fleet, RequestList list, String scaling) {
        return Simulation.of(fleet).with(settings(scaling)).run(list.source());
    }

    private static Fleet fleet(int replicas, EngineSettings engine) {
        List<FleetPool> pools = new ArrayList<>();
        pools.add(new FleetPool(routing(replicas), MODEL, engine, 1, null, null, 0.001, 0.0, 0));
        return Fleet.of(pools, List.of(new FleetWorkload("w", null)));
    }

    private static Pool routing(int replicas) {
        return new Pool("pool", "w", "supplier", "site", "", "", "pool", replicas, 1, 0, 0, 0, null, null);
    }
}
