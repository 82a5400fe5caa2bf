package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.routing.Pool;
import io.ampacity.routing.policy.RoutingPolicies;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.FleetWorkload;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.serving.Scheduler;
import io.ampacity.simulator.serving.ServingFeatures;
import io.ampacity.traces.RequestList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Policies that nobody can run, to measure others by. */
class BoundsTest {

    private static final AffineModel MODEL = AffineModel.typical();
    private static final EngineSettings ENGINE = new EngineSettings(8, 2048, 16, 0, true, 0, true, false);

    @Test
    void withUnlimitedCapacityEveryRequestFaresAsIfItWereAlone() {
        RequestList list = crowd(500, 100);
        List<Double> late = new ArrayList<>();
        SimulationResult result = Simulation.of(fleet(1))
                .with(settings(RoutingPolicies.PLAN_WEIGHTED, Scheduler.UNLIMITED))
                .run(Map.of("w", list.source()), (w, id, arrival, first, last, prompt, output, pool) -> {
                    double prefill = 0;
                    for (int done = 0; done < prompt; done += 2048) {
                        int chunk = Math.min(2048, prompt - done);
                        prefill += MODEL.stepSeconds(chunk, chunk * (done + 0.5 * chunk), 0, 0);
                    }
                    double decode = 0;
                    for (int step = 0; step < output - 1; step++) {
                        decode += MODEL.stepSeconds(0, 0, 1, prompt + step);
                    }
                    double overhead = MODEL.arrivalOverheadSeconds() + MODEL.tokenOverheadSeconds();
                    late.add(Math.abs(first - arrival - prefill - overhead));
                    late.add(Math.abs(last - first - decode));
                });
        assertThat(late).hasSize(1000).allSatisfy(error -> assertThat(error).isLessThan(1e-9));
        assertThat(result.byPool().getFirst().replicas()).isGreaterThan(50);
        assertThat(result.byPool().getFirst().utilisation()).isBetween(0.9, 1.0);
    }

    @Test
    void unlimitedCapacityOfADeadSupplierIsNone() {
        SimulationResult result = Simulation.of(fleet(2))
                .with(settings(RoutingPolicies.PLAN_WEIGHTED, Scheduler.UNLIMITED)
                        .withFailures(List.of(Failure.parse("supplier:supplier0@2s+2s"))))
                .run(crowd(500, 100).source());
        assertThat(result.requests().completed()).isEqualTo(500);
        assertThat(result.requests().retried()).isPositive();
    }

    @Test
    void aClairvoyantFleetIsFasterThanAnyThatMustGuess() {
        RequestList list = crowd(3000, 60);
        double clairvoyant = mean(list, RoutingPolicies.CLAIRVOYANT, Scheduler.CLAIRVOYANT);
        for (RoutingPolicies router : List.of(
                RoutingPolicies.PLAN_WEIGHTED,
                RoutingPolicies.LEAST_OUTSTANDING,
                RoutingPolicies.POWER_OF_TWO,
                RoutingPolicies.ROUND_ROBIN,
                RoutingPolicies.NAIVE)) {
            assertThat(mean(list, router, Scheduler.FCFS)).as(router.id()).isGreaterThan(clairvoyant);
        }
        assertThat(mean(list, RoutingPolicies.PLAN_WEIGHTED, Scheduler.UNLIMITED))
                .isLessThan(clairvoyant);
    }

    @Test
    void theNaiveRouterUsesOneSupplierUntilThatIsGone() {
        SimulationResult whole = Simulation.of(fleet(3))
                .with(settings(RoutingPolicies.NAIVE, Scheduler.FCFS))
                .run(crowd(300, 50).source());
        assertThat(whole.byPool().get(0).completed()).isEqualTo(300);
        SimulationResult broken = Simulation.of(fleet(3))
                .with(settings(RoutingPolicies.NAIVE, Scheduler.FCFS)
                        .withFailures(List.of(Failure.parse("supplier:supplier0@0s+1000s"))))
                .run(crowd(300, 50).source());
        assertThat(broken.byPool().get(0).completed()).isZero();
        assertThat(broken.requests().completed()).isGreaterThan(250);
    }

    @Test
    void aCrowdThatIsAloneIsTheSameUnderEveryScheduler() {
        RequestList list = new RequestList();
        for (int i = 0; i < 50; i++) {
            list.add(100.0 * i, 500, 50);
        }
        double fcfs = mean(list, RoutingPolicies.PLAN_WEIGHTED, Scheduler.FCFS);
        for (Scheduler scheduler : Scheduler.values()) {
            assertThat(mean(list, RoutingPolicies.PLAN_WEIGHTED, scheduler))
                    .as(scheduler.id())
                    .isCloseTo(fcfs, within(1e-9));
        }
    }

    private static double mean(RequestList list, RoutingPolicies router, Scheduler scheduler) {
        SimulationResult result =
                Simulation.of(fleet(3)).with(settings(router, scheduler)).run(list.source());
        assertThat(result.requests().completed()).isEqualTo(list.size());
        return result.endToEndSeconds().mean();
    }

    private static SimulationSettings settings(RoutingPolicies router, Scheduler scheduler) {
        return SimulationSettings.STANDARD
                .withRouter(router)
                .withFeatures(ServingFeatures.PLAIN.withScheduler(scheduler));
    }

    private static RequestList crowd(int requests, double perSecond) {
        SplittableRandom random = new SplittableRandom(2);
        RequestList list = new RequestList();
        double now = 0;
        for (int i = 0; i < requests; i++) {
            now += -Math.log(1 - random.nextDouble()) / perSecond;
            list.add(now, 1 + random.nextInt(3000), 1 + (int) (-150 * Math.log(1 - random.nextDouble())));
        }
        return list;
    }

    private static Fleet fleet(int pools) {
        List<FleetPool> list = new ArrayList<>();
        for (int pool = 0; pool < pools; pool++) {
            Pool routing = new Pool(
                    "pool" + pool,
                    "w",
                    "supplier" + pool,
                    "site",
                    "",
                    "",
                    "pool" + pool,
                    2,
                    pools - pool,
                    0,
                    0,
                    0,
                    null,
                    null);
            list.add(new FleetPool(routing, MODEL, ENGINE, 1, null, null, null, null, 0));
        }
        return Fleet.of(list, List.of(new FleetWorkload("w", null)));
    }
}
