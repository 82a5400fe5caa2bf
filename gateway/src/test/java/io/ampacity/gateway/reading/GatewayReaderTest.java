package io.ampacity.gateway.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ampacity.documents.DocumentException;
import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.Secret;
import io.ampacity.gateway.settings.Target;
import io.ampacity.gateway.settings.TokenPrices;
import io.ampacity.routing.Pool;
import java.nio.file.Path;
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
}
