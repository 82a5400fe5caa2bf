package io.ampacity.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Workload;
import io.ampacity.units.Fraction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ScenarioReaderTest {

    @Test
    void theWholeLanguageIsReadWithoutAWord() throws IOException {
        ScenarioReading reading = ScenarioReader.parse("northwind.yaml", good(), SmallCatalogue.catalogue());

        assertThat(reading.issues()).isEmpty();
        Scenario scenario = reading.scenarioOrThrow();
        assertThat(scenario.horizon()).isEqualTo(new Horizon(YearMonth.of(2027, 1), 3, 4, new Fraction(0.08)));
        assertThat(scenario.sites())
                .extracting(Site::id)
                .containsExactly(
                        "aws:eu-central-1",
                        "acme-paris",
                        "frankfurt-dc",
                        "paris-edge",
                        "aws:eu-west-1",
                        "gcp:europe-west1");
        assertThat(scenario.suppliers()).extracting(Supplier::id).containsExactly("aws", "gcp", "acme", "own");
        assertThat(scenario.workloads())
                .extracting(Workload::id)
                .containsExactly("assistant", "shop-floor", "tune", "nightly");
    }

    static String good() throws IOException {
        try (InputStream in = ScenarioReaderTest.class.getResourceAsStream("/good/northwind.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
