package io.ampacity.units;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantityTest {

    @Test
    void arithmeticKeepsTheKindOfQuantity() {
        Power total = Power.parse("1 MW")
                .plus(Power.parse("500 kW"))
                .minus(new Power(1e5))
                .times(2);

        assertThat(total).isEqualTo(new Power(2.8e6));
        assertThat(total.dividedBy(new Power(1.4e6))).isEqualTo(2);
    }

    @Test
    void quantitiesAreOrderedByAmount() {
        assertThat(Money.parse("2 kUSD")).isGreaterThan(Money.parse("1999 USD"));
    }

    @Test
    void aQuantityPrintsItsUnit() {
        assertThat(new TimeSpan(0.25)).hasToString("250 ms");
        assertThat(new Carbon(1500)).hasToString("1.5 kgCO2e");
    }
}
