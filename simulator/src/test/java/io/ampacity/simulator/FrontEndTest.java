package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.StepModel;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.PowerCurve;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.report.TimeSpent;
import io.ampacity.traces.RequestList;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a request waits before the engine sees it: a time for itself, and one for each token of its prompt. */
class FrontEndTest {

    private static final Catalogue FACTS = BuiltInCatalogue.load();
    private static final Chip CHIP = FACTS.chip("h100-sxm").orElseThrow();
    private static final LanguageModel MODEL = FACTS.model("llama-3.1-8b").orElseThrow();
    private static final Deployment ONE = Deployment.tensorParallel(1);

    @Test
    void aRequestAloneWaitsAsPhysicsTellsForItsLength() {
        StepModel model = ServingPhysics.shipped().stepModel(CHIP, MODEL, ONE);
        assertThat(model.readingSecondsPerToken()).isPositive();
        for (int prompt : new int[] {1, 500, 8000}) {
            SimulationResult result = Simulation.of(Fleet.onePool(model, 1, EngineSettings.LARGE, null))
                    .run(new RequestList().add(0, prompt, 1).source());
            double front = model.arrivalOverheadSeconds() + prompt * model.readingSecondsPerToken();
            double step = model.stepSeconds(prompt, 0.5 * prompt * prompt, 0, 0);
            assertThat(result.timeToFirstTokenSeconds().mean())
                    .isCloseTo(front + step + model.tokenOverheadSeconds(), within(1e-9));
        }
    }

    @Test
    void aShortPromptOvertakesALongOneInTheFrontEnd() {
        AffineModel slowReader = new AffineModel(0.01, 0, 0, 0, 0, 1 << 20, 500, 100, 0.001, 0).withReading(1e-4);
        double[] first = new double[2];
        SimulationResult result = Simulation.of(
                        Fleet.onePool(slowReader, 1, EngineSettings.LARGE.withMaxNumSeqs(1), null))
                .run(
                        Map.of(
                                "requests",
                                new RequestList()
                                        .add(0, 4000, 1)
                                        .add(0.1, 10, 1)
                                        .source()),
                        (w, id, a, f, l, p, o, pool) -> first[(int) id] = f);
        assertThat(first[1]).isCloseTo(0.1 + 0.001 + 0.001 + 0.01, within(1e-9));
        assertThat(first[0]).isCloseTo(0.001 + 0.4 + 0.01, within(1e-9));
        for (TimeSpent spent : result.byWorkload().getFirst().timeSpent()) {
            double expected =
                    switch (spent.part()) {
                        case OVERHEAD -> 0.001 + 0.4 + 0.001 + 0.001;
                        case PREFILL -> 2 * 0.01;
                        case FAILED_ATTEMPTS, NETWORK, QUEUE, TRANSFER, DECODE, PREEMPTED -> 0;
                    };
            assertThat(spent.totalSeconds()).as(spent.toString()).isCloseTo(expected, within(1e-9));
        }
    }

    @Test
    void aLimitOnPowerLeavesTheFrontEndAsItIs() {
        StepModel free = ServingPhysics.shipped().stepModel(CHIP, MODEL, ONE);
        PowerCurve curve = PowerCurve.of(ServingPhysics.shipped(), CHIP, MODEL, ONE);
        StepModel held = curve.at(400 + curve.serverWatts());
        assertThat(held.readingSecondsPerToken()).isEqualTo(free.readingSecondsPerToken());
        assertThat(held.arrivalOverheadSeconds()).isEqualTo(free.arrivalOverheadSeconds());
    }
}
