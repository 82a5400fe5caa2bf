package io.ampacity.facts.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.CatalogueReader;
import io.ampacity.facts.Chip;
import io.ampacity.facts.ChipPart;
import io.ampacity.facts.FactKind;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Making;
import io.ampacity.facts.Precision;
import io.ampacity.testing.Seeds;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CatalogueWriterTest {

    private final Catalogue catalogue = BuiltInCatalogue.load();

    @Test
    void whatIsWrittenReadsBackToTheSameFacts() {
        CatalogueReader.Reading reading = CatalogueReader.read("written.yaml", CatalogueWriter.write(catalogue));
        assertThat(reading.issues()).isEmpty();
        Catalogue back = reading.catalogue();
        assertThat(back.models()).isEqualTo(catalogue.models());
        assertThat(back.regions()).isEqualTo(catalogue.regions());
        assertThat(back.offers()).isEqualTo(catalogue.offers());
        assertThat(back.grids()).isEqualTo(catalogue.grids());
        assertThat(back.chips()).isEqualTo(catalogue.chips());
    }

    @Test
    void hostileTextSurvivesWritingAndReading() {
        long seed = Seeds.SEED;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            String text = text(random);
            Chip chip = new Chip(
                    "c",
                    text,
                    List.of(text),
                    "v",
                    "f",
                    2020,
                    Map.of(Precision.BF16, figure(random)),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    Map.of(ChipPart.MEMORY, new Making(List.of(text, "other"), text, "2026")),
                    text);
            Catalogue one = new Catalogue(Map.of("c", chip), Map.of(), Map.of(), Map.of(), Map.of());
            CatalogueReader.Reading reading = CatalogueReader.read("x", CatalogueWriter.write(one));
            assertThat(reading.issues()).as("tests.seed=%d", seed).isEmpty();
            assertThat(reading.catalogue().chips().get("c"))
                    .as("tests.seed=%d", seed)
                    .isEqualTo(chip);
        }
    }

    private static Figure figure(Random random) {
        return Figure.of(
                Math.abs(random.nextGaussian()) * Math.pow(10, random.nextInt(18)), text(random), "2026-01-01");
    }

    private static String text(Random random) {
        String letters = "ab 09:#{}[],&*!|>%@`\"'\\-~\n\t\u00e9\u6f22";
        StringBuilder text = new StringBuilder("x");
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    @Test
    void everyThingIsListedShownAndMapped() {
        FactsView view = new FactsView(catalogue);
        for (FactKind kind : FactKind.values()) {
            FactsView.Listing listing = view.list(kind, List.of());
            assertThat(listing.rows())
                    .hasSameSizeAs(view.ids(kind))
                    .allSatisfy(row -> assertThat(row).hasSameSizeAs(listing.header()));
            for (String id : view.ids(kind)) {
                assertThat(view.show(kind, id)).as(id).isPresent();
                assertThat(view.map(kind, id).orElseThrow()).as(id).containsEntry("id", id);
            }
        }
    }

    @Test
    void aListIsNarrowedByWords() {
        FactsView view = new FactsView(catalogue);
        assertThat(view.list(FactKind.OFFERS, List.of("AWS", "h200-sxm", "spot"))
                        .rows())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.getFirst()).startsWith("aws/").endsWith("/spot"));
        assertThat(view.list(FactKind.CHIPS, List.of("no such word")).rows()).isEmpty();
    }

    @Test
    void showTellsSourceDateAndWhatWasRejected() {
        FactsView view = new FactsView(catalogue);
        assertThat(String.join("\n", view.show(FactKind.CHIPS, "H100").orElseThrow()))
                .contains("989 TFLOP/s")
                .contains("counts structured sparsity")
                .contains("900 GB/s")
                .contains("as-of");
        assertThat(view.unknown(FactKind.CHIPS, "h10-sxm"))
                .startsWith("there is no chip \"h10-sxm\"; maybe you mean h100-sxm or ");
    }
}
