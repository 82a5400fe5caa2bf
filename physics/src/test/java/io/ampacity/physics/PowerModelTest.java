package io.ampacity.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.testing.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PowerModelTest {

    private static final ChipSheet SHEET = ChipSheet.of(Fixtures.H100);
    private static final PowerModel MODEL = new PowerModel(SHEET, PowerCoefficients.TYPICAL);

    @Test
    void aWaitingChipDrawsItsIdlePower() {
        assertThat(MODEL.joules(2, 0, 0, 0)).isCloseTo(2 * SHEET.idleWatts(), within(1e-9));
        assertThat(MODEL.joules(0, 0, 0, 0)).isZero();
    }

    @Test
    void energyLiesBetweenIdleAndDesignPower() {
        SplittableRandom random = Seeds.random();
        for (int round = 0; round < 10_000; round++) {
            double seconds = Math.pow(10, random.nextDouble(-6, 3));
            double joules = MODEL.joules(
                    seconds,
                    seconds * random.nextDouble(),
                    seconds * SHEET.memoryBandwidth() * random.nextDouble(),
                    seconds * random.nextDouble());
            assertThat(joules / seconds).isBetween(SHEET.idleWatts() * 0.999999, SHEET.tdpWatts());
        }
    }

    @Test
    void moreOfAnythingNeverTakesLess() {
        SplittableRandom random = Seeds.random();
        for (int round = 0; round < 10_000; round++) {
            double running = random.nextDouble();
            double bytes = SHEET.memoryBandwidth() * random.nextDouble();
            double arithmetic = random.nextDouble();
            double before = MODEL.joules(1, running, bytes, arithmetic);
            assertThat(MODEL.joules(1, Math.min(1, running * 1.2), bytes, arithmetic))
                    .isGreaterThanOrEqualTo(before);
            assertThat(MODEL.joules(1, running, bytes * 1.2, arithmetic)).isGreaterThanOrEqualTo(before);
            assertThat(MODEL.joules(1, running, bytes, arithmetic * 1.2)).isGreaterThanOrEqualTo(before);
        }
    }

    @Test
    void halfTheArithmeticTakesMoreThanHalfItsPower() {
        double idle = MODEL.joules(1, 0.2, 0, 0);
        double half = MODEL.joules(1, 0.2, 0, 0.2) - idle;
        double whole = MODEL.joules(1, 0.2, 0, 0.4) - idle;
        assertThat(half).isGreaterThan(0.5 * whole).isLessThan(whole);
    }

    @Test
    void aFasterMemoryLeavesTheChipWaitingWhileTokensAreDrawn() {
        PowerModel blackwell = new PowerModel(ChipSheet.of(Fixtures.B200), PowerCoefficients.TYPICAL);
        assertThat(MODEL.samplingSeconds(45e-6, 1)).isCloseTo(45e-6, within(1e-6));
        assertThat(blackwell.samplingSeconds(45e-6, 1)).isLessThan(25e-6);
        assertThat(blackwell.samplingSeconds(1e-6, 1)).isEqualTo(1e-6);
    }
}
