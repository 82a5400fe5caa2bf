package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.replica.ReplicaGauges;
import io.ampacity.simulator.report.GroupResult;
import io.ampacity.simulator.report.Part;
import io.ampacity.simulator.report.PoolSeries;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.report.TimeSpent;
import io.ampacity.testing.Seeds;
import io.ampacity.traces.RequestList;
import io.ampacity.traces.RequestSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every second of a request is told, and told once. */
class WhereTimeGoesTest {

    static LongStream seeds() {
        return Seeds.upTo(100);
    }

    /** What an observer saw, summed up. */
    private static final class Sums implements RunObserver {
        final double[] parts = new double[Part.COUNT];
        double endToEnd;
        double running;
        long arrived;
        long completed;
        long ended;

        @Override
        public void arrived(double atSeconds, String workload, long id, int promptTokens, int outputTokens) {
            arrived++;
        }

        @Override
        public void rejected(double atSeconds, String workload, long id) {
            ended++;
        }

        @Override
        public void lost(double atSeconds, String workload, long id) {
            ended++;
        }

        @Override
        public void completed(FinishedRequest request) {
            ended++;
            completed++;
            double sum = 0;
            for (Part part : Part.values()) {
                parts[part.index()] += request.seconds(part);
                sum += request.seconds(part);
            }
            double whole = request.lastTokenSeconds() - request.arrivalSeconds();
            assertThat(sum).isCloseTo(whole, within(1e-9 * Math.max(1, request.lastTokenSeconds())));
            endToEnd += whole;
        }

        @Override
        public void ran(String pool, int number, ReplicaGauges replica, double from, double to, double joules) {
            running += replica.running() * (to - from);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void thePartsOfEveryRequestAddUpToItsWholeOnRandomFleets(long seed) {
        RandomFleets drawn = RandomFleets.draw(seed);
        Sums seen = new Sums();
        SimulationResult result =
                Simulation.of(drawn.fleet()).with(drawn.settings()).run(drawn.sources(), seen);
        SimulationResult unseen =
                Simulation.of(drawn.fleet()).with(drawn.settings()).run(drawn.sources());

        String what = "seed " + seed;
        assertThat(result).as(what + ": watching changes nothing").isEqualTo(unseen);
        assertThat(seen.arrived).as(what).isEqualTo(seen.ended);
        assertThat(seen.completed).as(what).isEqualTo(result.requests().completed());
        double total = 0;
        for (TimeSpent spent : result.timeSpent()) {
            total += spent.totalSeconds();
            assertThat(spent.totalSeconds())
                    .as(what + ": " + spent.part())
                    .isCloseTo(seen.parts[spent.part().index()], within(1e-6 * Math.max(1, seen.endToEnd)));
            assertThat(spent.seconds().count()).as(what).isEqualTo(seen.completed);
        }
        assertThat(total).as(what).isCloseTo(seen.endToEnd, within(1e-6 * Math.max(1, seen.endToEnd)));
        double ofPools = result.timeSpentByPool().values().stream()
                .flatMap(parts -> parts.values().stream())
                .mapToDouble(Double::doubleValue)
                .sum();
        assertThat(ofPools).as(what).isCloseTo(total, within(1e-6 * Math.max(1, total)));
        assertThat(integral(result, result.series().meanRunning()))
                .as(what)
                .isCloseTo(seen.running, within(1e-6 * Math.max(1, seen.running)));
        double joules = 0;
        for (PoolSeries series : result.seriesByPool().values()) {
            joules += integral(result.simulatedSeconds(), series.bucketSeconds(), series.facilityWatts());
            assertThat(series.meanKvUse()).as(what).allMatch(share -> share >= 0 && share <= 1 + 1e-9);
        }
        assertThat(joules).as(what).isCloseTo(result.energyJoules(), within(1e-6 * result.energyJoules()));
    }

    private static double integral(SimulationResult result, List<Double> rates) {
        return integral(result.simulatedSeconds(), result.series().bucketSeconds(), rates);
    }

    private static double integral(double end, double width, List<Double> rates) {
        double sum = 0;
        for (int bucket = 0; bucket < rates.size(); bucket++) {
            sum += rates.get(bucket) * Math.min(width, end - bucket * width);
        }
        return sum;
    }

    /** One at a time, 1 s each, arriving every 0.5 s: the n-th waits n/2 s. */
    @Test
    void aQueueThatGrowsSteadilyIsToldAsComputedByHand() {
        AffineModel model = new AffineModel(0, 1e-3, 0, 0, 0, 1_000_000, 100, 10, 0, 0);
        RequestList trace = new RequestList();
        for (int i = 0; i < 10; i++) {
            trace.add(0.5 * i, 1000, 1);
        }
        SimulationResult result = Simulation.of(Fleet.onePool(model, 1, EngineSettings.LARGE.withMaxNumSeqs(1), null))
                .run(trace.source());

        Map<Part, Double> parts =
                Objects.requireNonNull(result.timeSpentByPool().get("pool"));
        assertThat(parts.get(Part.QUEUE)).isCloseTo(0.5 * 45, within(1e-9));
        assertThat(parts.get(Part.PREFILL)).isCloseTo(10, within(1e-9));
        assertThat(parts.get(Part.DECODE)).isZero();
        assertThat(integral(result, result.series().meanQueued())).isCloseTo(0.5 * 45, within(1e-9));
        assertThat(integral(result, result.series().meanRunning())).isCloseTo(10, within(1e-9));
        // 1000 of a million tokens, held for 10 s.
        assertThat(integral(result, result.series().meanKvUse())).isCloseTo(10 * 1008.0 / 1_000_000, within(1e-6));
    }

    /** Gives each request of a list one of three tenants, and no class to every second. */
    private static final class Marked implements RequestSource {
        private final RequestSource source;
        private long at;

        Marked(RequestSource source) {
            this.source = source;
        }

        @Override
        public boolean next() {
            at++;
            return source.next();
        }

        @Override
        public double arrivalSeconds() {
            return source.arrivalSeconds();
        }

        @Override
        public int promptTokens() {
            return source.promptTokens();
        }

        @Override
        public int outputTokens() {
            return source.outputTokens();
        }

        @Override
        public String tenant() {
            return "tenant" + at % 3;
        }

        @Override
        public @Nullable String serviceClass() {
            return at % 2 == 0 ? "batch" : null;
        }

        @Override
        public void rewind() {
            source.rewind();
        }

        @Override
        public void close() {
            source.close();
        }
    }

    @Test
    void tenantsAndClassesAreCountedApart() {
        SplittableRandom random = new SplittableRandom(7);
        RequestList trace = new RequestList();
        for (int i = 0; i < 999; i++) {
            trace.add(0.01 * i, 1 + random.nextInt(500), 1 + random.nextInt(50));
        }
        SimulationResult result = Simulation.of(Fleet.onePool(AffineModel.typical(), 2, EngineSettings.LARGE, null))
                .run(new Marked(trace.source()));

        assertThat(result.byTenant()).extracting(GroupResult::name).containsExactly("tenant0", "tenant1", "tenant2");
        assertThat(result.byTenant())
                .allSatisfy(one -> assertThat(one.requests().completed()).isEqualTo(333));
        assertThat(result.byTenant().stream()
                        .mapToLong(GroupResult::outputTokens)
                        .sum())
                .isEqualTo(result.outputTokens());
        assertThat(result.byClass()).singleElement().satisfies(one -> {
            assertThat(one.name()).isEqualTo("batch");
            assertThat(one.requests().arrived()).isEqualTo(499);
        });
        assertThat(result.byTenant().stream()
                        .mapToDouble(GroupResult::goodputRequestsPerSecond)
                        .sum())
                .isCloseTo(result.goodputRequestsPerSecond(), within(1e-9));
    }
}
