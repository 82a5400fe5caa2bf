package io.ampacity.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.documents.Issue;
import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.scenario.Network;
import io.ampacity.scenario.Network.WorkloadData;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.ScenarioHash;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Ways;
import io.ampacity.scenario.Workload;
import io.ampacity.units.Bytes;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NetworkReadingTest {

    private static final Catalogue CATALOGUE = BuiltInCatalogue.load();

    private static String scenario(String site, String workload, String rest) {
        return """
            ampacity: 1
            name: connected
            horizon: {start: 2027-01, period: quarter, periods: 2}
            suppliers:
              aws: {regions: [aws:eu-central-1, aws:us-east-1], chips: [h100-sxm]}
            sites:
              hall: {jurisdiction: DE, power: 1 MW, pue: 1.3, tariff: 100 USD/MWh, round-trip: 4 ms, carbon-intensity: 300 g/kWh%s}
            fleet:
              - {site: hall, chip: h100-sxm, chips: 64}
            workloads:
              chat:
                model: llama-3.1-8b
                traffic: {rate: 4 /s, prompt-tokens: 500, output-tokens: 100}
                objective: {time-to-first-token: 1 s}
            %s
            %s
            """.formatted(site, workload.indent(4), rest);
    }

    private static final String HALL =
            ", network: {latitude: 52.5, longitude: 13.4, egress: 5 USD/TB, uplink: 10 Gbit/s}";

    private static final String ORIGINS = """
            network:
              origins:
                europe: {region: aws:eu-central-1}
                app: {site: hall}
                shop: {region: aws:us-east-1, egress: 0.05 USD/GB}
              links:
                - {between: [europe, hall], round-trip: 9 ms}
                - {between: [hall, us-east-1], price: 1 USD/TB, capacity: 1 Gbit/s}
            """;

    private static ScenarioReading read(String site, String workload, String rest) {
        return ScenarioReader.parse("connected.yaml", scenario(site, workload, rest), CATALOGUE);
    }

    private static Site site(Scenario scenario, String id) {
        return scenario.sites().stream()
                .filter(site -> site.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theDistanceGivesARoundTripAndALinkCountsMore() {
        Scenario scenario = read(HALL, "origin: europe", ORIGINS).scenarioOrThrow();
        Ways ways = scenario.ways();
        Workload chat = scenario.workloads().getFirst();
        assertThat(ways.roundTrip(chat, site(scenario, "hall")).seconds()).isEqualTo(0.009);
        assertThat(ways.roundTrip(chat, site(scenario, "aws:eu-central-1")))
                .isEqualTo(site(scenario, "aws:eu-central-1").roundTrip());
        // Frankfurt to northern Virginia: 6,550 km, 65.5 ms there and back in fibre, 2.1 times that on the Internet.
        assertThat(ways.roundTrip(chat, site(scenario, "aws:us-east-1")).seconds())
                .isCloseTo(0.1375, within(0.001));
    }

    @Test
    void aPriceIsThatOfTheEndThatDataLeavesUnlessALinkStatesOne() {
        Ways ways = read(HALL, "origin: shop", ORIGINS).scenarioOrThrow().ways();
        assertThat(ways.usdPerGigabyte("aws:eu-central-1", "shop")).isEqualTo(0.09);
        assertThat(ways.usdPerGigabyte("shop", "hall")).isEqualTo(0.05);
        assertThat(ways.usdPerGigabyte("shop", "aws:us-east-1"))
                .as("one region")
                .isZero();
        assertThat(ways.usdPerGigabyte("hall", "europe")).isEqualTo(0.005);
        assertThat(ways.usdPerGigabyte("hall", "app")).as("it stands there").isZero();
        assertThat(ways.usdPerGigabyte("hall", "aws:us-east-1")).isEqualTo(0.001);
        assertThat(ways.usdPerGigabyte("aws:us-east-1", "hall")).isEqualTo(0.001);
        assertThat(ways.usdPerGigabyte("aws:eu-central-1", "aws:us-east-1")).isEqualTo(0.02);
    }

    @Test
    void whatIsUnknownIsNoPrice() {
        Ways ways = read(", network: {latitude: 52, longitude: 13}", "origin: europe", ORIGINS)
                .scenarioOrThrow()
                .ways();
        assertThat(ways.usdPerGigabyte("hall", "europe")).isNull();
    }

    @Test
    void trainingMovesItsDataAndACheckpointOfFourteenBytesAParameter() {
        Scenario scenario = read(HALL, "", """
              run:
                kind: training
                model: llama-3.1-8b
                tokens: 1 B
                data: {size: 40 TB, at: hall}
            """.indent(0) + ORIGINS).scenarioOrThrow();
        WorkloadData data = Objects.requireNonNull(scenario.network().data().get("run"));
        assertThat(data.dataAt()).isEqualTo("hall");
        assertThat(data.dataSize()).isEqualTo(new Bytes(40e12));
        assertThat(data.checkpoint().bytes()).isBetween(14 * 7.9e9, 14 * 8.2e9);
    }

    @Test
    void whoSaysNothingOfTheNetworkAsksTheSameQuestionAsBefore() {
        Scenario silent = read("", "", "").scenarioOrThrow();
        assertThat(silent.network()).isEqualTo(Network.NONE);
        Scenario stated = read(HALL, "origin: europe", ORIGINS).scenarioOrThrow();
        assertThat(ScenarioHash.of(stated)).isNotEqualTo(ScenarioHash.of(silent));
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        assertThat(read(
                                ", network: {latitude: 95, longitude: 13, egress: -1 USD/GB, uplink: 0 Gbit/s}",
                                "origin: mars",
                                """
                network:
                  origins:
                    europe: {region: aws:eu-central-9}
                  links:
                    - {between: [europe, nowhere]}
                  route-factor: 0.5
                """)
                        .errors())
                .extracting(issue -> issue.place().path())
                .contains(
                        "sites.hall.network.latitude",
                        "sites.hall.network.egress",
                        "sites.hall.network.uplink",
                        "workloads.chat.origin",
                        "network.origins.europe.region",
                        "network.links[0].between[1]",
                        "network.route-factor");
        assertThat(read(", network: {latitude: 52}", "bytes-per-token: 9 B", """
                network:
                  origins:
                    hall: {latitude: 1, longitude: 2}
                    two: {site: hall, region: aws:eu-central-1}
                  links:
                    - {between: [hall, two]}
                    - {between: [two, hall]}
                    - {between: [two]}
                """)
                        .errors())
                .extracting(issue -> issue.place().path())
                .contains(
                        "sites.hall.network.latitude",
                        "workloads.chat.bytes-per-token",
                        "network.origins.hall",
                        "network.origins.two.site",
                        "network.links[1]",
                        "network.links[2].between");
    }

    @Test
    void anOriginOfUnknownDistanceIsAMistakeWithAWayOut() {
        Issue issue =
                read("", "origin: europe", "network: {origins: {europe: {region: aws:eu-central-1}}}").errors().stream()
                        .findFirst()
                        .orElseThrow();
        assertThat(issue.place().path()).isEqualTo("workloads.chat.origin");
        assertThat(issue.toString()).contains("hall").contains("latitude");
    }
}
