package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.simulator.report.ClassResult;
import io.ampacity.simulator.report.DisaggregationResult;
import io.ampacity.simulator.report.JobResult;
import io.ampacity.simulator.report.OffloadResult;
import io.ampacity.simulator.report.PoolResult;
import io.ampacity.simulator.report.ScalingResult;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.report.WorkloadResult;
import io.ampacity.testing.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold of every run, whatever the fleet, the traffic and the failures. */
class ConservationTest {

    static LongStream seeds() {
        return Seeds.upTo(250);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsLostOrDoubled(long seed) {
        check(seed);
    }

    @Test
    @Tag("nightly")
    void nothingIsLostOrDoubledInTenThousandFleets() {
        LongStream.range(1000, 11_000).forEach(seed -> {
            check(seed);
            sameOnThreads(seed);
            sameStepByStep(seed);
            if (seed % 1000 == 999) {
                System.out.println("seeds " + (seed - 999) + " to " + seed + " hold");
            }
        });
    }

    private static void check(long seed) {
        RandomFleets drawn = RandomFleets.draw(seed);
        Set<String> seen = new HashSet<>();
        RequestSink sink = (workload, id, arrival, first, last, prompt, output, pool) -> {
            assertThat(seen.add(workload + "/" + id))
                    .as("seed %d: %s/%d ended twice", seed, workload, id)
                    .isTrue();
            assertThat(first).as("seed " + seed).isGreaterThan(arrival);
            assertThat(last).as("seed " + seed).isGreaterThanOrEqualTo(first);
            assertThat(pool).startsWith(workload + "/");
        };
        SimulationResult result =
                Simulation.of(drawn.fleet()).with(drawn.settings()).run(drawn.sources(), sink);
        String what = "seed " + seed;
        assertThat(result.requests().completed()).as(what).isEqualTo(seen.size());
        long outputs = 0;
        for (WorkloadResult workload : result.byWorkload()) {
            assertThat(workload.requests().arrived())
                    .as(what)
                    .isEqualTo(drawn.size(workload.workload()))
                    .isEqualTo(workload.requests().completed()
                            + workload.requests().rejected()
                            + workload.requests().lost());
            outputs += workload.outputTokens();
        }
        assertThat(result.outputTokens()).as(what).isEqualTo(outputs);
        assertThat(result.byPool().stream().mapToLong(PoolResult::decodedTokens).sum())
                .as(what)
                .isEqualTo(result.outputTokens() + result.wastedTokens());
        assertThat(result.byPool())
                .as(what)
                .allSatisfy(pool -> assertThat(pool.peakKvUse()).isBetween(0.0, 1.0));
        assertThat(result.byPool())
                .as(what)
                .allSatisfy(pool -> assertThat(pool.utilisation()).isBetween(0.0, 1 + 1e-9));
        assertThat(result.energyJoules())
                .as(what)
                .isCloseTo(
                        result.bySupplier().stream()
                                .mapToDouble(supplier -> supplier.energyJoules())
                                .sum(),
                        within(1e-9 * result.energyJoules()));
        ServingChecks.check(result, what);
        PowerChecks.check(drawn, result, what);
        double fromSeries = 0;
        for (int bucket = 0; bucket < result.series().facilityWatts().size(); bucket++) {
            double length = Math.min(
                    result.series().bucketSeconds(),
                    result.simulatedSeconds() - bucket * result.series().bucketSeconds());
            fromSeries += result.series().facilityWatts().get(bucket) * length;
        }
        assertThat(fromSeries).as(what).isCloseTo(result.energyJoules(), within(1e-6 * result.energyJoules()));
        double most = 0;
        for (int pool = 0; pool < drawn.fleet().pools().size(); pool++) {
            most += 500
                    * drawn.fleet().pools().get(pool).pue()
                    * result.byPool().get(pool).replicas();
        }
        assertThat(result.energyJoules()).as(what).isLessThanOrEqualTo(most * result.simulatedSeconds() * (1 + 1e-9));
        // With several failures, what arrives while only another has its effect is in no window of the one.
        result.failures().forEach(window -> {
            long counted = window.before().requests()
                    + window.during().requests()
                    + window.after().requests();
            long arrived = drawn.size(window.workload());
            assertThat(counted).as(what).isBetween(drawn.settings().failures().size() == 1 ? arrived : 0, arrived);
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSameSeedGivesTheSameResultOnAnyNumberOfThreads(long seed) {
        sameOnThreads(seed);
    }

    private static void sameOnThreads(long seed) {
        RandomFleets drawn = RandomFleets.draw(seed);
        SimulationResult one =
                Simulation.of(drawn.fleet()).with(drawn.settings()).run(drawn.sources());
        for (int threads : new int[] {1, 2, 8}) {
            SimulationResult other = Simulation.of(drawn.fleet())
                    .with(drawn.settings().withThreads(threads))
                    .run(drawn.sources());
            assertThat(other).as("seed " + seed + ", " + threads + " threads").isEqualTo(one);
            assertThat(other.toString()).isEqualTo(one.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void steppingOneByOneGivesTheSameResultOnWholeFleets(long seed) {
        sameStepByStep(seed);
    }

    private static void sameStepByStep(long seed) {
        RandomFleets drawn = RandomFleets.draw(seed);
        SimulationResult fast =
                Simulation.of(drawn.fleet()).with(drawn.settings()).run(drawn.sources());
        SimulationResult slow =
                Simulation.of(drawn.stepByStep().fleet()).with(drawn.settings()).run(drawn.sources());
        String what = "seed " + seed;
        assertThat(fast.requests()).as(what).isEqualTo(slow.requests());
        assertThat(fast.outputTokens()).as(what).isEqualTo(slow.outputTokens());
        assertThat(counts(fast)).as(what).isEqualTo(counts(slow));
        assertThat(fast.wastedTokens()).as(what).isEqualTo(slow.wastedTokens());
        assertThat(fast.simulatedSeconds())
                .as(what)
                .isCloseTo(slow.simulatedSeconds(), within(1e-9 * slow.simulatedSeconds()));
        assertThat(fast.energyJoules()).as(what).isCloseTo(slow.energyJoules(), within(1e-7 * slow.energyJoules()));
        assertThat(fast.interTokenLatencySeconds().count())
                .as(what)
                .isEqualTo(slow.interTokenLatencySeconds().count());
        if (slow.requests().completed() > 0) {
            assertThat(fast.endToEndSeconds().mean())
                    .as(what)
                    .isCloseTo(
                            slow.endToEndSeconds().mean(),
                            within(1e-7 * slow.endToEndSeconds().mean()));
            assertThat(fast.timeToFirstTokenSeconds().p99())
                    .as(what)
                    .isCloseTo(
                            slow.timeToFirstTokenSeconds().p99(),
                            within(1e-3 * slow.timeToFirstTokenSeconds().p99()));
        }
        for (int pool = 0; pool < fast.byPool().size(); pool++) {
            assertThat(fast.byPool().get(pool).preemptions())
                    .as(what)
                    .isEqualTo(slow.byPool().get(pool).preemptions());
            assertThat(fast.byPool().get(pool).cachedTokens())
                    .as(what)
                    .isEqualTo(slow.byPool().get(pool).cachedTokens());
        }
    }

    /** What features did, in whole numbers. */
    private static List<Object> counts(SimulationResult result) {
        List<Object> counts = new ArrayList<>();
        for (ClassResult one : result.serving().classes()) {
            counts.add(List.of(one.arrived(), one.completed(), one.rejected(), one.lost(), one.shed()));
        }
        counts.add(result.serving().hedging());
        counts.add(result.serving().moves());
        for (JobResult job : result.serving().jobs()) {
            counts.add(List.of(job.job(), job.finished(), job.running(), job.starts(), job.preempted(), job.failed()));
        }
        for (ScalingResult pool : result.serving().scaling()) {
            counts.add(List.of(pool.pool(), pool.mostReplicas(), pool.ordered(), pool.givenUp()));
        }
        for (DisaggregationResult pool : result.serving().disaggregation()) {
            counts.add(List.of(pool.pool(), pool.transfers(), pool.transferredBytes()));
        }
        for (OffloadResult tier : result.serving().offloading()) {
            counts.add(List.of(tier.pool(), tier.tier(), tier.storedTokens(), tier.loadedTokens(), tier.loads()));
        }
        return counts;
    }
}
