package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.ClassResult;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.serving.PriorityClass;
import io.ampacity.simulator.serving.PriorityClasses;
import io.ampacity.simulator.serving.Scheduler;
import io.ampacity.simulator.serving.ServingFeatures;
import io.ampacity.traces.RequestList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Classes of requests: who goes first, and who gives up when. */
class PatienceTest {

    private static final double NEVER = Double.POSITIVE_INFINITY;
    /** A server whose requests, one at a time, take as many microseconds as they have prompt tokens. */
    private static final EngineSettings ONE_AT_A_TIME =
            new EngineSettings(1, Integer.MAX_VALUE, 16, 0, true, 0, false, false);

    @Test
    void twoClassesWaitAsLongAsCobhamSays() {
        double rho = 0.8;
        double mean = 0.05;
        double urgentShare = 0.4;
        SplittableRandom random = new SplittableRandom(3);
        RequestList list = new RequestList();
        double now = 0;
        for (int i = 0; i < 2_000_000; i++) {
            now += -Math.log(1 - random.nextDouble()) * mean / rho;
            list.add(now, (int) Math.max(1, Math.round(-1e6 * mean * Math.log(1 - random.nextDouble()))), 1);
        }
        SimulationResult result = run(
                list,
                ServingFeatures.PLAIN
                        .withScheduler(Scheduler.PRIORITY)
                        .withClasses(new PriorityClasses(List.of(
                                new PriorityClass("urgent", -1, urgentShare, NEVER, NEVER),
                                new PriorityClass("patient", 7, 1 - urgentShare, NEVER, NEVER)))));
        // Residual work over what the classes above leave: W1 = R / (1 - rho1), W2 = R / (1 - rho1) / (1 - rho).
        double residual = rho * mean;
        double first = residual / (1 - urgentShare * rho);
        double second = first / (1 - rho);
        ClassResult urgent = result.serving().classes().get(0);
        ClassResult patient = result.serving().classes().get(1);
        assertThat(urgent.arrived() / 2e6).isCloseTo(urgentShare, within(0.002));
        assertThat(urgent.endToEndSeconds().mean() / (first + mean)).isCloseTo(1, within(0.01));
        assertThat(patient.endToEndSeconds().mean() / (second + mean)).isCloseTo(1, within(0.01));
    }

    @Test
    void shortestFirstWaitsAsLongAsCobhamSaysOfClassesBySize() {
        double rho = 0.6;
        double mean = 0.05;
        SplittableRandom random = new SplittableRandom(4);
        RequestList list = new RequestList();
        double now = 0;
        for (int i = 0; i < 2_000_000; i++) {
            now += -Math.log(1 - random.nextDouble()) * mean / rho;
            list.add(now, (int) Math.round(1e6 * mean * (random.nextDouble() < 0.1 ? 5.5 : 0.5)), 1);
        }
        SimulationResult result = run(list, ServingFeatures.PLAIN.withScheduler(Scheduler.CLAIRVOYANT));
        double residual = rho * mean * (0.9 * 0.25 + 0.1 * 30.25) / 2;
        double small = residual / (1 - 0.45 * rho);
        double large = small / (1 - rho);
        assertThat(result.endToEndSeconds().mean() / (0.9 * small + 0.1 * large + mean))
                .isCloseTo(1, within(0.01));
    }

    @Test
    void theLeastUrgentIsPreemptedWhenTheCacheIsFull() {
        // Two requests grow until 32 blocks of 16 tokens do not hold both; the later one is the more urgent.
        RequestList list = new RequestList().add(0, 100, 300).add(0.001, 100, 300);
        AffineModel model = new AffineModel(0.01, 0, 0, 0, 0, 512, 1, 1, 0, 0);
        EngineSettings engine = new EngineSettings(8, 512, 16, 0, true, 0, false, false);
        PriorityClasses classes = classesSuchThat(0, 1);
        for (Scheduler scheduler : new Scheduler[] {Scheduler.FCFS, Scheduler.PRIORITY}) {
            double[] last = new double[2];
            SimulationResult result = Simulation.of(Fleet.onePool(model, 1, engine, null))
                    .with(SimulationSettings.STANDARD.withFeatures(
                            ServingFeatures.PLAIN.withScheduler(scheduler).withClasses(classes)))
                    .run(
                            java.util.Map.of("requests", list.source()),
                            (w, id, a, f, l, p, o, pool) -> last[(int) id] = l);
            assertThat(result.byPool().getFirst().preemptions()).isEqualTo(1);
            assertThat(last[0] < last[1]).as(scheduler.id()).isEqualTo(scheduler == Scheduler.FCFS);
        }
    }

    @Test
    void whoHasWaitedTooLongInTheQueueIsShedAndMakesRoom() {
        // The first computes for 1 s. The second waits from 0.1 s and gives up at 0.6 s; the third is served at 1 s.
        RequestList list =
                new RequestList().add(0, 1_000_000, 1).add(0.1, 700_000, 1).add(0.7, 200_000, 1);
        PriorityClass patience = PriorityClass.ONLY.withQueueTimeout(0.5);
        SimulationResult result = run(list, ServingFeatures.PLAIN.withClasses(new PriorityClasses(List.of(patience))));
        assertThat(result.requests().completed()).isEqualTo(2);
        assertThat(result.requests().rejected()).isEqualTo(1);
        assertThat(result.serving().classes().getFirst().shed()).isEqualTo(1);
        assertThat(result.simulatedSeconds()).isCloseTo(1.2, within(1e-9));
    }

    @Test
    void aFirstTokenThatIsTooLateIsNotWaitedFor() {
        // Prefill of 3,000 tokens in chunks of 1,000, one second each: at 1.5 s the request leaves with the second
        // chunk.
        RequestList list = new RequestList().add(0, 3000, 5).add(0.1, 1000, 1);
        AffineModel model = new AffineModel(0, 1e-3, 0, 0, 0, 1 << 20, 1, 1, 0, 0);
        EngineSettings engine = new EngineSettings(1, 1000, 16, 0, true, 0, false, false);
        PriorityClasses classes = new PriorityClasses(List.of(PriorityClass.ONLY.withDeadline(1.5)));
        SimulationResult result = Simulation.of(Fleet.onePool(model, 1, engine, null))
                .with(SimulationSettings.STANDARD.withFeatures(ServingFeatures.PLAIN.withClasses(classes)))
                .run(list.source());
        // The other is given up at 1.6 s, before it is begun at 2 s.
        assertThat(result.serving().classes().getFirst().shed()).isEqualTo(2);
        assertThat(result.byPool().getFirst().prefilledTokens()).isEqualTo(2000);
        assertThat(result.simulatedSeconds()).isCloseTo(2, within(1e-9));
    }

    @Test
    void sharesThatAreNotAWholeAreRefused() {
        assertThatThrownBy(() -> new PriorityClasses(List.of(new PriorityClass("a", 0, 0.5, NEVER, NEVER))))
                .hasMessageContaining("0.5")
                .hasMessageContaining("Maybe");
    }

    /** Two classes of which the seed gives request 0 the patient one and request 1 the urgent one. */
    private static PriorityClasses classesSuchThat(int patient, int urgent) {
        for (int percent = 1; percent < 100; percent++) {
            PriorityClasses classes = new PriorityClasses(List.of(
                    new PriorityClass("urgent", 0, percent / 100.0, NEVER, NEVER),
                    new PriorityClass("patient", 1, 1 - percent / 100.0, NEVER, NEVER)));
            if (classes.of(0, patient, 1) == 1 && classes.of(0, urgent, 1) == 0) {
                return classes;
            }
        }
        PriorityClasses swapped = new PriorityClasses(List.of(
                new PriorityClass("patient", 1, 0.5, NEVER, NEVER), new PriorityClass("urgent", 0, 0.5, NEVER, NEVER)));
        assertThat(swapped.of(0, patient, 1)).isZero();
        assertThat(swapped.of(0, urgent, 1)).isOne();
        return swapped;
    }

    private static SimulationResult run(RequestList list, ServingFeatures features) {
        return Simulation.of(Fleet.onePool(AffineModel.microsecondServer(), 1, ONE_AT_A_TIME, null))
                .with(SimulationSettings.STANDARD.withFeatures(features))
                .run(list.source());
    }
}
