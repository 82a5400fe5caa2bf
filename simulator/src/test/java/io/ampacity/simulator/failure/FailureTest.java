package io.ampacity.simulator.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ampacity.simulator.failure.Failure.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {

    @Test
    void secondsAndSeconds() {
        assertThat(Failure.parse("supplier:azure@600s+1200s"))
                .isEqualTo(new Failure(Scope.SUPPLIER, "azure", 600, 1800, new Effect.Down()));
    }

    @Test
    void theSecondDayBeginsAfterTwentyFourHours() {
        assertThat(Failure.parse("site:aws:eu-north-1@day2+6h"))
                .isEqualTo(new Failure(Scope.SITE, "aws:eu-north-1", 86_400, 108_000, new Effect.Down()));
    }

    @Test
    void aStartMayAddTermsAndTheLastIsTheDuration() {
        assertThat(Failure.parse("site:paris@day2+6h+30m"))
                .isEqualTo(new Failure(Scope.SITE, "paris", 108_000, 109_800, new Effect.Down()));
    }

    @Test
    void withoutADurationItNeverEnds() {
        assertThat(Failure.parse("chip:h100-sxm@10m").endSeconds()).isInfinite();
    }

    @Test
    void aBrownOutSlowsAndAThrottlingTakesAShare() {
        assertThat(Failure.parse("pool:chat@x/y@2h+30m,slow=3").effect()).isEqualTo(new Effect.Slow(3));
        assertThat(Failure.parse("pool:chat@x/y@2h+30m,slow=3").target()).isEqualTo("chat@x/y");
        assertThat(Failure.parse("supplier:gcp@0s+1h,throttle=0.25").effect()).isEqualTo(new Effect.Throttled(0.25));
    }

    @Test
    void oneReplicaOfAPool() {
        Failure failure = Failure.parse("replica:pool#3@5s+5s");
        assertThat(failure.replica()).isEqualTo(3);
        assertThat(failure.name()).isEqualTo("replica:pool#3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "azure@600s",
                "supplier:@600s",
                "supplier:azure@",
                "planet:earth@1h+1h",
                "supplier:azure@day0+1h",
                "supplier:azure@600s+0s",
                "supplier:azure@600s+-5s",
                "supplier:azure@soon+1h",
                "supplier:azure@1h+1 USD",
                "supplier:azure@1h+1h,slow=0.5",
                "supplier:azure@1h+1h,slow=fast",
                "supplier:azure@1h+1h,throttle=2",
                "supplier:azure@1h+1h,explode",
                "supplier:azure@1h++1h",
                "replica:pool@1h+1h",
                "supplier:azure@NaN+1h",
                "supplier:azure@1h+Infinity s"
            })
    void whatCannotBeReadIsRefusedWithAdvice(String text) {
        assertThatThrownBy(() -> Failure.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--fail: \"" + text + "\"")
                .hasMessageContaining("Maybe");
    }
}
