package io.ampacity.reports.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.testing.Seeds;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumeralsTest {

    private static String plain(String text) {
        return text.replace(Numerals.JOIN, ' ');
    }

    @Test
    void moneyHasThreeDigitsAndAPrefix() {
        assertThat(plain(Numerals.usd(12_412_345))).isEqualTo("$12.4 M");
        assertThat(plain(Numerals.usd(999_600))).isEqualTo("$1.00 M");
        assertThat(plain(Numerals.usd(0.0312))).isEqualTo("$0.0312");
        assertThat(plain(Numerals.usd(-4_200))).isEqualTo("-$4.20 k");
        assertThat(plain(Numerals.usd(0))).isEqualTo("$0");
        assertThat(plain(Numerals.usd(48.1e9))).isEqualTo("$48.1 bn");
        assertThat(plain(Numerals.usd(Double.NaN))).isEqualTo("unknown");
    }

    @Test
    void timeTakesTheUnitAPersonWouldTake() {
        assertThat(plain(Numerals.seconds(0.0298))).isEqualTo("29.8 ms");
        assertThat(plain(Numerals.seconds(0.9996))).isEqualTo("1.00 s");
        assertThat(plain(Numerals.seconds(10_800))).isEqualTo("3 h");
        assertThat(plain(Numerals.seconds(4e-6))).isEqualTo("4.00 µs");
        assertThat(plain(Numerals.seconds(0))).isEqualTo("0 s");
    }

    @Test
    void nearlyAllIsNotAllAndNearlyNothingIsNotNothing() {
        assertThat(plain(Numerals.share(1))).isEqualTo("100 %");
        assertThat(plain(Numerals.share(0.999999))).isEqualTo(">99.99 %");
        assertThat(plain(Numerals.share(0.99968))).isEqualTo("99.96 %");
        assertThat(plain(Numerals.share(0))).isEqualTo("0 %");
        assertThat(plain(Numerals.share(1e-9))).isEqualTo("<0.01 %");
        assertThat(plain(Numerals.weight(0.996))).isEqualTo(">99 %");
        assertThat(plain(Numerals.weight(0.004))).isEqualTo("<1 %");
        assertThat(plain(Numerals.asked(0.95))).isEqualTo("95 %");
        assertThat(plain(Numerals.asked(0.9995))).isEqualTo("99.95 %");
    }

    @Test
    void aPrintedAmountReadsBackWithinHalfADigit() {
        Map<String, Double> prefixes = Map.of("kWh", 1.0, "MWh", 1e3, "GWh", 1e6, "TWh", 1e9);
        long seed = Seeds.SEED;
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            double value = Math.pow(10, random.nextDouble() * 16 - 2);
            String[] parts = Numerals.energy(value).split(String.valueOf(Numerals.JOIN));
            double read = Double.parseDouble(parts[0].replace(",", "")) * prefixes.getOrDefault(parts[1], Double.NaN);
            assertThat(read).as("seed %d, value %s", seed, value).isCloseTo(value, within(value * 0.0051));
        }
    }
}
