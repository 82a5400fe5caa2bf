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
import io.ampacity.simulator.serving.Autoscaling;
import io.ampacity.simulator.serving.Job;
import io.ampacity.simulator.serving.PowerCap;
import io.ampacity.simulator.serving.ServingFeatures;
import io.ampacity.testing.Seeds;
import io.ampacity.traces.RequestList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Jobs that take what autoscaling gives up. */
class ValleyTest {

    private static final AffineModel MODEL = AffineModel.typical();

    private static SimulationResult run(String scale, String job, String... failures) {
        return run(List.of(), scale, job, failures);
    }

    private static SimulationResult run(List<PowerCap> caps, String scale, String job, String... failures) {
        RequestList list = new RequestList();
        for (int i = 0; i <= 300; i++) {
            list.add(i, 100, 10);
        }
        ServingFeatures features = ServingFeatures.PLAIN
                .withAutoscaling(Autoscaling.parse(scale))
                .withJobs(List.of(Job.parse(job)))
                .withPowerCaps(caps);
        FleetPool pool = FleetPool.plain("pool", "requests", MODEL, 4, EngineSettings.LARGE)
                .withPower(PowerCurve.stretching(MODEL, 600));
        return Simulation.of(Fleet.of(List.of(pool), List.of(new FleetWorkload("requests", null))))
                .with(SimulationSettings.STANDARD
                        .withFeatures(features)
                        .withFailures(
                                List.of(failures).stream().map(Failure::parse).toList()))
                .run(list.source());
    }

    private static JobResult job(SimulationResult result) {
        return result.serving().jobs().getFirst();
    }

    @Test
    void aTaskThatNothingStopsTakesItsWorkItsStartAndItsCheckpoints() {
        SimulationResult result = run(
                "plan,at=0s:1,max=4,every=10s", "train,gang=3,work=100s,checkpoint=25s,write=2s,restart=5s,power=80%");
        JobResult job = job(result);
        assertThat(job.finished()).isEqualTo(1);
        assertThat(job.finishedSeconds()).isEqualTo(0 + 5 + 100 + 4 * 2.0);
        assertThat(job.usefulSeconds()).isEqualTo(300);
        assertThat(job.overheadSeconds()).isCloseTo(3 * 13, within(1e-9));
        assertThat(job.lostSeconds()).isZero();
        assertThat(job.energyJoules()).isCloseTo(3 * 113 * (100 + 0.8 * 500), within(1e-6));
        assertThat(result.requests().completed()).isEqualTo(301);
    }

    @Test
    void aGangThatDoesNotFitNeverStarts() {
        JobResult job = job(run("plan,at=0s:1,max=4", "train,gang=4,work=100s"));
        assertThat(job.starts()).isZero();
        assertThat(job.finishedSeconds()).isNull();
    }

    @Test
    void trafficThatComesBackTakesTheReplicaAndWhatWasNotSaved() {
        // The second replica is ordered 60 s ahead of 200 s: at 140 s the gang has begun at 0, worked since 5, saved
        // 100.
        SimulationResult result = run(
                "plan,at=0s:1+200s:2,max=4,every=10s,provisioning=40s,cold-start=20s",
                "train,gang=3,work=200s,checkpoint=50s,write=0s,restart=5s");
        JobResult job = job(result);
        assertThat(job.preempted()).isEqualTo(1);
        assertThat(job.finished()).isZero();
        assertThat(job.lostSeconds()).isCloseTo(3 * 35, within(1e-6));
        assertThat(job.usefulSeconds()).isEqualTo(300);
    }

    @Test
    void aFailureStopsTheWholeGang() {
        JobResult job = job(
                run("plan,at=0s:1,max=4,every=10s", "train,gang=3,work=200s,checkpoint=50s", "replica:pool#2@60s+60s"));
        assertThat(job.failed()).isEqualTo(1);
        assertThat(job.starts()).isEqualTo(2);
        assertThat(job.lostSeconds()).isCloseTo(3 * 10, within(1e-6));
        // It goes on when the replica is back, at 120 s, with 150 s to do.
        assertThat(job.finishedSeconds()).isCloseTo(120 + 150, within(1e-6));
    }

    @Test
    void aLimitOnPowerSlowsAJobByWhatItLacksAndTakesTheSameEnergy() {
        // 4 replicas of 100 W idle and 600 W at most under 1,400 W: 350 W each. The job wants 500 W, so it runs at 0.7
        // of its pace while the limit holds, from 50 s to 120 s.
        List<PowerCap> caps = List.of(new PowerCap(PowerCap.Scope.POOL, "pool", 1400, 0, PowerCap.Way.CLOCKS, 50, 120));
        JobResult job = job(run(caps, "plan,at=0s:1,max=4,every=10s", "train,gang=3,work=200s,power=80%"));
        assertThat(job.finished()).isEqualTo(1);
        assertThat(job.finishedSeconds()).isCloseTo(50 + 70 + (200 - 50 - 0.7 * 70), within(1e-9));
        assertThat(job.usefulSeconds()).isCloseTo(600, within(1e-9));
        assertThat(job.overheadSeconds()).isCloseTo(3 * 0.3 * 70, within(1e-9));
        assertThat(job.energyJoules()).isCloseTo(3 * 200 * 500, within(1e-6));
    }

    @Test
    void aReplicaThatGoesOffToSavePowerStopsItsGang() {
        // 1,300 W let two replicas run at 600 W: the last two go off from 50 s to 120 s.
        List<PowerCap> caps =
                List.of(new PowerCap(PowerCap.Scope.POOL, "pool", 1300, 0, PowerCap.Way.SHEDDING, 50, 120));
        JobResult job = job(run(caps, "plan,at=0s:1,max=4,every=10s", "train,gang=3,work=100s,checkpoint=20s"));
        assertThat(job.failed()).isEqualTo(1);
        assertThat(job.starts()).isEqualTo(2);
        assertThat(job.lostSeconds()).isCloseTo(3 * 10, within(1e-6));
        assertThat(job.finishedSeconds()).isCloseTo(120 + 60, within(1e-6));
    }

    @Test
    void aBatchOfTasksRunsSideBySide() {
        JobResult job = job(run("plan,at=0s:1,max=4,every=10s", "batch,tasks=9,work=30s"));
        assertThat(job.finished()).isEqualTo(9);
        assertThat(job.finishedSeconds()).isEqualTo(90);
    }

    @Test
    void workSoFarIsWhatACountOfSecondsTells() {
        SplittableRandom random = Seeds.random();
        for (int i = 0; i < 200; i++) {
            int checkpoint = 1 + random.nextInt(20);
            int write = random.nextInt(4);
            int restart = random.nextInt(9);
            Job job = new Job("j", null, 1, 1, 1000, checkpoint, write, restart, 1, 0);
            int until = random.nextInt(300);
            int done = 0;
            int saved = 0;
            int writing = 0;
            for (int second = 0; second < until; second++) {
                if (second < restart) {
                    continue;
                }
                if (writing > 0) {
                    writing--;
                    saved = writing == 0 ? done : saved;
                } else {
                    done++;
                    if (done % checkpoint == 0) {
                        writing = write;
                        saved = write == 0 ? done : saved;
                    }
                }
            }
            assertThat(job.doneAfter(until))
                    .as(Seeds.told() + " " + job + " " + until)
                    .isCloseTo(done, within(1e-9));
            assertThat(job.savedAfter(until))
                    .as(Seeds.told() + " " + job + " " + until)
                    .isCloseTo(saved, within(1e-9));
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        for (String job : List.of(
                "train",
                "train,work=never",
                "train,work=1h,gang=0",
                "train,work=1h,gang=9",
                "train,work=1h,power=130%",
                "train,work=1h,pool=none",
                "train,work=1h,colour=red")) {
            assertThatThrownBy(() -> run("plan,at=0s:1,max=4", job))
                    .as(job)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("--job");
        }
    }
}
