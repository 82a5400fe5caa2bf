package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.Drafting;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.ServingStepModel;
import io.ampacity.physics.StepModel;
import io.ampacity.physics.StepTerms;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.Distribution;
import io.ampacity.simulator.report.Part;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.report.TimeSpent;
import io.ampacity.testing.Seeds;
import io.ampacity.traces.RequestList;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Speculative decoding and adapters, told as steps of one token each. */
class SpeculationTest {

    private static final Catalogue FACTS = BuiltInCatalogue.load();
    private static final LanguageModel MODEL = FACTS.model("llama-3.1-8b").orElseThrow();
    private static final Chip CHIP = FACTS.chip("h100-sxm").orElseThrow();
    private static final Deployment ONE = Deployment.tensorParallel(1);
    private static final int PROMPT = 512;
    private static final int OUTPUT = 400;

    private static ServingStepModel with(StepTerms terms) {
        return ServingPhysics.shipped().withTerms(terms).stepModel(CHIP, MODEL, ONE);
    }

    private static SimulationResult batch(StepModel model, int requests, EngineSettings engine) {
        RequestList list = new RequestList();
        for (int i = 0; i < requests; i++) {
            list.add(0, PROMPT, OUTPUT);
        }
        return Simulation.of(Fleet.onePool(model, 1, engine, null)).run(list.source());
    }

    /** Whole steps of which each sequence accepts as many drafts as chance will have; seconds until the mean one ends. */
    private static double drawn(
            ServingStepModel plain, int sequences, int drafted, double acceptance, SplittableRandom random) {
        int[] left = new int[sequences];
        Arrays.fill(left, OUTPUT - 1);
        double now = 0;
        double sum = 0;
        int alive = sequences;
        while (alive > 0) {
            double context = 0;
            for (int one : left) {
                context += one > 0 ? PROMPT + OUTPUT - one : 0;
            }
            double draft = (plain.decodeBaseSeconds(alive) + plain.decodeSecondsPerContextToken(alive) * context)
                    / MODEL.layers();
            now += plain.decodeBaseSeconds(alive * (drafted + 1))
                    + plain.decodeSecondsPerContextToken(alive) * context
                    + drafted * draft;
            for (int i = 0; i < sequences; i++) {
                if (left[i] <= 0) {
                    continue;
                }
                int tokens = 1;
                while (tokens <= drafted && random.nextDouble() < acceptance) {
                    tokens++;
                }
                left[i] -= tokens;
                if (left[i] <= 0) {
                    sum += now;
                    alive--;
                }
            }
        }
        return sum / sequences;
    }

    @Test
    void expectedTokensAStepGiveTheTimesThatDrawnOnesDo() {
        ServingStepModel plain = with(StepTerms.NONE);
        for (int drafted : new int[] {1, 3, 5}) {
            for (int sequences : new int[] {1, 16, 64}) {
                StepModel expected = with(new StepTerms(drafted, 0.7, 0, 0, 0));
                SimulationResult result = batch(expected, sequences, EngineSettings.LARGE.withMaxBatchedTokens(65_536));
                double decode = result.timeSpent().stream()
                                .filter(one -> one.part() == Part.DECODE)
                                .mapToDouble(TimeSpent::totalSeconds)
                                .sum()
                        / sequences;
                SplittableRandom random = Seeds.random();
                double mean = 0;
                int runs = 4000 / sequences + 20;
                for (int run = 0; run < runs; run++) {
                    mean += drawn(plain, sequences, drafted, 0.7, random) / runs;
                }
                assertThat(decode)
                        .as("%s: %d drafted, %d sequences", Seeds.told(), drafted, sequences)
                        .isCloseTo(mean, within(0.03 * mean));
            }
        }
    }

    @Test
    void steppingOneByOneGivesTheSameResultWithDraftsAndAdapters() {
        StepModel model = with(new StepTerms(3, 0.7, 0, 16, 50));
        EngineSettings engine = EngineSettings.SMALL.withDrafts(3, new Drafting(3, 0.7).tokensPerStep());
        SimulationResult fast = batch(model, 700, engine);
        SimulationResult slow = batch(model, 700, engine.withStepByStep(true));
        assertThat(fast.requests()).isEqualTo(slow.requests());
        assertThat(fast.outputTokens()).isEqualTo(slow.outputTokens());
        assertThat(fast.endToEndSeconds().mean())
                .isCloseTo(slow.endToEndSeconds().mean(), within(1e-7 * slow.simulatedSeconds()));
        assertThat(fast.energyJoules()).isCloseTo(slow.energyJoules(), within(1e-7 * slow.energyJoules()));
    }

    @Test
    void tokensAcceptedTogetherComeInOneMessage() {
        StepModel steady = new AffineModel(0.01, 0, 0, 0, 0, 100_000, 300, 50, 0, 0);
        RequestList list = new RequestList();
        list.add(0, 100, 101);
        // 100 tokens follow the first: of 2.5 each they come after 3, 5, 8, 10 steps and so on, 40 times.
        Distribution gaps = Simulation.of(Fleet.onePool(steady, 1, EngineSettings.SMALL.withDrafts(3, 2.5), null))
                .run(list.source())
                .interTokenLatencySeconds();
        assertThat(gaps.count()).isEqualTo(40);
        assertThat(gaps.mean()).isCloseTo(0.025, within(1e-9));
        assertThat(gaps.p50()).isCloseTo(0.02, within(1e-4));
        assertThat(gaps.max()).isCloseTo(0.03, within(1e-9));
        Distribution plain = Simulation.of(Fleet.onePool(steady, 1, EngineSettings.SMALL.withDrafts(3, 1), null))
                .run(list.source())
                .interTokenLatencySeconds();
        assertThat(plain.count()).isEqualTo(100);
        assertThat(plain.max()).isCloseTo(0.01, within(1e-9));
    }

    @Test
    void gapsBetweenMessagesAddUpToTheTimeFromFirstToLastToken() {
        SplittableRandom random = Seeds.random();
        for (int run = 0; run < 60; run++) {
            // A small KV cache, so that some are preempted.
            StepModel model = new AffineModel(
                    2e-3, 1e-5 * random.nextDouble(), 1e-8, 1e-5, 1e-7, 700 + random.nextInt(3000), 300, 50, 0, 0);
            RequestList list = new RequestList();
            double now = 0;
            int count = 1 + random.nextInt(80);
            for (int i = 0; i < count; i++) {
                now += 0.05 * random.nextDouble();
                list.add(now, 1 + random.nextInt(300), 1 + random.nextInt(300));
            }
            int drafted = 1 + random.nextInt(4);
            double tokens = 1 + drafted * random.nextDouble();
            double[] waits = new double[2];
            RequestSink sink = (workload, id, arrival, first, last, prompt, output, pool) -> {
                waits[0] += last - first;
                waits[1] += Math.ceil((output - 1) / tokens);
            };
            SimulationResult result = Simulation.of(
                            Fleet.onePool(model, 1, EngineSettings.SMALL.withDrafts(drafted, tokens), null))
                    .run(Map.of("requests", list.source()), sink);
            Distribution gaps = result.interTokenLatencySeconds();
            String what = Seeds.told() + ", run " + run;
            assertThat(gaps.count() == 0 ? 0 : gaps.count() * gaps.mean())
                    .as(what)
                    .isCloseTo(waits[0], within(1e-9 * (1 + waits[0])));
            // A message at the beginning and one at the end may be short, and so may those about a preemption.
            long preempted = result.byPool().getFirst().preemptions();
            assertThat((double) gaps.count())
                    .as(what)
                    .isBetween(waits[1] - count - preempted, waits[1] + count + 3.0 * preempted);
        }
    }

    @Test
    void messagesAreAsFarApartAsRealStepsWhoseDraftsAreDrawn() {
        ServingStepModel plain = with(StepTerms.NONE);
        double acceptance = 0.7;
        for (int drafted : new int[] {1, 3}) {
            int sequences = 16;
            StepModel model = with(new StepTerms(drafted, acceptance, 0, 0, 0));
            EngineSettings engine = EngineSettings.LARGE
                    .withMaxBatchedTokens(65_536)
                    .withDrafts(drafted, new Drafting(drafted, acceptance).tokensPerStep());
            Distribution gaps = batch(model, sequences, engine).interTokenLatencySeconds();
            // Half way through, all of them decode: a real step checks the drafts of all, and drafts as often.
            double context = sequences * (PROMPT + 0.5 * OUTPUT);
            double step = plain.decodeBaseSeconds(sequences * (drafted + 1))
                    + plain.decodeSecondsPerContextToken(sequences) * context
                    + drafted
                            * (plain.decodeBaseSeconds(sequences)
                                    + plain.decodeSecondsPerContextToken(sequences) * context)
                            / MODEL.layers();
            assertThat(gaps.mean()).as(drafted + " drafted").isCloseTo(step, within(0.02 * step));
        }
    }

    @Test
    void draftsThatAreNeverAcceptedOnlyCost() {
        double plain = batch(with(StepTerms.NONE), 8, EngineSettings.LARGE)
                .endToEndSeconds()
                .mean();
        double never = batch(with(new StepTerms(4, 0, 0, 0, 0)), 8, EngineSettings.LARGE)
                .endToEndSeconds()
                .mean();
        double always = batch(with(new StepTerms(4, 1, 0, 0, 0)), 8, EngineSettings.LARGE)
                .endToEndSeconds()
                .mean();
        assertThat(never).isGreaterThan(plain);
        assertThat(always).isLessThan(plain / 3);
    }

    @Test
    void adaptersTakeRoomFromTheCacheAndTime() {
        StepModel plain = with(StepTerms.NONE);
        StepModel adapted = with(new StepTerms(0, 0, 0, 64, 100));
        assertThat(adapted.kvTokens()).isLessThan(plain.kvTokens());
        assertThat(batch(adapted, 8, EngineSettings.LARGE).endToEndSeconds().mean())
                .isGreaterThan(
                        batch(plain, 8, EngineSettings.LARGE).endToEndSeconds().mean());
    }
}
