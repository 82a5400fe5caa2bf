package io.ampacity.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.testing.Seeds;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DimensionTest {

    @ParameterizedTest
    @CsvSource({
        "POWER, 40 MW, 4e7",
        "POWER, 1.5kW, 1500",
        "POWER, 700w, 700",
        "MONEY, 1_500 USD, 1500",
        "MONEY, 48.1 billion USD, 4.81e10",
        "TIME, 500 ms, 0.5",
        "TIME, 1 year, 31557600",
        "BYTES, 80 GB, 8e10",
        "BYTES, 1 GiB, 1073741824",
        "BYTE_RATE, 400 Gb/s, 5e10",
        "FLOP_RATE, 989 TFLOP/s, 9.89e14",
        "ENERGY_PRICE, 95 USD/MWh, 0.095",
        "CARBON_INTENSITY, 0.4 kg/kWh, 400",
        "FRACTION, 12.5 %, 0.125",
        "FRACTION, 0.125, 0.125",
        "COUNT, 2.5 T, 2.5e12",
        "REQUEST_RATE, 120 /min, 2",
        "MONEY, -3 USD, -3",
        "POWER, 1e3 W, 1000",
        "POWER, 1E-3 MW, 1000",
    })
    void textWithAUnitBecomesTheAmountInTheBaseUnit(Dimension dimension, String text, double amount) {
        assertThat(dimension.parse(text)).isEqualTo(amount, within(Math.abs(amount) * 1e-12));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "MW",
                "forty MW",
                "40",
                "40 J",
                "40 mw",
                "4.0.0 MW",
                "1e999 W",
                "NaN W",
                "Infinity W",
                "--4 W"
            })
    void textThatIsNoPowerIsRefusedWithAdvice(String text) {
        assertThatThrownBy(() -> Dimension.POWER.parse(text))
                .isInstanceOfSatisfying(
                        UnitException.class,
                        refusal -> assertThat(refusal.advice()).isNotBlank());
    }

    @Test
    void aUnitOfAnotherDimensionIsNamedForWhatItMeasures() {
        assertThatThrownBy(() -> Dimension.POWER.parse("5 kWh"))
                .isInstanceOfSatisfying(
                        UnitException.class,
                        refusal -> assertThat(refusal.advice()).isEqualTo("kWh measures energy"));
    }

    @ParameterizedTest
    @CsvSource({
        "POWER, 4e7, 40 MW",
        "POWER, 999, 999 W",
        "POWER, 0, 0 W",
        "MONEY, 4.81e10, 48.1 GUSD",
        "MONEY, -2500, -2.5 kUSD",
        "FRACTION, 0.125, 12.5 %",
        "TIME, 0.0005, 500 µs",
        "TIME, 7200, 2 h",
        "ENERGY, 3.6e6, 1 kWh",
        "CARBON, 2.5e9, 2.5 ktCO2e",
        "COUNT, 100000, 100 k",
    })
    void amountsArePrintedInTheUnitAPersonWouldChoose(Dimension dimension, double amount, String text) {
        assertThat(dimension.print(amount)).isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource(Dimension.class)
    void whatIsPrintedReadsBackToTheSameAmount(Dimension dimension) {
        long seed = Seeds.SEED;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 2_000; i++) {
            double amount = Math.pow(10, random.nextDouble(-9, 15)) * (random.nextBoolean() ? 1 : -1);
            String text = dimension.print(amount);
            assertThat(dimension.parse(text))
                    .as("seed %d: %s printed as %s", seed, amount, text)
                    .isEqualTo(amount, within(Math.abs(amount) * 6e-3 + 1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource(Dimension.class)
    void everyUnitIsReadWithItsOwnName(Dimension dimension) {
        for (String unit : dimension.unitNames()) {
            assertThat(dimension.parse("1 " + unit)).as(unit).isPositive();
        }
    }

    @Test
    void aWrittenNumberArrivesAsTheNearestToIt() {
        assertThat(Dimension.FRACTION.parse("95 %")).isEqualTo(0.95);
        assertThat(Dimension.FRACTION.parse("7 %")).isEqualTo(0.07);
        assertThat(Dimension.TIME.parse("60 ms")).isEqualTo(0.06);
        assertThat(Dimension.ENERGY_PRICE.parse("95 USD/MWh")).isEqualTo(0.095);
        assertThat(Dimension.REQUEST_RATE.parse("300 /min")).isEqualTo(5);
    }

    @Test
    void aCommaMayPartThousandsAndNothingElse() {
        assertThat(Dimension.MONEY.parse("1,250,000.5 USD")).isEqualTo(1_250_000.5);
        assertThat(Dimension.MONEY.parse("-1,500 USD")).isEqualTo(-1_500);
        for (String wrong : new String[] {"1,5 MW", "1,50 MW", ",500 MW", "1,2345 MW", "1.5,000 MW"}) {
            assertThatThrownBy(() -> Dimension.POWER.parse(wrong))
                    .isInstanceOf(UnitException.class)
                    .hasMessageContaining("comma");
        }
    }
}
