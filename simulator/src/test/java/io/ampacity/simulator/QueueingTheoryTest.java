package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.traces.RequestList;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** A replica that takes one request at a time is a single server; its means are known in closed form. */
class QueueingTheoryTest {

    private static final int REQUESTS = 4_000_000;
    private static final double MEAN_SERVICE = 0.05;
    private static final EngineSettings ONE_AT_A_TIME =
            new EngineSettings(1, Integer.MAX_VALUE, 16, 0, true, 0, false, false);

    @Test
    void exponentialServiceWaitsAsLongAsTheMM1FormulaSays() {
        double rho = 0.7;
        double mean = meanResponse(rho, random -> -Math.log(1 - random.nextDouble()));
        assertThat(mean / (MEAN_SERVICE / (1 - rho))).isCloseTo(1, within(0.01));
    }

    @Test
    void constantServiceWaitsHalfAsLong() {
        double rho = 0.8;
        double mean = meanResponse(rho, random -> 1);
        assertThat(mean / pollaczekKhinchine(rho, 0)).isCloseTo(1, within(0.01));
    }

    @Test
    void serviceOfTwoKindsWaitsAsLongAsPollaczekAndKhinchineSay() {
        double rho = 0.6;
        // One in ten takes 5.5, the others 0.5: mean 1, variance 0.9·0.25 + 0.1·20.25 = 2.25.
        double mean = meanResponse(rho, random -> random.nextDouble() < 0.1 ? 5.5 : 0.5);
        assertThat(mean / pollaczekKhinchine(rho, 2.25)).isCloseTo(1, within(0.01));
    }

    @Test
    void timeSpentDecodingIsServiceLikeAnyOther() {
        double rho = 0.7;
        double step = 1e-3;
        AffineModel model = new AffineModel(step, 0, 0, 0, 0, Integer.MAX_VALUE, 1, 1, 0, 0);
        SplittableRandom random = new SplittableRandom(11);
        RequestList list = new RequestList();
        double now = 0;
        double mean = 50;
        for (int i = 0; i < REQUESTS / 2; i++) {
            now += -Math.log(1 - random.nextDouble()) * mean * step / rho;
            list.add(now, 1, (int) Math.ceil(Math.log(1 - random.nextDouble()) / Math.log(1 - 1 / mean)));
        }
        SimulationResult result =
                Simulation.of(Fleet.onePool(model, 1, ONE_AT_A_TIME, null)).run(list.source());
        // A geometric length of mean m has variance (1 - 1/m)·m².
        double expected = mean * step * (1 + rho * (1 + (1 - 1 / mean)) / (2 * (1 - rho)));
        assertThat(result.endToEndSeconds().mean() / expected).isCloseTo(1, within(0.01));
    }

    private static double pollaczekKhinchine(double rho, double squaredVariation) {
        return MEAN_SERVICE * (1 + rho * (1 + squaredVariation) / (2 * (1 - rho)));
    }

    private static double meanResponse(double rho, ToDoubleFunction<SplittableRandom> service) {
        SplittableRandom random = new SplittableRandom(7);
        RequestList list = new RequestList();
        double now = 0;
        for (int i = 0; i < REQUESTS; i++) {
            now += -Math.log(1 - random.nextDouble()) * MEAN_SERVICE / rho;
            list.add(now, (int) Math.max(1, Math.round(1e6 * MEAN_SERVICE * service.applyAsDouble(random))), 1);
        }
        Fleet fleet = Fleet.onePool(AffineModel.microsecondServer(), 1, ONE_AT_A_TIME, null);
        SimulationResult result = Simulation.of(fleet).run(list.source());
        assertThat(result.requests().completed()).isEqualTo(REQUESTS);
        return result.endToEndSeconds().mean();
    }
}
