package io.ampacity.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.routing.CircuitBreakers.State;
import org.junit.jupiter.api.Test;

class CircuitBreakersTest {

    private final CircuitBreakers breakers = new CircuitBreakers(2, new BreakerSettings(3, 10, 35, 1));

    @Test
    void failuresInARowOpenItAndSuccessesBetweenThemDoNot() {
        breakers.failed(0, 0);
        breakers.failed(0, 0);
        breakers.succeeded(0);
        breakers.failed(0, 0);
        breakers.failed(0, 0);
        assertThat(breakers.state(0, 0)).isEqualTo(State.CLOSED);
        breakers.failed(0, 1);
        assertThat(breakers.state(0, 1)).isEqualTo(State.OPEN);
        assertThat(breakers.allows(0, 10.9)).isFalse();
        assertThat(breakers.opened()).isEqualTo(1);
    }

    @Test
    void groupsDoNotTouchOneAnother() {
        open(0);
        assertThat(breakers.allows(1, 0)).isTrue();
    }

    @Test
    void afterTheWaitOneProbePassesAndItsSuccessCloses() {
        open(0);
        assertThat(breakers.allows(0, 10)).isTrue();
        breakers.sent(0, 10);
        assertThat(breakers.state(0, 10)).isEqualTo(State.HALF_OPEN);
        assertThat(breakers.allows(0, 10)).isFalse();
        breakers.succeeded(0);
        assertThat(breakers.state(0, 10)).isEqualTo(State.CLOSED);
        assertThat(breakers.allows(0, 10)).isTrue();
    }

    @Test
    void aFailedProbeDoublesTheWaitUpToItsMaximum() {
        open(0);
        breakers.sent(0, 10);
        breakers.failed(0, 10);
        assertThat(breakers.allows(0, 29.9)).isFalse();
        assertThat(breakers.allows(0, 30)).isTrue();
        breakers.sent(0, 30);
        breakers.failed(0, 30);
        assertThat(breakers.allows(0, 64.9)).isFalse();
        assertThat(breakers.allows(0, 65)).isTrue();
    }

    @Test
    void aProbeThatSaysNothingMakesRoomForAnother() {
        open(0);
        breakers.sent(0, 10);
        assertThat(breakers.allows(0, 10)).isFalse();
        breakers.ended(0);
        assertThat(breakers.allows(0, 10)).isTrue();
    }

    @Test
    void whatEndsLateWhileItIsOpenChangesNothing() {
        open(0);
        breakers.succeeded(0);
        breakers.failed(0, 5);
        assertThat(breakers.state(0, 5)).isEqualTo(State.OPEN);
        assertThat(breakers.allows(0, 10)).isTrue();
    }

    private void open(int group) {
        breakers.failed(group, 0);
        breakers.failed(group, 0);
        breakers.failed(group, 0);
    }
}
