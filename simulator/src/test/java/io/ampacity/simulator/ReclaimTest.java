package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.routing.Pool;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.FleetWorkload;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.Part;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.simulator.report.TimeSpent;
import io.ampacity.traces.RequestList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Capacity that is taken back after a notice. */
class ReclaimTest {

    private static final AffineModel MODEL = AffineModel.typical();

    private static Fleet fleet(int replicas) {
        Pool routing =
                new Pool("spot", "chat", "azure", "paris", "m", "h100", "spot", replicas, 1, 0, 0, 0, null, null);
        return Fleet.of(
                List.of(new FleetPool(routing, MODEL, EngineSettings.LARGE, 1, null, null, 1.0, 0.0, 10)),
                List.of(new FleetWorkload("chat", null)));
    }

    private static SimulationResult run(int replicas, RequestList list, String... failures) {
        return Simulation.of(fleet(replicas))
                .with(SimulationSettings.STANDARD.withFailures(
                        List.of(failures).stream().map(Failure::parse).toList()))
                .run(list.source());
    }

    private static RequestList many() {
        RequestList list = new RequestList();
        for (int i = 0; i < 400; i++) {
            list.add(0.05 * i, 200, 300);
        }
        return list;
    }

    /** Seconds of the decode steps that give tokens {@code from} to {@code until} of a request alone. */
    private static double decode(int prompt, int from, int until) {
        double seconds = 0;
        for (int token = from; token < until; token++) {
            seconds += MODEL.stepSeconds(0, 0, 1, prompt + token - 1);
        }
        return seconds;
    }

    @Test
    void anAnswerThatHasBegunGoesOnElsewhereFromItsTokens() {
        RequestList list = new RequestList();
        list.add(0, 1000, 200);
        double first = MODEL.arrivalOverheadSeconds() + MODEL.stepSeconds(1000, 0.5 * 1000 * 1000, 0, 0);
        // Gone in the middle of the step that would have given token 51.
        double gone = first + decode(1000, 1, 50) + 0.5 * decode(1000, 50, 51);
        SimulationResult result = run(2, list, "replica:spot#0@0.1s+1000s,notice=" + (gone - 0.1) + "s");
        double expected = gone
                + MODEL.arrivalOverheadSeconds()
                + MODEL.stepSeconds(1050, 0.5 * 1050 * 1050, 0, 0)
                + decode(1000, 51, 200)
                + MODEL.tokenOverheadSeconds();
        assertThat(result.endToEndSeconds().mean()).isCloseTo(expected, within(1e-9));
        assertThat(result.timeToFirstTokenSeconds().mean())
                .isCloseTo(first + MODEL.tokenOverheadSeconds(), within(1e-9));
        assertThat(result.serving().moves().tokensKept()).isEqualTo(50);
        assertThat(result.wastedTokens()).isZero();
        assertThat(part(result, Part.PREEMPTED))
                .isCloseTo(
                        0.5 * decode(1000, 50, 51)
                                + MODEL.arrivalOverheadSeconds()
                                + MODEL.stepSeconds(1050, 0.5 * 1050 * 1050, 0, 0),
                        within(1e-9));
    }

    private static double part(SimulationResult result, Part part) {
        return result.timeSpent().stream()
                .filter(one -> one.part() == part)
                .mapToDouble(TimeSpent::totalSeconds)
                .sum();
    }

    @Test
    void nothingIsLostOrWastedThatHasANotice() {
        SimulationResult lost = run(4, many(), "replica:spot#1@10s+100s");
        assertThat(lost.wastedTokens()).isPositive();
        for (String notice : List.of("0s", "1s", "30s")) {
            SimulationResult moved = run(4, many(), "replica:spot#1@10s+100s,notice=" + notice);
            assertThat(moved.requests().completed()).isEqualTo(400);
            assertThat(moved.requests().retried()).isZero();
            assertThat(moved.wastedTokens()).isZero();
        }
    }

    @Test
    void aNoticeLongerThanAnswersMovesNoneThatHasBegun() {
        assertThat(run(4, many(), "replica:spot#1@10s+100s,notice=30s")
                        .serving()
                        .moves()
                        .begun())
                .isZero();
        assertThat(run(4, many(), "replica:spot#1@10s+100s,notice=0.5s")
                        .serving()
                        .moves()
                        .begun())
                .isPositive();
    }

    @Test
    void whatIsGoneIsNotPaid() {
        SimulationResult result = run(2, many(), "replica:spot#0@2s+10s,notice=3s");
        double there = 2 * result.simulatedSeconds() - 7;
        assertThat(result.costUsd()).isCloseTo(there, within(1e-9 * there));
    }

    @Test
    void aNoticeThatIsWithdrawnTakesNothing() {
        SimulationResult result = run(2, many(), "replica:spot#0@2s+3s,notice=5s");
        assertThat(result.costUsd()).isCloseTo(2 * result.simulatedSeconds(), within(1e-9));
        assertThat(result.availabilityByPool().get("spot")).isEqualTo(1.0);
        assertThat(result.serving().moves().begun()).isZero();
    }

    @Test
    void aPoolThatIsAllGoneTurnsRequestsAwayAndComesBack() {
        SimulationResult result = run(2, many(), "pool:spot@2s+3s,notice=1s");
        assertThat(result.requests().lost() + result.requests().rejected()).isPositive();
        assertThat(result.requests().completed()).isPositive();
    }

    @Test
    void aNoticeThatCannotBeReadIsRefused() {
        assertThatThrownBy(() -> Failure.parse("pool:spot@2s+3s,notice=soon")).hasMessageContaining("soon");
        assertThatThrownBy(() -> Failure.parse("pool:spot@2s+3s,notice=-1s")).hasMessageContaining("negative");
    }
}
