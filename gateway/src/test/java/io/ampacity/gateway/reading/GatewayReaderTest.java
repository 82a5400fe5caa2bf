package io.ampacity.gateway.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ampacity.documents.DocumentException;
import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.gateway.protocol.Speech;
import io.ampacity.gateway.settings.BudgetPeriod;
import io.ampacity.gateway.settings.CanarySettings;
import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.Priority;
import io.ampacity.gateway.settings.Secret;
import io.ampacity.gateway.settings.Target;
import io.ampacity.gateway.settings.TokenPrices;
import io.ampacity.routing.Pool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GatewayReaderTest {

    private static final Catalogue CATALOGUE = BuiltInCatalogue.load();

    private static final String SMALL = """
            upstreams:
              one: {address: 'http://127.0.0.1:9001/v1', supplier: own}
            models:
              chat: {pools: [{upstream: one}]}
            """;

    private static GatewaySettings read(String text) {
        return GatewayReader.parse("gateway.yaml", text, CATALOGUE, Map.of("KEY", "sk-1"), null)
                .settings();
    }

    @Test
    void theExampleSaysWhatItMeans() {
        Path example = Path.of(System.getProperty("project.root", ".."), "examples/gateway/gateway.yaml");
        GatewaySettings settings =
                GatewayReader.read(example, CATALOGUE, Map.of(), null).settings();
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.fleet().models()).containsOnlyKeys("chat");
        assertThat(settings.fleet().table().pools()).extracting(Pool::weight).containsExactly(0.7, 0.3);
        Target frankfurt = settings.fleet().targets().getFirst();
        assertThat(frankfurt.upstream().own()).isTrue();
        assertThat(frankfurt.prices())
                .isNotNull()
                .extracting(TokenPrices::output)
                .isEqualTo(0.4);
        assertThat(frankfurt.energy())
                .isNotNull()
                .satisfies(rates -> assertThat(rates.joulesPerOutputToken()).isBetween(0.01, 100.0));
        assertThat(settings.journal()).endsWith("requests.jsonl");
    }

    @Test
    void credentialsComeFromTheEnvironmentAndAreNotShown() {
        GatewaySettings settings = read(SMALL.replace("supplier: own}", "supplier: azure, credential: 'env:KEY'}"));
        Target target = settings.fleet().targets().getFirst();
        assertThat(target.upstream().credential())
                .isNotNull()
                .extracting(Secret::reveal)
                .isEqualTo("sk-1");
        assertThat(settings.toString()).doesNotContain("sk-1");
    }

    @Test
    void aCertificateThatDoesNotServeIsToldWithItsPlace() {
        assertThatThrownBy(() -> read(SMALL + "listen: {certificate: a.pem}"))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("listen")
                .hasMessageContaining("no key");
        assertThatThrownBy(() -> read(SMALL + "listen: {certificate: nowhere.pem, key: nowhere.key}"))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("nowhere.pem cannot be read");
    }

    @Test
    void aCanaryHasItsShareInsteadOfAWeight() {
        GatewaySettings settings = read(SMALL.replace(
                        "supplier: own}", "supplier: own}\n  two: {address: 'http://b/v1', supplier: own}")
                .replace(
                        "[{upstream: one}]", "[{upstream: one}, {upstream: two, canary: {share: 10 %, worse-by: 3}}]"));
        assertThat(settings.fleet().targets().getFirst().canary()).isNull();
        assertThat(settings.fleet().targets().getLast().canary())
                .isEqualTo(new CanarySettings(0.1, 3, 100, List.of(), 600));
        assertThat(settings.fleet().table().pools()).extracting(Pool::weight).containsExactly(1.0, 0.0);
        assertThatThrownBy(() -> read(SMALL.replace("{upstream: one}", "{upstream: one, canary: {}}")))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("models.chat.pools")
                .hasMessageContaining("every pool is a canary");
        assertThatThrownBy(() -> read(SMALL.replace("{upstream: one}", "{upstream: one, canary: {share: 60 %}}")))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("canary.share");
    }

    @Test
    void theOperatorsPortTakesACertificateWithItsKeyOrNeither() {
        assertThat(read(SMALL).adminTls()).isNull();
        assertThatThrownBy(() -> read(SMALL + "admin: {certificate: a.pem}\n"))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("admin")
                .hasMessageContaining("there is a certificate, but no key");
        assertThatThrownBy(() -> read(SMALL + "admin: {certificate: nowhere.pem, key: nowhere.key}\n"))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("nowhere.pem cannot be read");
    }

    @Test
    void aCanaryMayGetLargerSharesInOrder() {
        String two = SMALL.replace("supplier: own}", "supplier: own}\n  two: {address: 'http://b/v1', supplier: own}");
        GatewaySettings settings = read(two.replace(
                "[{upstream: one}]",
                "[{upstream: one}, {upstream: two, canary: {share: 1 %, expand: [10 %, 50 %, 100 %], hold: 1 h}}]"));
        assertThat(settings.fleet().targets().getLast().canary())
                .isEqualTo(new CanarySettings(0.01, 2, 100, List.of(0.1, 0.5, 1.0), 3600));
        assertThatThrownBy(() -> read(two.replace(
                        "[{upstream: one}]", "[{upstream: one}, {upstream: two, canary: {expand: [50 %, 10 %]}}]")))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("canary.expand")
                .hasMessageContaining("not larger than the one before");
        assertThatThrownBy(() -> read(two.replace(
                        "[{upstream: one}]",
                        "[{upstream: one}, {upstream: two, canary: {expand: [80 %]}},"
                                + " {upstream: two, canary: {expand: [30 %]}}]")))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("canaries are to get 110 %");
    }

    @Test
    void aPoolThatTheRulesForbidIsKeptOutAndTold() {
        GatewayReader.Result result = GatewayReader.parse("gateway.yaml", """
                upstreams:
                  one: {address: 'http://a/v1', supplier: azure, jurisdiction: US}
                  two: {address: 'http://b/v1', supplier: own, jurisdiction: DE}
                data-classes: {personal: {jurisdictions: [de]}}
                models:
                  chat: {data-class: personal, pools: [{upstream: one}, {upstream: two}]}
                """, CATALOGUE, Map.of(), null);
        assertThat(result.settings().fleet().table().pools())
                .extracting(Pool::id)
                .containsExactly("chat@two");
        assertThat(result.warnings()).singleElement().asString().contains("outside the jurisdictions");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    address: 'http://127.0.0.1:9001/v1' | address: 'ftp://x'                        | no address
                    address: 'http://127.0.0.1:9001/v1' | address: 'http://169.254.169.254/v1'      | own link
                    address: 'http://127.0.0.1:9001/v1' | address: 'http://[fe80::1]/v1'            | own link
                    address: 'http://127.0.0.1:9001/v1' | address: 'http://user:secret@host/v1'     | no address
                    supplier: own                       | supplier: own, credential: 'env:MISSING'  | not set
                    supplier: own                       | supplier: own, credential: 'sk-plain'     | begins with env: or file:
                    supplier: own                       | supplier: own, colour: red                | unknown
                    upstream: one                       | upstream: won                             | not a known upstream
                    """)
    void mistakesAreToldWithTheirPlace(String right, String wrong, String words) {
        assertThatThrownBy(() -> read(SMALL.replace(right, wrong)))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining(words)
                .hasMessageContaining("gateway.yaml:")
                .message()
                .doesNotContain("sk-plain");
    }

    @Test
    void aDocumentWithoutModelsNeedsAPlan() {
        assertThatThrownBy(() -> read("upstreams: {one: {address: 'http://a/v1', supplier: own}}"))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("Maybe add models");
    }

    @Test
    void theBooksOverloadHedgingAndHealthAreRead() {
        GatewaySettings settings = GatewayReader.parse("gateway.yaml", """
                        replica: first
                        ledger: {address: 'jdbc:postgresql://db/ampacity', user: me, password: 'env:KEY', keep: 30 days}
                        overload: {most-open: 100, normal-share: 80 %}
                        hedging: {after: 2 s}
                        drills: yes
                        upstreams:
                          one:
                            address: 'https://x.openai.azure.com'
                            protocol: azure
                            api-version: 2024-10-21
                            supplier: azure
                            health: {path: /ready, every: 3 s}
                        models:
                          chat: {pools: [{upstream: one}]}
                        keys:
                          team:
                            sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
                            budget: 5 USD
                            budget-period: day
                            priority: low
                        """, CATALOGUE, Map.of("KEY", "hush"), null)
                .settings();
        assertThat(settings.replica()).isEqualTo("first");
        assertThat(settings.ledger()).isNotNull().satisfies(ledger -> {
            assertThat(ledger.address().isShared()).isTrue();
            assertThat(ledger.address().password()).isEqualTo("hush");
            assertThat(ledger.keepDays()).isEqualTo(30);
        });
        assertThat(settings.toString()).doesNotContain("hush");
        assertThat(settings.journal()).endsWith("requests.jsonl");
        assertThat(settings.overload().mostOpen()).isEqualTo(100);
        assertThat(settings.overload().lowShare()).isEqualTo(0.7);
        assertThat(settings.hedging())
                .isNotNull()
                .satisfies(hedge -> assertThat(hedge.share()).isEqualTo(0.05));
        assertThat(settings.drills()).isTrue();
        assertThat(settings.keys().getFirst().priority()).isEqualTo(Priority.LOW);
        assertThat(settings.keys().getFirst().budgetPeriod()).isEqualTo(BudgetPeriod.DAY);
        Target target = settings.fleet().targets().getFirst();
        assertThat(target.upstream().speech()).isEqualTo(Speech.AZURE);
        assertThat(target.upstream().health())
                .isNotNull()
                .satisfies(health -> assertThat(health.path()).isEqualTo("/ready"));
    }

    @Test
    void booksInTwoPlacesAreAMistake() {
        assertThatThrownBy(() -> read("ledger: {folder: a, address: 'jdbc:postgresql://b/c'}\n" + SMALL))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("two places");
        assertThatThrownBy(() -> read("ledger: {address: 'mysql://b/c'}\n" + SMALL))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("jdbc:postgresql://HOST/DATABASE");
    }
}
