package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.FleetWorkload;
import io.ampacity.simulator.fleet.PowerCurve;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.JobResult;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.serving.Disaggregation;
import io.ampacity.simulator.serving.Job;
import io.ampacity.simulator.serving.Lending;
import io.ampacity.simulator.serving.Scheduler;
import io.ampacity.simulator.serving.ServingFeatures;
import io.ampacity.traces.RequestList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pools of fixed size that lend idle replicas to jobs. */
class LendingTest {

    /** 100 W idle, 600 W in every step, which lasts 10 ms. */
    private static final AffineModel MODEL = new AffineModel(0.01, 0, 0, 0, 0, 1 << 20, 600, 100, 0, 0);

    private static final Lending LENDING = new Lending(8, 1, 10, 20, 0);

    private static RequestList onceASecond() {
        RequestList list = new RequestList();
        for (int i = 0; i <= 300; i++) {
            list.add(i, 100, 10);
        }
        return list;
    }

    private static SimulationResult run(RequestList list, ServingFeatures features, String... failures) {
        FleetPool pool = FleetPool.plain("pool", "requests", MODEL, 4, EngineSettings.LARGE)
                .withPower(PowerCurve.stretching(MODEL, 600));
        return Simulation.of(Fleet.of(List.of(pool), List.of(new FleetWorkload("requests", null))))
                .with(SimulationSettings.STANDARD
                        .withFeatures(features)
                        .withFailures(
                                List.of(failures).stream().map(Failure::parse).toList()))
                .run(list.source());
    }

    private static ServingFeatures with(String job) {
        return ServingFeatures.PLAIN.withLending(LENDING).withJobs(List.of(Job.parse(job)));
    }

    private static JobResult job(SimulationResult result) {
        return result.serving().jobs().getFirst();
    }

    @Test
    void whatTrafficDoesNotNeedWorksAndTheRestServesAsBefore() {
        SimulationResult free = run(onceASecond(), ServingFeatures.PLAIN);
        SimulationResult lent = run(onceASecond(), with("train,gang=3,work=100s,power=80%"));
        JobResult job = job(lent);
        assertThat(job.finishedSeconds()).isEqualTo(100);
        assertThat(job.usefulSeconds()).isEqualTo(300);
        assertThat(job.energyJoules()).isCloseTo(3 * 100 * (100 + 0.8 * 500), within(1e-6));
        // One replica serves all of them in either case; the others idle before and after the job.
        assertThat(lent.endToEndSeconds()).isEqualTo(free.endToEndSeconds());
        assertThat(lent.energyJoules())
                .isCloseTo(free.energyJoules() - 3 * 100 * 100 + job.energyJoules(), within(1e-6));
    }

    @Test
    void trafficThatRisesTakesTheGangBackAndWaitsForTheModelToLoad() {
        RequestList list = new RequestList();
        for (int i = 0; i < 40; i++) {
            list.add(50, 100, 5000);
        }
        SimulationResult result = run(list, with("train,gang=3,work=1h,checkpoint=25s"));
        JobResult job = job(result);
        // Seen at 60 s, when two checkpoints are written; every request is on the one replica that was left.
        assertThat(job.preempted()).isEqualTo(1);
        assertThat(job.usefulSeconds()).isEqualTo(3 * 50);
        assertThat(job.lostSeconds()).isCloseTo(3 * 10, within(1e-9));
        assertThat(result.requests().completed()).isEqualTo(40);
        // All but the first miss the step that begins at once.
        assertThat(result.endToEndSeconds().max()).isCloseTo(50.01, within(1e-9));
    }

    @Test
    void aReplicaThatServesGoesToAJobOnlyWhenItHasNothingLeft() {
        // Each of the four has a request that lasts 30 s when the job comes.
        RequestList list = new RequestList();
        for (int i = 0; i < 4; i++) {
            list.add(0, 100, 3000);
        }
        list.add(200, 100, 10);
        SimulationResult result = run(list, with("train,gang=3,work=100s,start=5s"));
        assertThat(job(result).finishedSeconds()).isCloseTo(130, within(1e-9));
        assertThat(result.requests().retried()).isZero();
        assertThat(result.requests().completed()).isEqualTo(5);
    }

    @Test
    void aRequestThatFindsNobodyCallsTheGangBack() {
        RequestList list = new RequestList().add(0, 100, 10).add(56, 100, 10);
        SimulationResult result = run(list, with("train,gang=3,work=1h"), "replica:pool#0@55s+1h");
        assertThat(job(result).preempted()).isEqualTo(1);
        assertThat(result.requests().completed()).isEqualTo(2);
        assertThat(result.timeToFirstTokenSeconds().max()).isCloseTo(20.01, within(1e-9));
    }

    @Test
    void aFailureOfALentReplicaStopsTheGang() {
        JobResult job =
                job(run(onceASecond(), with("train,gang=3,work=200s,checkpoint=50s"), "replica:pool#2@60s+60s"));
        assertThat(job.failed()).isEqualTo(1);
        assertThat(job.starts()).isEqualTo(2);
        assertThat(job.lostSeconds()).isCloseTo(3 * 10, within(1e-9));
        // The replica is back at 120 s and spare at the next look, which is then; 150 s are left to do.
        assertThat(job.finishedSeconds()).isCloseTo(130 + 150, within(10.1));
    }

    @Test
    void nothingIsLentBeforeTheCoolDownIsOver() {
        ServingFeatures patient = ServingFeatures.PLAIN
                .withLending(new Lending(8, 1, 10, 20, 60))
                .withJobs(List.of(Job.parse("train,gang=3,work=100s")));
        assertThat(job(run(onceASecond(), patient)).finishedSeconds()).isEqualTo(160);
    }

    @Test
    void aGangStandsInOneHalfWherePromptsAndAnswersAreApart() {
        ServingFeatures halves =
                with("train,gang=1,tasks=4,work=50s").withDisaggregation(new Disaggregation(2, 1e9, 0, 1000));
        SimulationResult result = run(onceASecond(), halves);
        // One of each half can be lent at once.
        assertThat(job(result).finishedSeconds()).isEqualTo(100);
        assertThat(result.requests().completed()).isEqualTo(301);
        assertThatThrownBy(() -> run(
                        onceASecond(),
                        with("train,gang=2,work=50s").withDisaggregation(new Disaggregation(2, 1e9, 0, 1000))))
                .hasMessageContaining("never fits")
                .hasMessageContaining("Maybe");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        for (String text : List.of("", "0", "eight", "8,keep=0", "8,every=0s", "8,reload=never", "8,colour=red")) {
            assertThatThrownBy(() -> Lending.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("--lend")
                    .hasMessageContaining("Maybe");
        }
        assertThatThrownBy(() -> with("train,gang=3,work=1h").withScheduler(Scheduler.UNLIMITED))
                .hasMessageContaining("--job");
        assertThatThrownBy(() -> run(onceASecond(), with("train,gang=4,work=1h")))
                .hasMessageContaining("can lend 3 at once");
        assertThat(Lending.parse("4,keep=2,every=1s,reload=5s,cool-down=1min")).isEqualTo(new Lending(4, 2, 1, 5, 60));
    }
}
