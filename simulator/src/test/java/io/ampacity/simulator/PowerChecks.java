package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.report.JobResult;
import io.ampacity.simulator.report.PoolResult;
import io.ampacity.simulator.report.PoolSeries;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.serving.Job;
import io.ampacity.simulator.serving.PowerCap;
import java.util.List;
import java.util.Objects;

/** What must hold of power and of what fills valleys, in every run. */
final class PowerChecks {

    private PowerChecks() {}

    static void check(RandomFleets drawn, SimulationResult result, String what) {
        List<PowerCap> caps = drawn.settings().features().powerCaps();
        assertThat(result.serving().powerCaps()).as(what).hasSize(caps.size());
        for (int number = 0; number < caps.size(); number++) {
            PowerCap cap = caps.get(number);
            if (cap.startSeconds() == 0 && Double.isInfinite(cap.endSeconds())) {
                kept(drawn, result, cap, what + ", " + cap);
            }
            if (cap.scope() == PowerCap.Scope.SITE || cap.scope() == PowerCap.Scope.POOL) {
                assertThat(result.serving().powerCaps().get(number).boundWatts())
                        .as(what)
                        .isLessThanOrEqualTo(cap.watts() * (1 + 1e-9));
            }
        }
        for (JobResult job : result.serving().jobs()) {
            job(job, drawn.settings().features().jobs(), !caps.isEmpty(), result, what + ", " + job);
        }
    }

    /** Whatever its parts do, the whole never takes more than the limit. */
    private static void kept(RandomFleets drawn, SimulationResult result, PowerCap cap, String what) {
        double seconds = result.simulatedSeconds();
        double joules = 0;
        double chips = 0;
        double[] watts = new double[0];
        for (int number = 0; number < drawn.fleet().pools().size(); number++) {
            FleetPool pool = drawn.fleet().pools().get(number);
            List<PoolPart> parts = PoolPart.of(pool, drawn.settings().features());
            if (parts.stream().noneMatch(part -> cap.concerns(pool.routing(), part.chip()))) {
                continue;
            }
            double weight = cap.scope() == PowerCap.Scope.SITE ? 1 : 1 / pool.pue();
            PoolResult told = result.byPool().get(number);
            joules += weight * told.energyJoules();
            chips += told.replicas();
            PoolSeries series = Objects.requireNonNull(result.seriesByPool().get(told.pool()));
            watts = watts.length == 0 ? new double[series.facilityWatts().size()] : watts;
            for (int bucket = 0;
                    bucket < Math.min(watts.length, series.facilityWatts().size());
                    bucket++) {
                watts[bucket] += weight * series.facilityWatts().get(bucket);
            }
        }
        double limit =
                switch (cap.scope()) {
                    case SITE, POOL -> cap.watts();
                    case RACK -> Math.max(1, Math.ceil(chips / cap.chips())) * cap.watts();
                    case CHIP -> chips * cap.watts();
                };
        assertThat(joules).as(what).isLessThanOrEqualTo(limit * seconds * (1 + 1e-9));
        for (double mean : watts) {
            assertThat(mean).as(what).isLessThanOrEqualTo(limit * (1 + 1e-6));
        }
    }

    private static void job(JobResult told, List<Job> jobs, boolean limited, SimulationResult result, String what) {
        Job job = jobs.stream()
                .filter(one -> one.name().equals(told.job()))
                .findFirst()
                .orElseThrow();
        double all = job.gang() * job.tasks() * job.workSeconds();
        assertThat(told.usefulSeconds()).as(what).isBetween(0.0, all * (1 + 1e-9));
        assertThat(told.usefulSeconds())
                .as(what)
                .isGreaterThanOrEqualTo(told.finished() * job.gang() * job.workSeconds() * (1 - 1e-9));
        assertThat(told.lostSeconds()).as(what).isGreaterThanOrEqualTo(0);
        assertThat(told.overheadSeconds()).as(what).isGreaterThanOrEqualTo(0);
        assertThat(told.starts())
                .as(what)
                .isEqualTo(told.finished() + told.running() + told.preempted() + told.failed());
        assertThat(told.finishedSeconds() != null).as(what).isEqualTo(told.finished() == job.tasks());
        double replicaSeconds = told.usefulSeconds() + told.lostSeconds() + told.overheadSeconds();
        double watts = 50 + job.power() * 450;
        double pue = told.energyJoules() == 0 ? 1 : told.energyJoules() / (replicaSeconds * watts);
        // Machines that compute answers may draw a fifth less than the others.
        assertThat(pue).as(what).isBetween(limited ? 0 : 0.8 - 1e-9, 2 + 1e-9);
        double pool = result.byPool().stream()
                .filter(one -> one.pool().equals(told.pool()))
                .mapToDouble(PoolResult::energyJoules)
                .sum();
        assertThat(told.energyJoules()).as(what).isLessThanOrEqualTo(pool * (1 + 1e-9));
    }
}
