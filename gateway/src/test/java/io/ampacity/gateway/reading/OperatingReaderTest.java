package io.ampacity.gateway.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ampacity.documents.DocumentException;
import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.gateway.settings.BudgetPeriod;
import io.ampacity.gateway.settings.OidcSettings;
import io.ampacity.gateway.settings.ShadowSettings;
import io.ampacity.gateway.settings.TelemetrySettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document may say of telemetry, operators and shadows. */
final class OperatingReaderTest {

    private static final Catalogue CATALOGUE = BuiltInCatalogue.load();

    private static final String WHOLE = """
            upstreams:
              one: {address: 'http://127.0.0.1:9001/v1', supplier: own}
              two:
                address: 'https://two.example.com/v1'
                supplier: two
                jurisdiction: US
                price: {prompt: 1 USD/Mtokens, output: 2 USD/Mtokens, as-of: 2026-11-01, source: a test}
            data-classes:
              personal: {jurisdictions: [DE]}
            models:
              chat:
                pools: [{upstream: one}]
                shadow: {upstream: two, share: 5 %, budget: 20 USD}
            telemetry: {address: 'http://127.0.0.1:4318/', credential: 'env:KEY', header: x-key, traces: 2 %}
            admin:
              oidc: {issuer: 'https://login.example.com', audience: ampacity, operators: [platform]}
            """;

    private static GatewayReader.Result read(String text) {
        return GatewayReader.parse("gateway.yaml", text, CATALOGUE, Map.of("KEY", "sk-1"), null);
    }

    @Test
    void allOfItIsRead() {
        var settings = read(WHOLE).settings();
        TelemetrySettings telemetry = Objects.requireNonNull(settings.telemetry());
        assertThat(telemetry.address()).isEqualTo("http://127.0.0.1:4318");
        assertThat(telemetry.traces()).isEqualTo(0.02);
        assertThat(telemetry.followClients()).isTrue();
        assertThat(Objects.requireNonNull(telemetry.credential()).reveal()).isEqualTo("sk-1");
        assertThat(settings.toString()).doesNotContain("sk-1");
        assertThat(settings.oidc())
                .isEqualTo(new OidcSettings(
                        "https://login.example.com",
                        "ampacity",
                        null,
                        Set.of("RS256", "ES256"),
                        "roles",
                        Set.of(),
                        Set.of("platform")));
        ShadowSettings shadow = settings.shadows().getFirst();
        assertThat(shadow.key()).isEqualTo("shadow:chat@two~shadow");
        assertThat(shadow.budgetUsd()).isEqualTo(20);
        assertThat(shadow.period()).isEqualTo(BudgetPeriod.DAY);
        // Nobody is asked for an answer who is only in the shadow.
        assertThat(settings.fleet().table().pools()).hasSize(1);
    }

    @Test
    void aShadowThatTheRulesForbidIsKeptOutAndTold() {
        GatewayReader.Result result = read(WHOLE.replace("shadow: {", "data-class: personal\n    shadow: {")
                .replace("supplier: own", "supplier: own, jurisdiction: DE"));
        assertThat(result.settings().shadows()).isEmpty();
        assertThat(result.warnings()).singleElement().asString().contains("two is in US");
    }

    @Test
    void whereNothingIsSaidNothingIsDone() {
        var settings = read(String.join("\n", List.of(WHOLE.split("\n")).subList(0, 2))
                        + "\nmodels:\n  chat: {pools: [{upstream: one}]}\n")
                .settings();
        assertThat(settings.telemetry()).isNull();
        assertThat(settings.oidc()).isNull();
        assertThat(settings.shadows()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'http://127.0.0.1:4318/', 'http://127.0.0.1:4318/v1/traces', no address of a collector",
        "'http://127.0.0.1:4318/', 'grpc://127.0.0.1:4317', no address of a collector",
        "traces: 2 %, traces: 200 %, telemetry.traces",
        "env:KEY, env:NOWHERE, not set",
        "header: x-key, 'header: ''x key: 1''', no name of a header",
        "https://login.example.com, http://login.example.com, no safe address",
        "'operators: [platform]', 'operators: []', nobody may act",
        "'operators: [platform]', 'operators: [platform], algorithms: [none]', algorithms",
        "'operators: [platform]', 'operators: [platform], algorithms: [HS256]', algorithms",
        "'audience: ampacity, ', '', audience",
        "share: 5 %, share: 0 %, shadow",
        "'shadow: {upstream: two', 'shadow: {upstream: three', not a known upstream",
        "'shadow: {upstream: two', 'shadow: {upstream: one', price is unknown",
        "', budget: 20 USD', '', budget",
    })
    void mistakesAreToldWithTheirPlace(String right, String wrong, String told) {
        assertThat(WHOLE).contains(right);
        assertThatThrownBy(() -> read(WHOLE.replace(right, wrong)))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining(told);
    }
}
