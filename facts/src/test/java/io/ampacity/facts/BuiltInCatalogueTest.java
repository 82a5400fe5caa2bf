package io.ampacity.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.documents.Nearest;
import io.ampacity.facts.LanguageModel.Attention;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuiltInCatalogueTest {

    private final Catalogue catalogue = BuiltInCatalogue.load();

    @Test
    void theCatalogueHasTheBreadthItPromises() {
        assertThat(catalogue.chips()).hasSizeGreaterThanOrEqualTo(40);
        assertThat(catalogue.models()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(catalogue.regions()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(catalogue.offers()).hasSizeGreaterThanOrEqualTo(200);
        assertThat(catalogue.grids()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(catalogue.offers().values().stream().map(Offer::supplier).distinct())
                .hasSizeGreaterThanOrEqualTo(12);
        assertThat(catalogue.offers().values().stream()
                        .map(offer -> offer.contract().getClass().getSimpleName())
                        .distinct())
                .containsExactlyInAnyOrder("OnDemand", "Spot", "Reserved", "Purchase");
        assertThat(catalogue.chips().values().stream().map(Chip::vendor))
                .contains("nvidia", "amd", "intel", "google", "aws", "microsoft", "meta", "huawei", "groq", "custom");
    }

    @Test
    void aChipIsFoundByIdAndByTheNamesOthersUse() {
        for (String name : List.of("h100-sxm", "H100", "h100", "NVIDIA-H100-80GB", "H100_SXM", " h100 SXM ")) {
            assertThat(catalogue.chip(name).map(Chip::id)).as(name).contains("h100-sxm");
        }
        assertThat(catalogue.chip("NVIDIA GeForce RTX 4090").map(Chip::id)).contains("rtx-4090");
        assertThat(catalogue.chip("A100-80GB").map(Chip::id)).contains("a100-sxm-80gb");
        assertThat(catalogue.chip("a100").map(Chip::id)).contains("a100-sxm-80gb");
        assertThat(catalogue.chip("a100-80g").map(Chip::id)).contains("a100-sxm-80gb");
    }

    @Test
    void aModelIsFoundByItsHuggingFaceNamesPlainAndInstruct() {
        for (String name : List.of(
                "llama-3.1-70b",
                "meta-llama/Llama-3.1-70B",
                "meta-llama/Meta-Llama-3.1-70B",
                "meta-llama/Llama-3.1-70B-Instruct",
                "meta-llama/Meta-Llama-3.1-70B-Instruct")) {
            assertThat(catalogue.model(name).map(LanguageModel::id)).as(name).contains("llama-3.1-70b");
        }
        assertThat(catalogue.model("deepseek-ai/DeepSeek-R1").orElseThrow().attention())
                .isInstanceOf(Attention.Latent.class);
    }

    @Test
    void anUnknownNameIsAnsweredWithItsNeighbours() {
        assertThat(catalogue.chip("h10")).isEmpty();
        assertThat(catalogue.suggestions(FactKind.CHIPS, "h10-sxm")).first().isEqualTo("h100-sxm");
        assertThat(catalogue.suggestions(FactKind.CHIPS, "mi300")).contains("mi300x");
        assertThat(catalogue.suggestions(FactKind.MODELS, "lama-3.1-70b"))
                .first()
                .isEqualTo("llama-3.1-70b");
        assertThat(catalogue.suggestions(FactKind.CHIPS, "toaster-oven-9000")).isEmpty();
        assertThat(catalogue.suggestions(FactKind.CHIPS, "")).isEmpty();
    }

    @Test
    void noNameStandsForTwoThings() {
        Map<String, String> owner = new LinkedHashMap<>();
        catalogue.chips().values().forEach(chip -> claim(owner, chip.id(), chip.aliases()));
        owner.clear();
        catalogue.models().values().forEach(model -> claim(owner, model.id(), model.aliases()));
    }

    private static void claim(Map<String, String> owner, String id, List<String> aliases) {
        List<String> names = new ArrayList<>(aliases);
        names.add(id);
        for (String name : names) {
            String before = owner.put(Nearest.fold(name), id);
            assertThat(before == null || before.equals(id))
                    .as("%s names both %s and %s", name, before, id)
                    .isTrue();
        }
    }

    @Test
    void everyFigureHasASourceAndADate() {
        List<Figure> figures = new ArrayList<>();
        for (Chip chip : catalogue.chips().values()) {
            figures.addAll(chip.peakFlops().values());
            for (Figure figure : new Figure[] {
                chip.memoryBytes(),
                chip.memoryBandwidth(),
                chip.tdpWatts(),
                chip.allInWatts(),
                chip.scaleUpBandwidth(),
                chip.scaleOutBandwidth(),
                chip.listPriceUsd(),
                chip.embodiedGrams()
            }) {
                if (figure != null) {
                    figures.add(figure);
                }
            }
        }
        assertThat(figures).hasSizeGreaterThan(250).allSatisfy(figure -> {
            assertThat(figure.source()).isNotBlank();
            assertThat(isDate(figure.asOf())).as(figure.asOf()).isTrue();
            assertThat(figure.rejected()).allSatisfy(rejected -> {
                assertThat(rejected.source()).isNotBlank();
                assertThat(rejected.reason()).isNotBlank();
                assertThat(rejected.value()).isNotEqualTo(figure.value());
            });
        });
    }

    private static boolean isDate(String text) {
        String full = text + "-01-01".substring(Math.min(6, text.length() - 4));
        return LocalDate.parse(full).getYear() >= 2015;
    }

    @Test
    void parametersCountedFromTheArchitectureAgreeWithTheMakersWord() {
        assertThat(catalogue.models().values()).allSatisfy(model -> {
            ParameterCount count = ParameterCount.of(model);
            assertThat(count.active()).isLessThanOrEqualTo(count.total());
            if (model.publishedParameters() != null) {
                double ratio = count.total() / model.publishedParameters().value();
                assertThat(ratio)
                        .as("%s: %.2f B", model.id(), count.total() / 1e9)
                        .isBetween(0.95, 1.05);
            }
            if (model.publishedActiveParameters() != null) {
                double ratio =
                        count.active() / model.publishedActiveParameters().value();
                assertThat(ratio)
                        .as("%s: %.2f B active", model.id(), count.active() / 1e9)
                        .isBetween(0.85, 1.15);
            }
        });
    }

    @Test
    void theTemplateOfACustomChipSaysThatItIsNone() {
        Chip custom = catalogue.chip("custom").orElseThrow();
        assertThat(custom.note()).contains("Template");
        assertThat(custom.peakFlops().values())
                .allSatisfy(figure -> assertThat(figure.source()).isEqualTo("template"));
    }

    @Test
    void aRegionIsFoundWithColonOrSlashAndKnowsItsGrid() {
        Region frankfurt = catalogue.region("aws/eu-central-1").orElseThrow();
        assertThat(frankfurt.id()).isEqualTo("aws:eu-central-1");
        assertThat(frankfurt.jurisdiction()).isEqualTo("DE");
        assertThat(catalogue.grid(String.valueOf(frankfurt.gridProfile()))).isPresent();
    }

    @Test
    void theYearlyMeanOfAGridIsThatOfItsHourlySeries() {
        // Means of the 8,784 hours of 2024, as published with the series.
        Map<String, Double> means = Map.of(
                "DE-LU",
                273.9,
                "GB",
                105.7,
                "CA-ON",
                58.4,
                "SG",
                366.9,
                "US-CAL-CISO",
                168.5,
                "US-MIDA-PJM",
                321.0,
                "US-TEX-ERCO",
                303.4,
                "ZA",
                656.7,
                "JP-TK",
                453.5);
        means.forEach((id, mean) -> {
            GridProfile grid = catalogue.grid(id).orElseThrow();
            assertThat(java.util.Objects.requireNonNull(grid.carbonDirect()).mean())
                    .as(id)
                    .isBetween(mean * 0.99, mean * 1.01);
        });
        GridProfile germany = catalogue.grid("DE-LU").orElseThrow();
        assertThat(java.util.Objects.requireNonNull(germany.price()).mean()).isBetween(0.0837, 0.0854);
    }

    @Test
    void aTermReservationAndAPurchaseAreReadWithTheirTerms() {
        Offer rental = catalogue.offer("market/any/h100-sxm/reserved-36m").orElseThrow();
        assertThat(rental.contract()).isEqualTo(new Contract.Reserved(36, 0));
        Offer bought = catalogue.offer("nvidia/own/h100-sxm/purchase").orElseThrow();
        assertThat(bought.contract()).isEqualTo(new Contract.Purchase(60, 6));
        assertThat(bought.pricePerChipHour()).isNull();
    }
}
