package io.ampacity.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.documents.Issue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file of {@code resources/bad} has one fault; its first line says {@code # expect: severity | path | fragment}.
 */
class BadScenariosTest {

    private static final Path FOLDER = Path.of("src/test/resources/bad");
    private static final int LEAST_KINDS = 60;

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void theFaultIsFoundAtItsPlaceAndNothingElseIs(String name) throws IOException {
        Path file = FOLDER.resolve(name);
        String first = Files.readAllLines(file).getFirst();
        String[] expected = first.substring(first.indexOf(':') + 1).split("\\|", 3);

        ScenarioReading reading = ScenarioReader.read(file, SmallCatalogue.catalogue());

        assertThat(reading.issues()).as("one fault, one issue").hasSize(1);
        Issue issue = reading.issues().getFirst();
        assertThat(issue.severity().name().toLowerCase(Locale.ROOT)).isEqualTo(expected[0].strip());
        assertThat(issue.place().path()).startsWith(expected[1].strip());
        assertThat(issue.toString()).contains(expected[2].strip()).contains(". Maybe ");
        assertThat(issue.toString()).doesNotContainPattern("\\p{Cntrl}");
        assertThat(issue.place().line()).isPositive();
        assertThat(reading.isUsable()).isEqualTo(!issue.isError());
    }

    @Test
    void thereAreManyKindsOfFault() throws IOException {
        assertThat(files()).hasSizeGreaterThan(LEAST_KINDS);
    }

    @Test
    void manyFaultsAreAllFoundAtOnce() {
        ScenarioReading reading = ScenarioReader.parse("many.yaml", """
                ampacity: 1
                name: many
                horizon: {start: 2027-01, periods: none}
                suppliers:
                  aws: {regions: [aws:eu-centrl-1], discount: 120 %}
                sites:
                  dc: {power: 1 MWh, jurisdiction: XX}
                fleet: [{site: dcc, chip: h10, chips: -1}]
                workloads:
                  chat: {model: lama-3.1-8b, traffic: {rate: 4, prompt-tokens: x}}
                policy: {budget: 1, survive: [{loss: cloud}]}
                """, SmallCatalogue.catalogue());

        assertThat(reading.errors())
                .extracting(issue -> issue.place().path())
                .containsExactly(
                        "horizon.periods",
                        "suppliers.aws.regions[0]",
                        "suppliers.aws.discount",
                        "sites.dc.power",
                        "sites.dc.jurisdiction",
                        "fleet[0].site",
                        "fleet[0].chip",
                        "fleet[0].chips",
                        "workloads.chat.model",
                        "workloads.chat.traffic.output-tokens",
                        "workloads.chat.traffic.rate",
                        "workloads.chat.traffic.prompt-tokens",
                        "policy.budget",
                        "policy.survive[0].service",
                        "policy.survive[0].loss");
    }
}
