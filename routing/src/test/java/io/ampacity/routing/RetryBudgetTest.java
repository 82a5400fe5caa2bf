package io.ampacity.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    @Test
    void retriesAreAShareOfArrivalsOnceTheReserveIsSpent() {
        RetryBudget budget = new RetryBudget(new RetrySettings(3, 0.1, 0.25, 10));
        int taken = 0;
        while (budget.take(1)) {
            taken++;
        }
        assertThat(taken).isEqualTo(10);
        for (int i = 0; i < 100; i++) {
            budget.arrived();
        }
        while (budget.take(1)) {
            taken++;
        }
        assertThat(taken).isEqualTo(20);
        for (int i = 0; i < 7; i++) {
            budget.arrived();
        }
        assertThat(budget.take(1)).isTrue();
        assertThat(budget.take(1)).isFalse();
    }

    @Test
    void aRequestHasOnlySoManyAttempts() {
        RetryBudget budget = new RetryBudget(new RetrySettings(3, 0.1, 1, 10));
        assertThat(budget.take(2)).isTrue();
        assertThat(budget.take(3)).isFalse();
        assertThat(new RetryBudget(RetrySettings.NEVER).take(1)).isFalse();
    }

    @Test
    void waitsDouble() {
        RetrySettings settings = new RetrySettings(5, 0.1, 1, 10);
        assertThat(settings.waitSeconds(2)).isEqualTo(0.1);
        assertThat(settings.waitSeconds(3)).isEqualTo(0.2);
        assertThat(settings.waitSeconds(4)).isEqualTo(0.4);
    }
}
