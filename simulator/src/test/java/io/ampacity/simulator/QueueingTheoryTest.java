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

    @Test
    void serversThatPullFromOneQueueWaitAsLongAsErlangSays() {
        for (int servers : new int[] {2, 5}) {
            double rho = 0.8;
            double mean = meanResponse(rho, servers, Dispatch.PULL, random -> -Math.log(1 - random.nextDouble()));
            double waits = erlangC(servers, rho * servers);
            double expected = MEAN_SERVICE * (1 + waits / (servers * (1 - rho)));
            assertThat(mean / expected).as(servers + " servers").isCloseTo(1, within(0.01));
        }
    }

    @Test
    void queuesOfTheirOwnAreSlowerThanOneForAll() {
        double one = meanResponse(0.8, 5, Dispatch.PULL, random -> -Math.log(1 - random.nextDouble()));
        double own = meanResponse(0.8, 5, Dispatch.PUSH, random -> -Math.log(1 - random.nextDouble()));
        double single = MEAN_SERVICE / (1 - 0.8);
        assertThat(own).isGreaterThan(one).isLessThan(single);
    }

    /** Probability that a request finds all servers busy. */
    private static double erlangC(int servers, double load) {
        double term = 1;
        double sum = 1;
        for (int k = 1; k < servers; k++) {
            term *= load / k;
            sum += term;
        }
        double last = term * load / servers * servers / (servers - load);
        return last / (sum + last);
    }

    private static double pollaczekKhinchine(double rho, double squaredVariation) {
        return MEAN_SERVICE * (1 + rho * (1 + squaredVariation) / (2 * (1 - rho)));
    }

    private static double meanResponse(double rho, ToDoubleFunction<SplittableRandom> service) {
        return meanResponse(rho, 1, Dispatch.PUSH, service);
    }

    private static double meanResponse(
            double rho, int servers, Dispatch dispatch, ToDoubleFunction<SplittableRandom> service) {
        SplittableRandom random = new SplittableRandom(7);
        RequestList list = new RequestList();
        double now = 0;
        for (int i = 0; i < REQUESTS; i++) {
            now += -Math.log(1 - random.nextDouble()) * MEAN_SERVICE / rho / servers;
            list.add(now, (int) Math.max(1, Math.round(1e6 * MEAN_SERVICE * service.applyAsDouble(random))), 1);
        }
        Fleet fleet = Fleet.onePool(AffineModel.microsecondServer(), servers, ONE_AT_A_TIME, null);
        SimulationResult result = Simulation.of(fleet)
                .with(SimulationSettings.STANDARD.withDispatch(dispatch))
                .run(list.source());
        assertThat(result.requests().completed()).isEqualTo(REQUESTS);
        return result.endToEndSeconds().mean();
    }
}
