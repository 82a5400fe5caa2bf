package io.ampacity.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.Issue;
import io.ampacity.testing.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CatalogueReaderTest {

    @Test
    void allMistakesAreToldWithTheirPlacesAndTheGoodEntryIsKept() {
        CatalogueReader.Reading reading = CatalogueReader.read("own.yaml", """
                sources:
                  s: {title: a sheet, as-of: 2026-01-01}
                chips:
                  good:
                    name: Good
                    vendor: us
                    family: custom
                    year: 2026
                    memory: {value: 80 GiB, source: s}
                  bad:
                    name: Bad
                    vendor: us
                    family: custom
                    yeer: 2026
                    peak:
                      bf16: {value: 900 TB/s, source: s}
                    memory: {value: -3 GB, source: s}
                    tdp: {value: 900 W}
                    scale-up: {value: 5 GB/s, source: hearsay}
                    scale-up-domain: 0
                    list-price: 5000 USD
                toasters: {}
                """);
        assertThat(reading.catalogue().chips()).containsOnlyKeys("good");
        assertThat(reading.issues().stream().map(Issue::toString))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("own.yaml:14:5 chips.bad.yeer")
                        .contains("you mean year"))
                .anySatisfy(line -> assertThat(line).contains("chips.bad.year").contains("missing"))
                .anySatisfy(line ->
                        assertThat(line).contains("chips.bad.peak.bf16.value").contains("TB/s measures byte rate"))
                .anySatisfy(line ->
                        assertThat(line).contains("chips.bad.memory.value").contains("below"))
                .anySatisfy(line ->
                        assertThat(line).contains("chips.bad.tdp.source").contains("missing"))
                .anySatisfy(line -> assertThat(line).contains("hearsay").contains("no date"))
                .anySatisfy(line -> assertThat(line).contains("scale-up-domain").contains("below 1"))
                .anySatisfy(line -> assertThat(line).contains("list-price").contains("no source"))
                .anySatisfy(line -> assertThat(line).contains("toasters"));
        assertThatThrownBy(reading::orThrow).isInstanceOf(DocumentException.class);
    }

    @Test
    void aModelWhoseLayersDoNotAddUpIsRefused() {
        CatalogueReader.Reading reading = CatalogueReader.read("own.yaml", """
                models:
                  m:
                    name: M
                    maker: us
                    layers: 10
                    hidden: 64
                    query-heads: 4
                    vocabulary: 100
                    attention: {key-value-heads: 2, head-size: 16}
                    layer-kinds: {full: 4, sliding: 5}
                    feed-forward: {experts: 4, experts-per-token: 8, expert-size: 32, matrices: 3}
                    precision: fp7
                    source: us
                    as-of: "2026"
                """);
        assertThat(reading.catalogue().models()).isEmpty();
        assertThat(reading.issues())
                .extracting(Issue::problem)
                .anySatisfy(problem -> assertThat(problem).contains("add up to 9, not to the model's 10"))
                .anySatisfy(problem -> assertThat(problem).contains("no window"))
                .anySatisfy(problem -> assertThat(problem).contains("8 of 4 experts"))
                .anySatisfy(problem -> assertThat(problem).contains("fp7"));
    }

    @Test
    void gridTablesOfTheWrongShapeAreRefused() {
        CatalogueReader.Reading reading = CatalogueReader.read("own.yaml", """
                grids:
                  g:
                    name: G
                    source: us
                    as-of: "2026"
                    carbon-direct: {unit: furlongs, jan: 1 2 3, feb: a b}
                """);
        assertThat(reading.catalogue().grids()).isEmpty();
        assertThat(reading.issues())
                .extracting(Issue::problem)
                .anySatisfy(problem -> assertThat(problem).contains("furlongs"))
                .anySatisfy(problem -> assertThat(problem).contains("\"jan\" has 3 numbers, not 24"))
                .anySatisfy(problem -> assertThat(problem).contains("\"dec\" is missing"));
    }

    @Test
    void anEntryLaidOverAnotherReplacesItAndLeavesTheRest() {
        Catalogue own = CatalogueReader.read("own.yaml", """
                chips:
                  h100-sxm:
                    name: Ours
                    vendor: us
                    family: cuda
                    year: 2026
                """).orThrow();
        Catalogue both = BuiltInCatalogue.load().overlaidBy(own);
        assertThat(both.chip("h100-sxm").orElseThrow().name()).isEqualTo("Ours");
        assertThat(both.chip("h200").orElseThrow().name()).isEqualTo("NVIDIA H200 SXM");
        assertThat(both.models()).isEqualTo(BuiltInCatalogue.load().models());
    }

    @Test
    void aMissingFileIsToldByName() {
        assertThatThrownBy(() -> CatalogueReader.read(Path.of("nowhere.yaml")))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("nowhere.yaml");
    }

    @Test
    void damagedFilesEndInIssuesAndNeverInAnotherFailure() throws IOException {
        long seed = Seeds.SEED;
        Random random = new Random(seed);
        for (FactKind kind : List.of(FactKind.CHIPS, FactKind.MODELS, FactKind.OFFERS)) {
            String whole;
            try (InputStream in =
                    Objects.requireNonNull(BuiltInCatalogue.class.getResourceAsStream(kind.id() + ".yaml"))) {
                whole = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            String some = whole.substring(0, 12_000);
            for (int round = 0; round < 60; round++) {
                StringBuilder damaged = new StringBuilder(some);
                for (int i = random.nextInt(6); i >= 0; i--) {
                    int at = random.nextInt(damaged.length());
                    damaged.replace(at, Math.min(damaged.length(), at + random.nextInt(4)), letters(random));
                }
                try {
                    CatalogueReader.Reading reading = CatalogueReader.read("damaged", damaged.toString());
                    assertThat(reading.issues()).as("tests.seed=%d", seed).doesNotContainNull();
                } catch (DocumentException told) {
                    assertThat(told.issues()).as("tests.seed=%d", seed).isNotEmpty();
                }
            }
        }
    }

    private static String letters(Random random) {
        String letters = "{}[]:,\"'-#&*!|>%@ \n\t09aZ";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
