package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.gateway.settings.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients are answered though their requests cannot be written down. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class UnrecordedTest {

    @BeforeAll
    static void warm() {
        Bench.warm();
    }

    @Test
    void aFullDiskIsToldAndCountedAndNoClientWaitsForIt() {
        AtomicBoolean full = new AtomicBoolean(true);
        try (Bench bench = Bench.of(1);
                Gateway gateway = Gateway.start(
                        bench.gateway.settings().withPorts(0, 0).withLimits(Limits.STANDARD),
                        request -> {
                            if (full.get()) {
                                throw new UncheckedIOException(new IOException("No space left on device"));
                            }
                        },
                        bench.faults::add)) {
            String path = "/v1/chat/completions";
            assertThat(Talk.with(gateway.port(), path, Bench.chat("")).status()).isEqualTo(200);
            assertThat(Talk.with(gateway.port(), path, Bench.stream()).saysWhole())
                    .isTrue();
            assertThat(Talk.with(gateway.port(), path, Bench.chat(""), "x-ampacity-data-class", "personal")
                            .status())
                    .isEqualTo(403);
            assertThat(gateway.metrics().prometheus()).contains("ampacity_unrecorded_requests_total{} 3\n");
            full.set(false);
            assertThat(Talk.with(gateway.port(), path, Bench.chat("")).status()).isEqualTo(200);
            assertThat(gateway.metrics().open()).isZero();
            assertThat(gateway.pools().getFirst().outstanding()).isZero();
            assertThat(gateway.metrics().prometheus()).contains("ampacity_unrecorded_requests_total{} 3\n");
            assertThat(bench.faults)
                    .hasSize(3)
                    .allSatisfy(fault -> assertThat(fault).hasMessageContaining("No space left"));
        }
    }
}
