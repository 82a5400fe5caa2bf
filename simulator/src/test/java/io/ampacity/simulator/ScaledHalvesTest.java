package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.routing.Pool;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.FleetWorkload;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.ScalingResult;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.serving.Autoscaling;
import io.ampacity.simulator.serving.Disaggregation;
import io.ampacity.simulator.serving.ServingFeatures;
import io.ampacity.traces.RequestList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pools in two halves, each of which follows its own traffic. */
class ScaledHalvesTest {

    /** Steps of 10 ms. */
    private static final AffineModel MODEL = new AffineModel(0.01, 0, 0, 0, 0, 1 << 20, 500, 100, 0, 0);

    private static ServingFeatures features(double bytesPerSecond, String... scaling) {
        return ServingFeatures.PLAIN
                .withDisaggregation(new Disaggregation(2, bytesPerSecond, 0, 1000))
                .withAutoscaling(Stream.of(scaling).map(Autoscaling::read).toList());
    }

    private static SimulationResult run(int replicas, RequestList list, ServingFeatures features) {
        Pool routing = new Pool("pool", "w", "supplier", "site", "", "", "pool", replicas, 1, 0, 0, 0, null, null);
        FleetPool pool = new FleetPool(routing, MODEL, EngineSettings.LARGE, 1, null, null, 0.001, 0.0, 0);
        return Simulation.of(Fleet.of(List.of(pool), List.of(new FleetWorkload("w", null))))
                .with(SimulationSettings.STANDARD.withFeatures(features))
                .run(list.source());
    }

    private static ScalingResult half(SimulationResult result, String half) {
        return result.serving().scaling().stream()
                .filter(one -> half.equals(one.half()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void oneHalfFollowsItsPlanAndTheOtherStaysAsItIs() {
        RequestList list = new RequestList().add(0, 10, 1).add(299.99, 10, 1);
        SimulationResult result = run(
                4,
                list,
                features(
                        1e9,
                        "plan,at=0s:1+100s:3+200s:0,min=1,max=3,of=prompts,every=10s,provisioning=30s,cold-start=20s,"
                                + "cool-down=0s"));
        assertThat(result.serving().scaling()).hasSize(1);
        ScalingResult prompts = half(result, "prompts");
        // Two at first, of which one goes at once; two more are there from 80 s and go at 200 s.
        assertThat(prompts.replicaSeconds()).isCloseTo(300 + 2 * (200 - 80), within(1e-6));
        assertThat(prompts.mostReplicas()).isEqualTo(3);
        assertThat(result.costUsd()).isCloseTo(0.001 * (prompts.replicaSeconds() + 2 * 300), within(1e-9));
    }

    @Test
    void aPromptReplicaThatGoesKeepsItsCacheUntilItIsFetched() {
        // 10 tokens of 1,000 bytes take 50 s, one after the other: the second is through at 100 s.
        RequestList list = new RequestList().add(0, 10, 3).add(0, 10, 3);
        SimulationResult result = run(
                3,
                list,
                features(
                        200,
                        "plan,at=0s:2+5s:1,min=1,max=2,of=prompts,every=1s,provisioning=0s,cold-start=0s,cool-down=0s"));
        assertThat(result.requests().completed()).isEqualTo(2);
        assertThat(result.requests().retried()).isZero();
        assertThat(result.wastedTokens()).isZero();
        assertThat(result.endToEndSeconds().max()).isCloseTo(100.03, within(1e-9));
        assertThat(half(result, "prompts").replicaSeconds()).isCloseTo(100.03 + 100.01, within(1e-9));
        assertThat(half(result, "prompts").givenUp()).isEqualTo(1);
    }

    @Test
    void answersGetMoreReplicasWhenTheyAreManyAndPromptsDoNot() {
        RequestList list = new RequestList();
        for (int i = 0; i < 200; i++) {
            list.add(i, 10, 2000);
        }
        SimulationResult result = run(
                3,
                list,
                features(1e9, "queue,target=4,min=1,max=6,every=5s,provisioning=5s,cold-start=5s,cool-down=30s"));
        assertThat(result.requests().completed()).isEqualTo(200);
        assertThat(half(result, "answers").mostReplicas()).isBetween(5, 6);
        assertThat(half(result, "prompts").mostReplicas()).isEqualTo(2);
        assertThat(half(result, "prompts").meanReplicas()).isLessThan(1.2);
    }

    @Test
    void aPoolWhosePromptsWentToNoneWakesForARequest() {
        RequestList list = new RequestList().add(1000, 10, 5);
        SimulationResult result = run(
                3,
                list,
                features(
                        1e9,
                        "queue,target=4,min=0,max=2,of=prompts,every=10s,provisioning=30s,cold-start=20s",
                        "queue,target=4,min=1,max=2,of=answers,every=10s,provisioning=30s,cold-start=20s"));
        assertThat(result.requests().completed()).isEqualTo(1);
        assertThat(result.timeToFirstTokenSeconds().mean()).isCloseTo(50.01, within(1e-9));
    }

    @Test
    void everyPolicyServesAllOnBothHalves() {
        SplittableRandom random = new SplittableRandom(2);
        RequestList list = new RequestList();
        double now = 0;
        while (now < 200) {
            now += -Math.log(1 - random.nextDouble()) / (now % 60 < 20 ? 20 : 1);
            list.add(now, 200, 1 + random.nextInt(200));
        }
        String times = ",min=1,max=8,every=2s,provisioning=3s,cold-start=2s,cool-down=10s";
        for (String policy :
                List.of("queue,target=6", "kv,target=50%", "use,target=60%", "forecast,rate=3,season=60s")) {
            SimulationResult result = run(2 + 1, list, features(1e9, policy + times));
            assertThat(result.requests().completed()).as(policy).isEqualTo(list.size());
            assertThat(result.requests().retried()).as(policy).isZero();
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        String one = "queue,target=4,max=2";
        for (List<String> scaling : List.of(
                List.of(one, one),
                List.of(one, one + ",of=answers"),
                List.of(one + ",of=prompts", one + ",of=prompts"),
                List.of(one + ",of=links"),
                List.of(one + ",min=0"))) {
            assertThatThrownBy(() -> features(1e9, scaling.toArray(String[]::new)))
                    .as(scaling.toString())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("--scale")
                    .hasMessageContaining("Maybe");
        }
        assertThatThrownBy(() -> ServingFeatures.PLAIN.withAutoscaling(List.of(Autoscaling.read(one + ",of=answers"))))
                .hasMessageContaining("--disaggregate");
    }
}
