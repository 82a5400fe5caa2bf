package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.StepModel;
import io.ampacity.routing.Pool;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.FleetWorkload;
import io.ampacity.simulator.fleet.PowerCurve;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.PowerCapResult;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.serving.Disaggregation;
import io.ampacity.simulator.serving.PowerCap;
import io.ampacity.simulator.serving.ServingFeatures;
import io.ampacity.traces.RequestList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limits on power. */
class PowerCapTest {

    /** 100 W idle, 600 W in every step. */
    private static final AffineModel MODEL = AffineModel.typical();

    private static FleetPool pool(String id, String site, int replicas, double pue) {
        Pool routing = new Pool(id, "chat", "own", site, "m", "h100", id, replicas, 1, 0, 0, 0, null, null);
        return new FleetPool(routing, MODEL, EngineSettings.LARGE, pue, null, null, 1.0, 0.0, 0)
                .withPower(PowerCurve.stretching(MODEL, 600));
    }

    private static SimulationResult run(List<FleetPool> pools, String... caps) {
        RequestList list = new RequestList();
        for (int i = 0; i < 2000; i++) {
            list.add(0.02 * i, 500, 200);
        }
        ServingFeatures features = ServingFeatures.PLAIN.withPowerCaps(
                List.of(caps).stream().map(PowerCap::parse).toList());
        return Simulation.of(Fleet.of(pools, List.of(new FleetWorkload("chat", null))))
                .with(SimulationSettings.STANDARD.withFeatures(features))
                .run(list.source());
    }

    @Test
    void everyReplicaOfASiteKeepsTheSamePartOfItsRange() {
        SimulationResult result =
                run(List.of(pool("a", "paris", 2, 1.5), pool("b", "paris", 2, 1)), "site:paris=1.5 kW");
        PowerCapResult cap = result.serving().powerCaps().getFirst();
        // 2·1.5·(100 + 500 f) + 2·(100 + 500 f) = 1500, so f = 0.4.
        assertThat(cap.boundWatts()).isCloseTo(1500, within(1e-6));
        assertThat(cap.uncappedWatts()).isCloseTo(3000, within(1e-6));
        assertThat(cap.slowedReplicas()).isEqualTo(4);
        assertThat(cap.shedReplicas()).isZero();
        assertThat(result.series().facilityWatts())
                .allSatisfy(watts -> assertThat(watts).isLessThanOrEqualTo(1500 * (1 + 1e-9)));
    }

    @Test
    void aStepUnderALimitTakesAsMuchLongerAsItMustDrawLess() {
        List<FleetPool> one = List.of(pool("a", "paris", 1, 1));
        RequestList list = new RequestList();
        list.add(0, 500, 200);
        ServingFeatures half = ServingFeatures.PLAIN.withPowerCaps(List.of(PowerCap.parse("pool:a=300")));
        Fleet fleet = Fleet.of(one, List.of(new FleetWorkload("chat", null)));
        SimulationResult free = Simulation.of(fleet).run(list.source());
        SimulationResult held = Simulation.of(fleet)
                .with(SimulationSettings.STANDARD.withFeatures(half))
                .run(list.source());
        double overheads = MODEL.arrivalOverheadSeconds() + MODEL.tokenOverheadSeconds();
        assertThat(held.endToEndSeconds().mean() - overheads)
                .isCloseTo(2 * (free.endToEndSeconds().mean() - overheads), within(1e-9));
        assertThat(held.energyJoules()).isCloseTo(free.energyJoules(), within(1e-9 * free.energyJoules()));
    }

    @Test
    void sheddingLeavesAsManyReplicasAsFitAtFullPower() {
        SimulationResult result = run(List.of(pool("a", "paris", 4, 1.25)), "site:paris=2 kW,by=shedding");
        PowerCapResult cap = result.serving().powerCaps().getFirst();
        assertThat(cap.shedReplicas()).isEqualTo(2);
        assertThat(cap.slowedReplicas()).isZero();
        assertThat(cap.boundWatts()).isCloseTo(1500, within(1e-6));
        assertThat(result.requests().completed()).isEqualTo(2000);
    }

    @Test
    void clocksThatAreNotEnoughShedToo() {
        PowerCapResult cap = run(List.of(pool("a", "paris", 4, 1)), "site:paris=350 W")
                .serving()
                .powerCaps()
                .getFirst();
        // A replica at a tenth of its range draws 150 W.
        assertThat(cap.shedReplicas()).isEqualTo(2);
        assertThat(cap.boundWatts()).isCloseTo(350, within(1e-6));
    }

    @Test
    void aLimitHoldsInItsWindowOnlyAndLosesNothing() {
        List<FleetPool> pools = List.of(pool("a", "paris", 4, 1));
        SimulationResult free = run(pools);
        SimulationResult held = run(pools, "site:paris=900@10s+10s,by=shedding");
        assertThat(held.requests().completed()).isEqualTo(2000);
        assertThat(held.wastedTokens()).isZero();
        assertThat(held.serving().moves().requests()).isPositive();
        for (int second = 0; second < 39; second++) {
            double watts = held.series().facilityWatts().get(second);
            if (second > 10 && second < 20) {
                assertThat(watts).isLessThanOrEqualTo(900 * (1 + 1e-9));
            } else if (second < 10) {
                assertThat(watts).isCloseTo(free.series().facilityWatts().get(second), within(1e-6));
            }
        }
    }

    /** Two that compute prompts, of 100 W to 600 W, and three that compute answers, of 40 W to 400 W. */
    private static SimulationResult runHalves(String cap) {
        AffineModel small = new AffineModel(9e-3, 9e-5, 0, 1e-5, 1e-8, 400_000, 400, 40, 0, 0);
        FleetPool halves = pool("a", "paris", 5, 1)
                .withAnswers(new FleetPool.Answers(small, "l40s", PowerCurve.stretching(small, 400), 0.5));
        RequestList list = new RequestList();
        for (int i = 0; i < 500; i++) {
            list.add(0.04 * i, 500, 100);
        }
        ServingFeatures features = ServingFeatures.PLAIN
                .withDisaggregation(new Disaggregation(2, 1e9, 0, 1000))
                .withPowerCaps(List.of(PowerCap.parse(cap)));
        return Simulation.of(Fleet.of(List.of(halves), List.of(new FleetWorkload("chat", null))))
                .with(SimulationSettings.STANDARD.withFeatures(features))
                .run(list.source());
    }

    @Test
    void unlikeHalvesEachKeepTheSamePartOfTheirOwnRange() {
        SimulationResult result = runHalves("pool:a=1.36 kW");
        PowerCapResult cap = result.serving().powerCaps().getFirst();
        // 2·(100 + 500 f) + 3·(40 + 360 f) = 1360, so f = 0.5.
        assertThat(cap.uncappedWatts()).isCloseTo(2400, within(1e-6));
        assertThat(cap.boundWatts()).isCloseTo(1360, within(1e-6));
        assertThat(cap.slowedReplicas()).isEqualTo(5);
        assertThat(cap.shedReplicas()).isZero();
        assertThat(result.requests().completed()).isEqualTo(500);
        assertThat(result.series().facilityWatts())
                .allSatisfy(watts -> assertThat(watts).isLessThanOrEqualTo(1360 * (1 + 1e-9)));
        // Each half is rented at its own price.
        assertThat(result.costUsd()).isCloseTo((2 * 1.0 + 3 * 0.5) * result.simulatedSeconds(), within(1e-6));
    }

    @Test
    void halvesLoseReplicasInStep() {
        SimulationResult result = runHalves("pool:a=1.4 kW,by=shedding");
        // 2·600 + 3·400 is too much; without one of each half, 600 + 2·400 fits.
        assertThat(result.serving().powerCaps().getFirst().shedReplicas()).isEqualTo(2);
        assertThat(result.serving().powerCaps().getFirst().boundWatts()).isCloseTo(1400, within(1e-6));
        assertThat(result.requests().completed()).isEqualTo(500);
    }

    @Test
    void aLimitOnOneKindOfChipTouchesTheHalfThatHasIt() {
        PowerCapResult cap = runHalves("chip:l40s=200 W").serving().powerCaps().getFirst();
        assertThat(cap.slowedReplicas()).isEqualTo(3);
        assertThat(cap.boundWatts()).isCloseTo(600, within(1e-6));
    }

    @Test
    void racksAreLimitedEach() {
        PowerCapResult cap = run(List.of(pool("a", "paris", 8, 1)), "rack:paris=1 kW,chips=4")
                .serving()
                .powerCaps()
                .getFirst();
        assertThat(cap.slowedReplicas()).isEqualTo(8);
        assertThat(cap.boundWatts()).isCloseTo(2000, within(1e-6));
    }

    @Test
    void aCappedServerIsAsFastAsPhysicsTells() {
        Catalogue facts = BuiltInCatalogue.load();
        Chip chip = facts.chip("h100-sxm").orElseThrow();
        LanguageModel model = facts.model("llama-3.1-70b").orElseThrow();
        Deployment four = Deployment.tensorParallel(4);
        PowerCurve curve = PowerCurve.of(ServingPhysics.shipped(), chip, model, four);
        StepModel expected = ServingPhysics.shipped().withPowerCap(400).stepModel(chip, model, four);
        StepModel held = curve.at(4 * 400 + curve.serverWatts());
        for (int sequences : new int[] {1, 16, 200}) {
            assertThat(held.decodeBaseSeconds(sequences))
                    .isCloseTo(expected.decodeBaseSeconds(sequences), within(1e-9));
            assertThat(held.stepSeconds(2000, 2e6, sequences, 1e4))
                    .isCloseTo(expected.stepSeconds(2000, 2e6, sequences, 1e4), within(1e-9));
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        List<FleetPool> pools = List.of(pool("a", "paris", 4, 1));
        for (String cap : List.of(
                "site:paris=much",
                "site=2 MW",
                "planet:earth=2 MW",
                "rack:paris=40 kW",
                "site:paris=2 MW,chips=3",
                "site:paris=2 MW,by=prayer",
                "site:paris=0 W",
                "site:paris=2 MW@5m+0s",
                "site:rome=2 MW",
                "90")) {
            assertThatThrownBy(() -> run(pools, cap))
                    .as(cap)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("--power-cap")
                    .hasMessageContaining("Maybe");
        }
    }
}
