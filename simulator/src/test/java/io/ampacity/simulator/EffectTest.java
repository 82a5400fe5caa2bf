package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.MonthHourTable;
import io.ampacity.routing.Pool;
import io.ampacity.routing.RetrySettings;
import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.FleetWorkload;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.FailureWindow;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.traces.RequestList;
import io.ampacity.units.TimeSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What failures, prices and grids do to a run, by arithmetic that can be done by hand. */
class EffectTest {

    private static final AffineModel MODEL = new AffineModel(0.01, 0, 0, 0, 0, 1 << 20, 500, 100, 0, 0);

    @Test
    void aSingleRequestTakesOneStepAToken() {
        SimulationResult result = run(1, one(0, 10, 20), 0);
        assertThat(result.timeToFirstTokenSeconds().mean()).isCloseTo(0.01, within(1e-12));
        assertThat(result.endToEndSeconds().mean()).isCloseTo(0.2, within(1e-12));
        assertThat(result.timePerOutputTokenSeconds().mean()).isCloseTo(0.01, within(1e-12));
        assertThat(result.energyJoules()).isCloseTo(0.2 * 500, within(1e-9));
    }

    @Test
    void aBrownOutDoublesTheStepsWithinIt() {
        // 100 tokens: 50 steps before 0.5 s; the step in progress ends as it began; then steps of 20 ms until 0.9 s.
        SimulationResult result = run(1, one(0, 10, 100), 0, "pool:pool0@0.495s+0.4s,slow=2");
        // 0.50 + n·0.02 passes 0.895 at n = 20 (0.90 s); 70 tokens are out, 30 more take 0.3 s.
        assertThat(result.endToEndSeconds().mean()).isCloseTo(1.2, within(1e-9));
        // Twice the time at the same work: the extra seconds are idle power.
        assertThat(result.energyJoules()).isCloseTo(500 * 1.0 + 100 * 0.2, within(1e-6));
    }

    @Test
    void aDeadPoolTakesNoPowerAndItsRequestsStartAgainElsewhere() {
        // Both pools idle but for one request on pool 0, which dies at 0.5 s; 0.1 s later it begins anew on pool 1.
        SimulationResult result = run(2, one(0, 10, 100), 0, "pool:pool0@0.5s+100s");
        assertThat(result.requests().retried()).isEqualTo(1);
        assertThat(result.wastedTokens()).isEqualTo(50);
        assertThat(result.endToEndSeconds().mean()).isCloseTo(0.6 + 1.0, within(1e-9));
        assertThat(result.timeToFirstTokenSeconds().mean()).isCloseTo(0.61, within(1e-9));
        double first = 500 * 0.5;
        double second = 100 * 0.6 + 500 * 1.0;
        assertThat(result.energyJoules()).isCloseTo(first + second, within(1e-6));
        assertThat(result.byPool().getFirst().energyJoules()).isCloseTo(first, within(1e-6));
    }

    @Test
    void withoutRetriesWhatWasInFlightIsLost() {
        RequestList list = new RequestList();
        for (int i = 0; i < 10; i++) {
            list.add(0.001 * i, 10, 100);
        }
        SimulationResult result = Simulation.of(fleet(1, 0))
                .with(SimulationSettings.STANDARD
                        .withRetries(RetrySettings.NEVER)
                        .withFailures(List.of(Failure.parse("supplier:supplier0@0.5s+1s"))))
                .run(list.source());
        assertThat(result.requests().lost()).isEqualTo(10);
        assertThat(result.sloAttainment()).isZero();
    }

    @Test
    void coldReplicasServeNobodyUntilTheyAreWarm() {
        RequestList list = new RequestList();
        for (int i = 0; i < 300; i++) {
            list.add(0.1 * i, 10, 2);
        }
        SimulationResult result = run(1, list, 10, "pool:pool0@5s+5s");
        FailureWindow window = result.failures().getFirst();
        // Down until 10 s and cold until 20 s: of the 150 requests of that time only the last find it in their retries.
        assertThat(window.recoveredSeconds()).isEqualTo(20);
        assertThat(window.during().requests()).isEqualTo(150);
        assertThat(window.during().completed()).isLessThan(6);
        assertThat(window.before().sloAttainment()).isEqualTo(1);
        assertThat(window.after().completed()).isGreaterThan(90);
    }

    @Test
    void aThrottledPoolTakesItsShareAndTheOtherTakesTheRest() {
        RequestList list = new RequestList();
        for (int i = 0; i < 1000; i++) {
            list.add(0.01 * i, 10, 2);
        }
        SimulationResult result = run(2, list, 0, "pool:pool0@0s+100s,throttle=0.2");
        assertThat(result.requests().rejected()).isZero();
        assertThat(result.requests().retried()).isZero();
        assertThat(result.byPool().getFirst().completed()).isBetween(95L, 105L);
    }

    @Test
    void carbonFollowsTheHourOfTheGrid() {
        // A replica that idles for three hours from 22:00 on, then answers one request.
        double[] shape = new double[288];
        for (int i = 0; i < 288; i++) {
            shape[i] = 1 + i % 24;
        }
        double mean = Arrays.stream(shape).average().orElseThrow();
        Fleet fleet = Fleet.of(
                List.of(new FleetPool(
                        routing("pool0", 400.0),
                        MODEL,
                        EngineSettings.LARGE,
                        1.5,
                        MonthHourTable.of(shape),
                        2.0,
                        0.001,
                        0.1,
                        0)),
                List.of(new FleetWorkload("w", null)));
        SimulationResult result = Simulation.of(fleet)
                .with(SimulationSettings.STANDARD.withStart(6, 22))
                .run(one(3 * 3600, 10, 1).source());
        double idleKilowattHours = 100 * 3600 / 3.6e6 * 1.5;
        double expected = idleKilowattHours * 400 * (23 + 24 + 1) / mean;
        double request = 500 * 0.01 / 3.6e6 * 1.5 * 400 * 2 / mean;
        assertThat(result.carbonGrams()).isCloseTo(expected + request, within(1e-6));
        assertThat(result.waterLitres()).isCloseTo(result.energyJoules() / 1.5 / 3.6e6 * 2, within(1e-9));
        assertThat(result.costUsd())
                .isCloseTo(0.001 * result.simulatedSeconds() + 0.1 * result.energyJoules() / 3.6e6, within(1e-9));
    }

    @Test
    void anUnknownFigureMakesItsTotalUnknown() {
        SimulationResult result = run(1, one(0, 10, 2), 0);
        assertThat(result.carbonGrams()).isNull();
        assertThat(result.waterLitres()).isNull();
        assertThat(result.costUsd()).isNull();
    }

    @Test
    void sharedPrefixesAreComputedOnce() {
        RequestList list = new RequestList(64);
        for (int i = 0; i < 100; i++) {
            list.add(10.0 * i, 1000, 2, -1, 1, 2, 3, 4, 5);
        }
        SimulationResult result = run(1, list, 0);
        assertThat(result.byPool().getFirst().prefilledTokens()).isEqualTo(1000 + 99 * (1000 - 320));
        assertThat(result.byPool().getFirst().cachedTokens()).isEqualTo(99 * 320);
    }

    @Test
    void theOldestPrefixIsEvictedWhenTheCacheIsFull() {
        // Room for 640 tokens is room for both prefixes of 320, but for the 20 tokens of a request's own: each use of
        // one
        // pushes the last block of the other out, and only that.
        AffineModel small = MODEL.withKvTokens(640);
        RequestList list = new RequestList(64);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            long chain = random.nextInt(2) == 0 ? 100 : 200;
            list.add(10.0 * i, 330, 10, -1, chain, chain + 1, chain + 2, chain + 3, chain + 4);
        }
        for (long kv : new long[] {640, 1280}) {
            Fleet fleet = Fleet.onePool(small.withKvTokens(kv), 1, EngineSettings.SMALL, null);
            SimulationResult result = Simulation.of(fleet).run(list.source());
            assertThat(result.requests().completed()).isEqualTo(200);
            // With room for both, only the first use of each is computed in full.
            long full = 198 * 320;
            if (kv == 1280) {
                assertThat(result.byPool().getFirst().cachedTokens()).isEqualTo(full);
            } else {
                assertThat(result.byPool().getFirst().cachedTokens()).isBetween(full * 4 / 5, full - 64);
            }
        }
    }

    private static RequestList one(double arrival, int prompt, int output) {
        return new RequestList().add(arrival, prompt, output);
    }

    private static SimulationResult run(int pools, RequestList requests, double coldStart, String... failures) {
        List<Failure> parsed = new ArrayList<>();
        for (String failure : failures) {
            parsed.add(Failure.parse(failure));
        }
        return Simulation.of(fleet(pools, coldStart))
                .with(SimulationSettings.STANDARD.withFailures(parsed))
                .run(requests.source());
    }

    private static Fleet fleet(int pools, double coldStart) {
        List<FleetPool> list = new ArrayList<>();
        for (int pool = 0; pool < pools; pool++) {
            list.add(new FleetPool(
                    routing("pool" + pool, null), MODEL, EngineSettings.LARGE, 1, null, null, null, null, coldStart));
        }
        ServiceLevelObjective objective = new ServiceLevelObjective(new TimeSpan(1), null, 0.95);
        return Fleet.of(list, List.of(new FleetWorkload("w", objective)));
    }

    private static Pool routing(String id, @Nullable Double grams) {
        String supplier = id.replace("pool", "supplier");
        return new Pool(id, "w", supplier, id, "", "", id, 1, 1, 0, 0, 0, null, grams);
    }

    private static double joules(String... failures) {
        RequestList list = new RequestList();
        list.add(0, 100, 10);
        list.add(200, 100, 10);
        FleetPool pool = FleetPool.plain("pool", "requests", AffineModel.typical(), 1, EngineSettings.LARGE);
        return Simulation.of(Fleet.of(List.of(pool), List.of(new FleetWorkload("requests", null))))
                .with(SimulationSettings.STANDARD.withFailures(
                        Arrays.stream(failures).map(Failure::parse).toList()))
                .run(list.source())
                .energyJoules();
    }

    /** A replica that is cut off stays powered; one that dies meanwhile does not, for as long as it is dead. */
    @Test
    void idlePowerIsTakenWhileCutOffAndNotWhileDead() {
        double whole = joules();
        assertThat(joules("link:pool@20s+80s")).isCloseTo(whole, within(1e-6));
        assertThat(joules("pool:pool@40s+20s")).isCloseTo(whole - 100 * 20, within(1e-6));
        assertThat(joules("link:pool@20s+80s", "pool:pool@40s+20s")).isCloseTo(whole - 100 * 20, within(1e-6));
        assertThat(joules("pool:pool@20s+80s", "link:pool@40s+20s")).isCloseTo(whole - 100 * 80, within(1e-6));
        assertThat(joules("link:pool@20s+80s", "link:pool@40s+90s")).isCloseTo(whole, within(1e-6));
        assertThat(joules("pool:pool@20s+40s", "link:pool@40s+60s")).isCloseTo(whole - 100 * 40, within(1e-6));
    }
}
