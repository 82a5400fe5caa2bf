package io.ampacity.scenario.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.DocumentNode.SequenceNode;
import io.ampacity.documents.YamlDocument;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The generated JSON Schema, judged by a validator that knows nothing of the tables. */
class SchemaTest {

    private static final Schema SCHEMA = schema("docs/reference/scenario.schema.json");

    @Test
    void theWholeLanguageIsValid() {
        assertThat(errors(YamlDocument.read(Path.of("src/test/resources/good/northwind.yaml"))))
                .isEmpty();
    }

    /** Faults that a schema can see without knowing the catalogue or comparing values. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "attainment-over-one",
                "budget-negative",
                "budget-without-unit",
                "carbon-basis-unknown",
                "discount-rate-without-percent",
                "fleet-is-a-word",
                "fleet-of-half",
                "fleet-of-zero",
                "horizon-is-a-word",
                "horizon-missing",
                "model-missing",
                "name-is-a-list",
                "name-missing",
                "offer-price-in-euro",
                "offer-price-without-time",
                "offer-without-chip",
                "peak-below-mean",
                "period-unknown-word",
                "periods-zero",
                "precision-unknown",
                "prompt-missing",
                "rate-is-a-list",
                "rate-infinite",
                "rate-without-unit",
                "rate-wrong-unit",
                "serving-key-in-training",
                "site-kind-unknown",
                "site-power-in-energy",
                "site-power-in-wrong-case",
                "start-is-no-month",
                "start-missing",
                "start-month-13",
                "supplier-is-a-list",
                "survive-without-service",
                "survive-unknown-loss",
                "tokens-missing",
                "tokens-with-wrong-unit",
                "unknown-key",
                "unknown-key-below",
                "version-of-the-future",
                "workload-kind-unknown",
                "workload-name-with-space",
                "workloads-a-list",
                "workloads-missing"
            })
    void aFaultOfShapeIsInvalid(String name) {
        assertThat(errors(YamlDocument.read(Path.of("src/test/resources/bad", name + ".yaml"))))
                .isNotEmpty();
    }

    /** Whatever the reader accepts with a doubt, or refuses only for what the catalogue says, the schema accepts. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "doubt-discount",
                "doubt-pue",
                "doubt-rate-tiny",
                "doubt-budget-swapped",
                "deadline-before-start",
                "model-unknown",
                "region-unknown",
                "share-cap-too-low",
                "survive-with-one-supplier"
            })
    void whatOnlyTheReaderCanJudgeIsValid(String name) {
        assertThat(errors(YamlDocument.read(Path.of("src/test/resources/bad", name + ".yaml"))))
                .isEmpty();
    }

    @Test
    void bothSchemasAreThemselvesValid() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        Schema meta = registry.getSchema(
                com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        for (String page : List.of("docs/reference/scenario.schema.json", "docs/reference/plan.schema.json")) {
            assertThat(meta.validate(page(page), InputFormat.JSON)).as(page).isEmpty();
        }
    }

    private static Schema schema(String page) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(page(page), InputFormat.JSON);
    }

    private static String page(String name) {
        return Objects.requireNonNull(ReferencePages.pages().get(name));
    }

    private static List<Error> errors(DocumentNode document) {
        return SCHEMA.validate(JsonMapper.shared().writeValueAsString(plain(document)), InputFormat.JSON);
    }

    /** A document as JSON sees it: plain scalars become numbers, booleans or null as YAML's core schema says. */
    private static @Nullable Object plain(DocumentNode node) {
        return switch (node) {
            case MappingNode mapping -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                mapping.members().forEach((key, value) -> members.put(key, plain(value)));
                yield members;
            }
            case SequenceNode list ->
                list.elements().stream().map(SchemaTest::plain).toList();
            case ScalarNode scalar when scalar.quoted() -> scalar.text();
            case ScalarNode scalar when scalar.isNull() -> null;
            case ScalarNode scalar when scalar.text().matches("[-+]?[0-9]+") -> new java.math.BigInteger(scalar.text());
            case ScalarNode scalar
            when scalar.text().matches("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?") ->
                new java.math.BigDecimal(scalar.text());
            case ScalarNode scalar when scalar.text().matches("true|false") -> Boolean.valueOf(scalar.text());
            case ScalarNode scalar -> scalar.text();
        };
    }

    @Test
    void aPlanIsValid() {
        Schema plan = schema("docs/reference/plan.schema.json");
        String json = "{\"version\": 1, \"scenarioName\": \"n\", \"scenarioHash\": \"\", \"status\": \"optimal\","
                + " \"objectiveUsd\": null, \"periods\": [\"2027-Q1\"], \"capacity\": []}";
        assertThat(plan.validate(json, InputFormat.JSON)).isEmpty();
        assertThat(plan.validate(json.replace("optimal", "OPTIMAL!"), InputFormat.JSON))
                .isNotEmpty();
        assertThat(plan.validate(json.replace("\"version\": 1, ", ""), InputFormat.JSON))
                .isNotEmpty();
    }
}
