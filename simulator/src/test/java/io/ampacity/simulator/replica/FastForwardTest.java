package io.ampacity.simulator.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.simulator.AffineModel;
import io.ampacity.simulator.RequestSink;
import io.ampacity.simulator.Simulation;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.testing.Seeds;
import io.ampacity.traces.RequestList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Jumping over k steps, stepping one by one, and a scheduler written the plain way must all tell the same story. */
class FastForwardTest {

    static LongStream seeds() {
        return Seeds.upTo(250);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyRequestFaresAsInThePlainScheduler(long seed) {
        Case drawn = Case.draw(new SplittableRandom(seed));
        NaiveEngine naive = new NaiveEngine(drawn.model, drawn.engine);
        List<NaiveEngine.Sequence> sequences = new ArrayList<>();
        for (double[] request : drawn.requests) {
            sequences.add(new NaiveEngine.Sequence(request[0], (int) request[1], (int) request[2]));
        }
        naive.serve(sequences);
        Run fast = run(drawn, drawn.engine);
        Run slow = run(drawn, drawn.engine.withStepByStep(true));
        for (int i = 0; i < sequences.size(); i++) {
            String what = "seed " + seed + ", request " + i;
            NaiveEngine.Sequence sequence = sequences.get(i);
            assertThat(fast.first[i]).as(what).isCloseTo(sequence.first, within(1e-9 * (1 + sequence.first)));
            assertThat(fast.last[i]).as(what).isCloseTo(sequence.last, within(1e-9 * (1 + sequence.last)));
            assertThat(slow.first[i]).as(what).isCloseTo(sequence.first, within(1e-9 * (1 + sequence.first)));
            assertThat(slow.last[i]).as(what).isCloseTo(sequence.last, within(1e-9 * (1 + sequence.last)));
        }
        for (Run run : List.of(fast, slow)) {
            SimulationResult result = run.result;
            assertThat(result.byPool().getFirst().preemptions())
                    .as("seed " + seed)
                    .isEqualTo(naive.preemptions);
            double seconds = result.simulatedSeconds();
            double idle = (seconds - naive.busySeconds) * drawn.model.idleWatts();
            assertThat(result.energyJoules())
                    .as("seed " + seed)
                    .isCloseTo(naive.joules + idle, within(1e-7 * naive.joules));
            double gaps = naive.gaps.stream().mapToDouble(Double::doubleValue).sum();
            assertThat(result.interTokenLatencySeconds().count())
                    .as("seed " + seed)
                    .isEqualTo(naive.gaps.size());
            if (!naive.gaps.isEmpty()) {
                assertThat(result.interTokenLatencySeconds().mean() * naive.gaps.size())
                        .as("seed " + seed)
                        .isCloseTo(gaps, within(1e-7 * gaps + 1e-9));
                double[] sorted = naive.gaps.stream()
                        .mapToDouble(Double::doubleValue)
                        .sorted()
                        .toArray();
                double median = sorted[(sorted.length - 1) / 2];
                assertThat(result.interTokenLatencySeconds().p50())
                        .as("seed " + seed)
                        .isCloseTo(median, within(2e-3 * median + 2e-7));
                double high = sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
                assertThat(result.interTokenLatencySeconds().p99())
                        .as("seed " + seed)
                        .isCloseTo(high, within(2e-3 * high + 2e-7));
            }
        }
    }

    private static Run run(Case drawn, EngineSettings engine) {
        RequestList list = new RequestList();
        for (double[] request : drawn.requests) {
            list.add(request[0], (int) request[1], (int) request[2]);
        }
        Run run = new Run(drawn.requests.size());
        RequestSink sink = (workload, id, arrival, first, last, prompt, output, pool) -> {
            run.first[(int) id] = first;
            run.last[(int) id] = last;
        };
        run.result =
                Simulation.of(Fleet.onePool(drawn.model, 1, engine, null)).run(Map.of("requests", list.source()), sink);
        return run;
    }

    private static final class Run {
        final double[] first;
        final double[] last;
        SimulationResult result;

        @SuppressWarnings("NullAway.Init")
        Run(int requests) {
            first = new double[requests];
            last = new double[requests];
        }
    }

    private record Case(AffineModel model, EngineSettings engine, List<double[]> requests) {

        static Case draw(SplittableRandom random) {
            int blockSize = 1 << random.nextInt(6);
            int longest = 1 + random.nextInt(200);
            int longestAnswer = 1 + random.nextInt(random.nextBoolean() ? 20 : 200);
            long kvTokens = Math.max((long) (longest + longestAnswer + blockSize), (long)
                    ((longest + longestAnswer) * (1 + 4 * random.nextDouble())));
            int sequences = 1 + random.nextInt(random.nextBoolean() ? 4 : 40);
            int drafted = random.nextInt(3) == 0 ? 1 + random.nextInt(7) : 0;
            int budget = sequences * (1 + drafted) + random.nextInt(random.nextBoolean() ? 10 : 300);
            AffineModel model = new AffineModel(
                    1e-3 * (1 + random.nextDouble()),
                    1e-5 * random.nextDouble(),
                    1e-8 * random.nextDouble(),
                    1e-5 * random.nextDouble(),
                    random.nextBoolean() ? 0 : 1e-6 * random.nextDouble(),
                    kvTokens,
                    300,
                    random.nextDouble() * 100,
                    0,
                    0);
            EngineSettings engine = new EngineSettings(
                            sequences,
                            budget,
                            blockSize,
                            0,
                            random.nextBoolean(),
                            random.nextInt(3) == 0 ? 0.9 * random.nextDouble() : 0,
                            false,
                            false)
                    .withDrafts(drafted, 1);
            List<double[]> requests = new ArrayList<>();
            double now = 0;
            double gap = Math.pow(10, -4 + 4 * random.nextDouble());
            for (int i = 0; i < 60; i++) {
                now += -Math.log(1 - random.nextDouble()) * gap;
                requests.add(new double[] {now, 1 + random.nextInt(longest), 1 + random.nextInt(longestAnswer)});
            }
            return new Case(model, engine, requests);
        }
    }
}
